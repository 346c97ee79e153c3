<?php
/**
 * Plugin Name: Duyệt
 * Description: Tells Duyệt, the comment moderation service, of articles, and hands it the comments of the theme's own form. Messages are signed (Standard Webhooks).
 * Version: 0.1.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 */

defined( 'ABSPATH' ) || exit;

/** What is set on the plugin's page. The secret may stand in wp-config.php instead, as DUYET_SECRET. */
function duyet_options() {
	$stored = get_option( 'duyet', array() );
	$stored = is_array( $stored ) ? $stored : array();
	if ( defined( 'DUYET_SECRET' ) ) {
		$stored['secret'] = DUYET_SECRET;
	}
	return $stored + array(
		'url'      => '',
		'site'     => '',
		'secret'   => '',
		'comments' => '1',
	);
}

/** The address of one of the site's calls; empty where nothing is set. */
function duyet_address( $call ) {
	$options = duyet_options();
	if ( '' === $options['url'] || '' === $options['site'] || '' === $options['secret'] ) {
		return '';
	}
	return untrailingslashit( $options['url'] ) . '/api/v1/sites/' . rawurlencode( $options['site'] ) . '/' . $call;
}

/** Signs the very bytes that are sent: id.timestamp.body under HMAC-SHA256. */
function duyet_sign( $id, $time, $body ) {
	$options = duyet_options();
	$secret  = preg_replace( '/^whsec_/', '', $options['secret'] );
	$key     = base64_decode( $secret, true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	if ( false === $key ) {
		$key = $options['secret'];
	}
	return 'v1,' . base64_encode( hash_hmac( 'sha256', "$id.$time.$body", $key, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
}

/** Sends once; the answer, or a WP_Error. */
function duyet_post( $call, $id, $body ) {
	$address = duyet_address( $call );
	if ( '' === $address ) {
		return new WP_Error( 'duyet', 'not set up' );
	}
	$time = (string) time();
	// An administrator has set the address, which may be one of the newspaper's own network.
	return wp_remote_post(
		$address,
		array(
			'timeout'     => 5,
			'redirection' => 0,
			'headers'     => array(
				'Content-Type'      => 'application/json',
				'webhook-id'        => $id,
				'webhook-timestamp' => $time,
				'webhook-signature' => duyet_sign( $id, $time, $body ),
			),
			'body'        => $body,
		)
	);
}

/** The moment in UTC, with microseconds: two changes of one second are told apart. */
function duyet_now() {
	$moment = DateTime::createFromFormat( 'U.u', sprintf( '%.6F', microtime( true ) ) );
	return $moment->format( 'Y-m-d\TH:i:s.u\Z' );
}

/** Sends an event now, and again later where that fails. The same event keeps its id, so it has its effect once. */
function duyet_send( $type, array $data ) {
	if ( '' === duyet_address( 'cms' ) ) {
		return null;
	}
	$event = array(
		'type'      => $type,
		'timestamp' => duyet_now(),
		'data'      => $data,
	);
	return duyet_try( 'wp_' . wp_generate_uuid4(), wp_json_encode( $event ), 0 );
}

/** One of several attempts. */
function duyet_try( $id, $body, $attempt ) {
	$answer = duyet_post( 'cms', $id, $body );
	$status = is_wp_error( $answer ) ? 0 : (int) wp_remote_retrieve_response_code( $answer );
	if ( $status >= 200 && $status < 300 ) {
		return json_decode( wp_remote_retrieve_body( $answer ), true );
	}
	$delays = array( 60, 300, 1800, 7200, 18000 );
	// What is wrong with the message itself is no better later.
	$is_final = in_array( $status, array( 400, 403, 404, 413, 422 ), true );
	if ( ! $is_final && isset( $delays[ $attempt ] ) ) {
		wp_schedule_single_event( time() + $delays[ $attempt ], 'duyet_try', array( $id, $body, $attempt + 1 ) );
	} else {
		$told = is_wp_error( $answer ) ? $answer->get_error_message() : $status . ' ' . substr( wp_remote_retrieve_body( $answer ), 0, 500 );
		update_option( 'duyet_fault', gmdate( 'c' ) . ' ' . $told, false );
	}
	return null;
}
add_action( 'duyet_try', 'duyet_try', 10, 3 );

/** Whether posts of that type are articles. */
function duyet_is_article( $post ) {
	return $post instanceof WP_Post && in_array( $post->post_type, apply_filters( 'duyet_post_types', array( 'post' ) ), true );
}

/** An article as Duyệt knows it, whole. */
function duyet_article( WP_Post $post ) {
	$categories = get_the_category( $post->ID );
	$tags       = get_the_tags( $post->ID );
	$article    = array(
		'external_id' => (string) $post->ID,
		'url'         => get_permalink( $post ),
		'title'       => html_entity_decode( wp_strip_all_tags( get_the_title( $post ) ), ENT_QUOTES, 'UTF-8' ),
		'author'      => (string) get_the_author_meta( 'display_name', $post->post_author ),
		'tags'        => is_array( $tags ) ? array_slice( wp_list_pluck( $tags, 'name' ), 0, 50 ) : array(),
		'comments'    => 'open' === $post->comment_status ? 'open' : 'closed',
	);
	if ( ! empty( $categories ) ) {
		$article['section'] = html_entity_decode( $categories[0]->name, ENT_QUOTES, 'UTF-8' );
	}
	$published = get_post_datetime( $post, 'date', 'gmt' );
	if ( $published ) {
		$article['published_at'] = $published->format( 'Y-m-d\TH:i:s\Z' );
	}
	return $article;
}

/** Published, changed, taken down or put into the trash. Categories and tags are saved by now. */
function duyet_saved( $id, $post, $is_update, $before ) {
	if ( ! duyet_is_article( $post ) || wp_is_post_revision( $id ) ) {
		return;
	}
	$was = $before instanceof WP_Post && 'publish' === $before->post_status;
	$is  = 'publish' === $post->post_status;
	if ( $is ) {
		duyet_send( $was ? 'article.updated' : 'article.published', duyet_article( $post ) );
	} elseif ( $was ) {
		$type = 'trash' === $post->post_status ? 'article.deleted' : 'article.unpublished';
		// By the address that readers know.
		duyet_send(
			$type,
			array(
				'external_id' => (string) $id,
				'url'         => get_permalink( $before ),
			)
		);
	}
}
add_action( 'wp_after_insert_post', 'duyet_saved', 10, 4 );

/** Removed for good, without the trash. */
function duyet_removed( $id, $post = null ) {
	$post = $post ? $post : get_post( $id );
	if ( duyet_is_article( $post ) && 'publish' === $post->post_status ) {
		duyet_send(
			'article.deleted',
			array(
				'external_id' => (string) $id,
				'url'         => get_permalink( $post ),
			)
		);
	}
}
add_action( 'before_delete_post', 'duyet_removed', 10, 2 );

/** A comment of the theme's own form. */
function duyet_commented( $id, $approved, $data ) {
	$options = duyet_options();
	$comment = get_comment( $id );
	if ( '1' !== $options['comments'] || 'spam' === $approved || ! $comment || ! in_array( $comment->comment_type, array( '', 'comment' ), true ) ) {
		return;
	}
	$post = get_post( $comment->comment_post_ID );
	if ( ! duyet_is_article( $post ) ) {
		return;
	}
	$told = array(
		'article'     => array(
			'external_id' => (string) $post->ID,
			'url'         => get_permalink( $post ),
			'title'       => html_entity_decode( wp_strip_all_tags( get_the_title( $post ) ), ENT_QUOTES, 'UTF-8' ),
		),
		'external_id' => 'wp-' . $id,
		'name'        => html_entity_decode( $comment->comment_author, ENT_QUOTES, 'UTF-8' ),
		'email'       => $comment->comment_author_email,
		'body'        => html_entity_decode( wp_strip_all_tags( $comment->comment_content ), ENT_QUOTES, 'UTF-8' ),
		'created_at'  => get_gmt_from_date( $comment->comment_date, 'Y-m-d\TH:i:s\Z' ),
	);
	if ( filter_var( $comment->comment_author_IP, FILTER_VALIDATE_IP ) ) {
		$told['ip'] = $comment->comment_author_IP;
	}
	$parent = $comment->comment_parent ? get_comment_meta( $comment->comment_parent, 'duyet_id', true ) : '';
	if ( $parent ) {
		$told['parent'] = $parent;
	}
	$answer = duyet_send( 'comment.created', $told );
	if ( isset( $answer['comment']['id'] ) ) {
		update_comment_meta( $id, 'duyet_id', sanitize_text_field( $answer['comment']['id'] ) );
	}
}
add_action( 'comment_post', 'duyet_commented', 10, 3 );

/** What Duyệt decides on waits here; what WordPress itself takes for spam, and what its own people write, stays as it is. */
function duyet_hold( $approved ) {
	$options = duyet_options();
	$is_held = '1' === $options['comments'] && '' !== duyet_address( 'cms' ) && ! current_user_can( 'moderate_comments' );
	return $is_held && in_array( $approved, array( 1, '1' ), true ) ? 0 : $approved;
}
add_filter( 'pre_comment_approved', 'duyet_hold' );

/** The plugin's page among the settings. */
function duyet_menu() {
	add_options_page( 'Duyệt', 'Duyệt', 'manage_options', 'duyet', 'duyet_page' );
}
add_action( 'admin_menu', 'duyet_menu' );

/** What may be set. */
function duyet_init() {
	register_setting( 'duyet', 'duyet', array( 'sanitize_callback' => 'duyet_sanitize' ) );
}
add_action( 'admin_init', 'duyet_init' );

/** What was typed, as it is kept. An empty secret leaves the one that is there. */
function duyet_sanitize( $typed ) {
	$typed  = is_array( $typed ) ? $typed : array();
	$before = duyet_options();
	$secret = isset( $typed['secret'] ) ? trim( (string) $typed['secret'] ) : '';
	return array(
		'url'      => isset( $typed['url'] ) ? esc_url_raw( trim( (string) $typed['url'] ), array( 'https', 'http' ) ) : '',
		'site'     => isset( $typed['site'] ) ? sanitize_key( $typed['site'] ) : '',
		'secret'   => '' !== $secret ? sanitize_text_field( $secret ) : $before['secret'],
		'comments' => empty( $typed['comments'] ) ? '0' : '1',
	);
}

/** The page. */
function duyet_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$options = duyet_options();
	$fault   = get_option( 'duyet_fault' );
	$sent    = isset( $_GET['sent'] ) ? absint( $_GET['sent'] ) : null; // phpcs:ignore WordPress.Security.NonceVerification
	?>
	<div class="wrap">
	<h1>Duyệt</h1>
	<?php if ( null !== $sent ) : ?>
	<div class="notice notice-success"><p><?php echo esc_html( sprintf( 'Đã gửi %d bài.', $sent ) ); ?></p></div>
	<?php endif; ?>
	<?php if ( $fault ) : ?>
	<div class="notice notice-warning"><p><?php echo esc_html( 'Lần gửi hỏng gần nhất: ' . $fault ); ?></p></div>
	<?php endif; ?>
	<form method="post" action="options.php">
	<?php settings_fields( 'duyet' ); ?>
	<table class="form-table" role="presentation">
	<tr><th scope="row"><label for="duyet-url">Địa chỉ của Duyệt</label></th>
	<td><input class="regular-text" type="url" id="duyet-url" name="duyet[url]" required value="<?php echo esc_attr( $options['url'] ); ?>" placeholder="https://binh-luan.bao.example"></td></tr>
	<tr><th scope="row"><label for="duyet-site">Mã trang báo</label></th>
	<td><input class="regular-text" type="text" id="duyet-site" name="duyet[site]" required value="<?php echo esc_attr( $options['site'] ); ?>"></td></tr>
	<tr><th scope="row"><label for="duyet-secret">Khoá bí mật</label></th>
	<td><input class="regular-text" type="password" id="duyet-secret" name="duyet[secret]" autocomplete="new-password" aria-describedby="duyet-secret-hint">
	<p class="description" id="duyet-secret-hint"><?php echo esc_html( '' === $options['secret'] ? 'Khoá whsec_… mà lệnh “duyet site add” đã in ra.' : 'Đã có khoá. Bỏ trống để giữ nguyên.' ); ?></p></td></tr>
	<tr><th scope="row">Bình luận</th>
	<td><label><input type="checkbox" name="duyet[comments]" value="1" <?php checked( $options['comments'], '1' ); ?>> Gửi bình luận từ biểu mẫu của giao diện về Duyệt, và giữ lại ở đây chờ duyệt</label></td></tr>
	</table>
	<?php submit_button(); ?>
	</form>
	<h2>Lần đầu kết nối</h2>
	<p>Gửi mọi bài đã đăng, để Duyệt biết tiêu đề và chuyên mục của chúng. Gửi lại bao nhiêu lần cũng được.</p>
	<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
	<input type="hidden" name="action" value="duyet_all">
	<?php wp_nonce_field( 'duyet_all' ); ?>
	<?php submit_button( 'Gửi mọi bài', 'secondary' ); ?>
	</form>
	</div>
	<?php
}

/** Tells of all that is published, two hundred articles a call. */
function duyet_send_all() {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( 'forbidden', 403 );
	}
	check_admin_referer( 'duyet_all' );
	$sent = 0;
	$page = 1;
	do {
		$posts    = get_posts(
			array(
				'post_type'      => apply_filters( 'duyet_post_types', array( 'post' ) ),
				'post_status'    => 'publish',
				'posts_per_page' => 200,
				'paged'          => $page++,
				'orderby'        => 'ID',
				'order'          => 'ASC',
			)
		);
		$articles = array_map( 'duyet_article', $posts );
		if ( empty( $articles ) ) {
			break;
		}
		$body   = wp_json_encode( array( 'articles' => $articles ) );
		$answer = duyet_post( 'articles', 'wp_' . wp_generate_uuid4(), $body );
		if ( is_wp_error( $answer ) || 200 !== (int) wp_remote_retrieve_response_code( $answer ) ) {
			$told = is_wp_error( $answer ) ? $answer->get_error_message() : wp_remote_retrieve_body( $answer );
			update_option( 'duyet_fault', gmdate( 'c' ) . ' ' . substr( $told, 0, 500 ), false );
			break;
		}
		$sent += count( $articles );
	} while ( count( $posts ) === 200 );
	wp_safe_redirect( admin_url( 'options-general.php?page=duyet&sent=' . $sent ) );
	exit;
}
add_action( 'admin_post_duyet_all', 'duyet_send_all' );
