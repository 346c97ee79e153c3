<?php
/**
 * Plugin Name: Duyệt
 * Description: Tells Duyệt, the comment moderation service, of articles, hands it the comments of the theme's own form, and takes its decisions on them. Messages are signed both ways (Standard Webhooks).
 * Version: 0.2.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 */

defined( 'ABSPATH' ) || exit;

/** What was typed on the plugin's page. */
function duyet_stored() {
	$stored = get_option( 'duyet', array() );
	return ( is_array( $stored ) ? $stored : array() ) + array(
		'url'         => '',
		'site'        => '',
		'secret'      => '',
		'told_secret' => '',
		'comments'    => '1',
	);
}

/** What is set. The secrets may stand in wp-config.php instead, as DUYET_CMS_SECRET and DUYET_WEBHOOK_SECRET. */
function duyet_options() {
	$options = duyet_stored();
	if ( defined( 'DUYET_CMS_SECRET' ) ) {
		$options['secret'] = DUYET_CMS_SECRET;
	}
	if ( defined( 'DUYET_WEBHOOK_SECRET' ) ) {
		$options['told_secret'] = DUYET_WEBHOOK_SECRET;
	}
	return $options;
}

/** The address of one of the site's calls; empty where nothing is set. */
function duyet_address( $call ) {
	$options = duyet_options();
	if ( '' === $options['url'] || '' === $options['site'] || '' === $options['secret'] ) {
		return '';
	}
	return untrailingslashit( $options['url'] ) . '/api/v1/sites/' . rawurlencode( $options['site'] ) . '/' . $call;
}

/** Signs the very bytes that are sent: id.timestamp.body under HMAC-SHA256. What whsec_… stands for is the key; a secret of another form is its own letters. */
function duyet_sign( $secret, $id, $time, $body ) {
	$key = 0 === strpos( $secret, 'whsec_' ) ? base64_decode( substr( $secret, 6 ), true ) : false; // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	$key = false === $key ? $secret : $key;
	return 'v1,' . base64_encode( hash_hmac( 'sha256', "$id.$time.$body", $key, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
}

/** Sends once; the answer, or a WP_Error. */
function duyet_post( $call, $id, $body ) {
	$address = duyet_address( $call );
	if ( '' === $address ) {
		return new WP_Error( 'duyet', 'not set up' );
	}
	$time    = (string) time();
	$options = duyet_options();
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
				'webhook-signature' => duyet_sign( $options['secret'], $id, $time, $body ),
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

/** Sends an event now, and again later where that fails. The same event keeps its id, so it has its effect once. $comment: what it hands in, if anything. */
function duyet_send( $type, array $data, $comment = 0 ) {
	if ( '' === duyet_address( 'cms' ) ) {
		return;
	}
	$event = array(
		'type'      => $type,
		'timestamp' => duyet_now(),
		'data'      => $data,
	);
	duyet_try( 'wp_' . wp_generate_uuid4(), wp_json_encode( $event ), 0, $comment );
}

/** One of several attempts. */
function duyet_try( $id, $body, $attempt, $comment = 0 ) {
	$answer = duyet_post( 'cms', $id, $body );
	$status = is_wp_error( $answer ) ? 0 : (int) wp_remote_retrieve_response_code( $answer );
	if ( $status >= 200 && $status < 300 ) {
		duyet_clear_fault();
		$told = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( $comment && isset( $told['comment']['id'] ) ) {
			// By that a reply says what it answers.
			update_comment_meta( $comment, 'duyet_id', sanitize_text_field( $told['comment']['id'] ) );
		}
		return;
	}
	$delays = array( 60, 300, 1800, 7200, 18000 );
	// What is wrong with the message itself is no better later.
	$is_final = in_array( $status, array( 400, 403, 404, 413, 422 ), true );
	if ( ! $is_final && isset( $delays[ $attempt ] ) ) {
		wp_schedule_single_event( time() + $delays[ $attempt ], 'duyet_try', array( $id, $body, $attempt + 1, $comment ) );
	} else {
		duyet_note_fault( duyet_why( $answer ) );
	}
}
add_action( 'duyet_try', 'duyet_try', 10, 4 );

/** What was wrong, in the words that Duyệt has for it (RFC 9457). */
function duyet_why( $answer ) {
	if ( is_wp_error( $answer ) ) {
		return $answer->get_error_message();
	}
	$told  = json_decode( wp_remote_retrieve_body( $answer ), true );
	$words = array( (string) wp_remote_retrieve_response_code( $answer ) );
	if ( isset( $told['detail'] ) ) {
		$words[] = $told['detail'];
	}
	return implode( ' ', array_merge( $words, duyet_wrong_fields( $told ) ) );
}

/** What is wrong with each field. */
function duyet_wrong_fields( $told ) {
	$words = array();
	foreach ( isset( $told['errors'] ) ? $told['errors'] : array() as $error ) {
		$words[] = $error['field'] . ': ' . $error['message'];
	}
	return $words;
}

/** Keeps what went wrong for the plugin's page. */
function duyet_note_fault( $told ) {
	update_option( 'duyet_fault', gmdate( 'c' ) . ' ' . mb_substr( $told, 0, 500 ), false );
}

/** What went wrong before is over. */
function duyet_clear_fault() {
	if ( get_option( 'duyet_fault' ) ) {
		delete_option( 'duyet_fault' );
	}
}

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

/** Whether comments of that type under that post are Duyệt's to moderate. */
function duyet_is_moderated( $type, $post ) {
	$options = duyet_options();
	return '1' === $options['comments'] && '' !== duyet_address( 'cms' ) && in_array( $type, array( '', 'comment' ), true ) && $post && duyet_is_article( get_post( $post ) );
}

/** A link as plain text: where it leads must be seen by who decides. */
function duyet_link( $found ) {
	$url = trim( $found[1], "\"' \t\n" );
	if ( ! isset( $found[2] ) ) {
		return '(' . $url . ') ';
	}
	$text = trim( $found[2] );
	return $text === $url ? $url : $text . ' (' . $url . ')';
}

/** What a reader wrote, as plain text, with where its links lead and with the reader's own page. */
function duyet_text( $comment ) {
	$opening = '<a\b[^>]*?\bhref\s*=\s*("[^"]*"|\'[^\']*\'|[^\s>]+)[^>]*>';
	$text    = preg_replace_callback( '~' . $opening . '(.*?)</a\s*>~is', 'duyet_link', $comment->comment_content );
	// One that is never closed is a link all the same.
	$text = preg_replace_callback( '~' . $opening . '~is', 'duyet_link', (string) $text );
	// Nothing is left where a text is more than PHP's patterns can bear.
	$text = html_entity_decode( wp_strip_all_tags( $text ? $text : $comment->comment_content ), ENT_QUOTES, 'UTF-8' );
	$page = trim( html_entity_decode( $comment->comment_author_url, ENT_QUOTES, 'UTF-8' ) );
	return '' === $page ? $text : $text . "\n\n[Trang của người gửi: " . $page . ' ]';
}

/** A comment of the theme's own form that waits. What WordPress has decided on is not handed in. */
function duyet_commented( $id, $approved ) {
	$comment = get_comment( $id );
	if ( ! in_array( $approved, array( 0, '0' ), true ) || ! $comment || ! duyet_is_moderated( $comment->comment_type, $comment->comment_post_ID ) ) {
		return;
	}
	$post = get_post( $comment->comment_post_ID );
	$told = array(
		'article'     => array(
			'external_id' => (string) $post->ID,
			'url'         => get_permalink( $post ),
			'title'       => html_entity_decode( wp_strip_all_tags( get_the_title( $post ) ), ENT_QUOTES, 'UTF-8' ),
		),
		'external_id' => 'wp-' . $id,
		'name'        => html_entity_decode( $comment->comment_author, ENT_QUOTES, 'UTF-8' ),
		'email'       => $comment->comment_author_email,
		'body'        => duyet_text( $comment ),
		'created_at'  => get_gmt_from_date( $comment->comment_date, 'Y-m-d\TH:i:s\Z' ),
	);
	if ( filter_var( $comment->comment_author_IP, FILTER_VALIDATE_IP ) ) {
		$told['ip'] = $comment->comment_author_IP;
	}
	$parent = $comment->comment_parent ? get_comment_meta( $comment->comment_parent, 'duyet_id', true ) : '';
	if ( $parent ) {
		$told['parent'] = $parent;
	}
	// A site that asks its readers to agree says so here, as its own form has it.
	$consent = apply_filters( 'duyet_consent', null, $comment );
	if ( null !== $consent ) {
		$told['consent'] = $consent;
	}
	duyet_send( 'comment.created', $told, (int) $id );
}
add_action( 'comment_post', 'duyet_commented', 10, 2 );

/** What Duyệt decides on waits here; what WordPress itself takes for spam, and what its own people write, stays as it is. */
function duyet_hold( $approved, $data = array() ) {
	$type    = isset( $data['comment_type'] ) ? $data['comment_type'] : '';
	$post    = isset( $data['comment_post_ID'] ) ? (int) $data['comment_post_ID'] : 0;
	$is_held = in_array( $approved, array( 1, '1' ), true ) && duyet_is_moderated( $type, $post ) && ! current_user_can( 'moderate_comments' );
	return $is_held ? 0 : $approved;
}
add_filter( 'pre_comment_approved', 'duyet_hold', 10, 2 );

/** Where Duyệt tells what was decided. */
function duyet_routes() {
	register_rest_route(
		'duyet/v1',
		'/told',
		array(
			'methods'             => 'POST',
			'callback'            => 'duyet_told',
			'permission_callback' => 'duyet_is_signed',
		)
	);
}
add_action( 'rest_api_init', 'duyet_routes' );

/** Whether Duyệt has signed a request with the webhook's secret, within five minutes of now. */
function duyet_is_signed( $request ) {
	$options = duyet_options();
	$id      = (string) $request->get_header( 'webhook-id' );
	$time    = (string) $request->get_header( 'webhook-timestamp' );
	if ( '' === $options['told_secret'] || '' === $id || ! ctype_digit( $time ) || abs( time() - (int) $time ) > 300 ) {
		return false;
	}
	$ours = duyet_sign( $options['told_secret'], $id, $time, $request->get_body() );
	// Two of them, while the secret is being changed.
	foreach ( explode( ' ', (string) $request->get_header( 'webhook-signature' ) ) as $theirs ) {
		if ( hash_equals( $ours, $theirs ) ) {
			return true;
		}
	}
	return false;
}

/** The comment of ours that Duyệt speaks of, or null. */
function duyet_comment_of( array $told ) {
	$id    = isset( $told['id'] ) ? (string) $told['id'] : '';
	$named = isset( $told['external_id'] ) ? (string) $told['external_id'] : '';
	if ( '' === $id || ! preg_match( '/^wp-([0-9]+)$/', $named, $found ) ) {
		return null;
	}
	$comment = get_comment( (int) $found[1] );
	$known   = $comment ? get_comment_meta( $comment->comment_ID, 'duyet_id', true ) : '';
	return $comment && ( '' === $known || $known === $id ) ? $comment : null;
}

/** Does with a comment what Duyệt has decided. What is older than what was heard of it before has no effect. */
function duyet_told( $request ) {
	$event   = json_decode( $request->get_body(), true );
	$told    = isset( $event['data']['comment'] ) && is_array( $event['data']['comment'] ) ? $event['data']['comment'] : array();
	$comment = duyet_comment_of( $told );
	if ( ! $comment || ! isset( $told['revision'], $told['status'] ) ) {
		return array( 'outcome' => 'ignored' );
	}
	$id = (int) $comment->comment_ID;
	if ( (int) $told['revision'] < (int) get_comment_meta( $id, 'duyet_revision', true ) ) {
		return array( 'outcome' => 'known' );
	}
	update_comment_meta( $id, 'duyet_id', sanitize_text_field( $told['id'] ) );
	update_comment_meta( $id, 'duyet_revision', (int) $told['revision'] );
	if ( ! duyet_put( $id, $told['status'] ) ) {
		return new WP_Error( 'duyet', 'the comment could not be changed', array( 'status' => 500 ) );
	}
	return array( 'outcome' => 'done' );
}

/** Puts a comment where it stands in Duyệt; whether it stands there. */
function duyet_put( $id, $status ) {
	$is = wp_get_comment_status( $id );
	switch ( $status ) {
		case 'approved':
			return 'approved' === $is || true === wp_set_comment_status( $id, 'approve' );
		case 'pending':
			return 'unapproved' === $is || true === wp_set_comment_status( $id, 'hold' );
		case 'spam':
			return 'spam' === $is || wp_spam_comment( $id );
		case 'rejected':
		case 'withdrawn':
		case 'erased':
			// Without a trash it would be gone for good, and could not be put back.
			$is_kept = ! defined( 'EMPTY_TRASH_DAYS' ) || EMPTY_TRASH_DAYS;
			if ( $is_kept ) {
				return 'trash' === $is || wp_trash_comment( $id );
			}
			return 'unapproved' === $is || true === wp_set_comment_status( $id, 'hold' );
		default:
			// A word of a later release: it stays where it is.
			return true;
	}
}

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

/** What was typed, as it is kept. An empty secret leaves the one that was typed before; one of wp-config.php stays there alone. */
function duyet_sanitize( $typed ) {
	$typed  = is_array( $typed ) ? $typed : array();
	$before = duyet_stored();
	$secret = isset( $typed['secret'] ) ? trim( (string) $typed['secret'] ) : '';
	$told   = isset( $typed['told_secret'] ) ? trim( (string) $typed['told_secret'] ) : '';
	return array(
		'url'         => isset( $typed['url'] ) ? esc_url_raw( trim( (string) $typed['url'] ), array( 'https', 'http' ) ) : '',
		'site'        => isset( $typed['site'] ) ? sanitize_key( $typed['site'] ) : '',
		'secret'      => '' !== $secret ? sanitize_text_field( $secret ) : $before['secret'],
		'told_secret' => '' !== $told ? sanitize_text_field( $told ) : $before['told_secret'],
		'comments'    => empty( $typed['comments'] ) ? '0' : '1',
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
	$refused = isset( $_GET['refused'] ) ? absint( $_GET['refused'] ) : 0; // phpcs:ignore WordPress.Security.NonceVerification
	?>
	<div class="wrap">
	<h1>Duyệt</h1>
	<?php if ( null !== $sent ) : ?>
	<div class="notice notice-success"><p><?php echo esc_html( sprintf( 'Đã gửi %d bài.', $sent ) ); ?></p></div>
	<?php endif; ?>
	<?php if ( $refused ) : ?>
	<div class="notice notice-error"><p><?php echo esc_html( sprintf( '%d bài không được nhận.', $refused ) ); ?></p></div>
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
	<p class="description" id="duyet-secret-hint"><?php echo esc_html( '' === $options['secret'] ? 'Khoá whsec_… mà lệnh “duyet site secret TRANG” in ra.' : 'Đã có khoá. Bỏ trống để giữ nguyên.' ); ?></p></td></tr>
	<tr><th scope="row"><label for="duyet-told-secret">Khoá của webhook</label></th>
	<td><input class="regular-text" type="password" id="duyet-told-secret" name="duyet[told_secret]" autocomplete="new-password" aria-describedby="duyet-told-hint">
	<p class="description" id="duyet-told-hint"><?php echo esc_html( '' === $options['told_secret'] ? 'Để quyết định của Duyệt về đến đây: trong Duyệt, ở trang “Webhook”, thêm địa chỉ dưới đây với mọi sự kiện bình luận, rồi dán khoá whsec_… hiện ra ở đó trong mười phút.' : 'Đã có khoá. Bỏ trống để giữ nguyên.' ); ?> <code><?php echo esc_html( rest_url( 'duyet/v1/told' ) ); ?></code></p></td></tr>
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
	$sent    = 0;
	$refused = 0;
	$why     = array();
	$page    = 1;
	do {
		// So were they then: what happens to one while they are sent is newer.
		$at       = duyet_now();
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
		$articles = array();
		foreach ( $posts as $post ) {
			$articles[] = duyet_article( $post ) + array( 'updated_at' => $at );
		}
		if ( empty( $articles ) ) {
			break;
		}
		$body   = wp_json_encode( array( 'articles' => $articles ) );
		$answer = duyet_post( 'articles', 'wp_' . wp_generate_uuid4(), $body );
		if ( is_wp_error( $answer ) || 200 !== (int) wp_remote_retrieve_response_code( $answer ) ) {
			$refused += count( $articles );
			$why[]    = duyet_why( $answer );
			break;
		}
		$told = json_decode( wp_remote_retrieve_body( $answer ), true );
		foreach ( isset( $told['results'] ) ? $told['results'] : array() as $one ) {
			if ( empty( $one['errors'] ) ) {
				++$sent;
			} else {
				++$refused;
				$why[] = implode( ' ', array_merge( array( $one['external_id'] ), duyet_wrong_fields( $one ) ) );
			}
		}
	} while ( count( $posts ) === 200 );
	if ( $why ) {
		duyet_note_fault( implode( ' ', $why ) );
	} else {
		duyet_clear_fault();
	}
	wp_safe_redirect( admin_url( 'options-general.php?page=duyet&sent=' . $sent . '&refused=' . $refused ) );
	exit;
}
add_action( 'admin_post_duyet_all', 'duyet_send_all' );
