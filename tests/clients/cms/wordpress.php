<?php
// Runs the plugin for WordPress as it is, with stand-ins for what WordPress gives it: `wordpress.php URL SITE SECRET`, a JSON object on standard
// input whose `do` says what happens. Prints what was answered to each message, one a line, and in the end what WordPress knows then.

define( 'ABSPATH', '/' );
list( , $url, $site, $secret ) = $argv;
$told     = json_decode( stream_get_contents( STDIN ), true );
$hooks    = array();
$kept     = array( 'duyet' => array( 'url' => $url, 'site' => $site, 'secret' => $secret, 'comments' => '1' ) );
$kept['duyet']['told_secret'] = $told['told_secret'] ?? '';
$kept    += $told['kept'] ?? array();
$meta     = $told['meta'] ?? array();
$later    = array();
$comments = array();
$statuses = array();
// As many messages as go nowhere before one arrives.
$away     = $told['away'] ?? 0;
if ( isset( $told['secret_in_config'] ) ) {
	define( 'DUYET_CMS_SECRET', $told['secret_in_config'] );
}

class WP_Post {
	public $ID             = 4711;
	public $post_type      = 'post';
	public $post_status    = 'publish';
	public $post_author    = 1;
	public $comment_status = 'open';
	public $post_title     = 'Cầu mới &amp; đường mới';
}
class WP_Error {
	public function __construct( public $code, public $told ) {}
	public function get_error_message() {
		return $this->told; }
}
function add_action( $name, $call ) {
	$GLOBALS['hooks'][ $name ] = $call; }
function add_filter( $name, $call ) {
	$GLOBALS['hooks'][ $name ] = $call; }
function apply_filters( $name, $value ) {
	return $GLOBALS['told']['filters'][ $name ] ?? $value; }
function get_option( $name, $default = false ) {
	return $GLOBALS['kept'][ $name ] ?? $default; }
// WordPress has this for a PHP without mbstring.
if ( ! function_exists( 'mb_substr' ) ) {
	function mb_substr( $text, $from, $most ) {
		return implode( '', array_slice( preg_split( '//u', $text, -1, PREG_SPLIT_NO_EMPTY ), $from, $most ) ); }
}
function update_option( $name, $value ) {
	$GLOBALS['kept'][ $name ] = $value; }
function delete_option( $name ) {
	unset( $GLOBALS['kept'][ $name ] ); }
function untrailingslashit( $text ) {
	return rtrim( $text, '/' ); }
function is_wp_error( $it ) {
	return $it instanceof WP_Error; }
function wp_json_encode( $it ) {
	return json_encode( $it ); }
function wp_generate_uuid4() {
	return bin2hex( random_bytes( 16 ) ); }
function wp_schedule_single_event( $at, $name, $arguments ) {
	$GLOBALS['later'][] = array( $name, $arguments ); }
function wp_remote_post( $url, $options ) {
	$headers = array();
	foreach ( $options['headers'] as $name => $value ) {
		$headers[] = "$name: $value";
	}
	$context = stream_context_create(
		array(
			'http' => array(
				'method'        => 'POST',
				'header'        => implode( "\r\n", $headers ),
				'content'       => $options['body'],
				'ignore_errors' => true,
				'timeout'       => 20,
			),
		)
	);
	$body    = $GLOBALS['away']-- > 0 ? false : @file_get_contents( $url, false, $context );
	if ( false === $body ) {
		echo json_encode( array( 'status' => 0 ) ), "\n";
		return new WP_Error( 'http', 'away' );
	}
	preg_match( '~ (\d+)~', $http_response_header[0], $found );
	echo json_encode( array( 'status' => (int) $found[1], 'body' => $body ) ), "\n";
	return array( 'status' => (int) $found[1], 'body' => $body );
}
function wp_remote_retrieve_response_code( $answer ) {
	return $answer['status']; }
function wp_remote_retrieve_body( $answer ) {
	return $answer['body']; }
function wp_is_post_revision() {
	return false; }
function get_the_category() {
	return array( (object) array( 'name' => 'Xã hội' ) ); }
function get_the_tags() {
	return false; }
function wp_list_pluck( $list, $name ) {
	return array_column( $list, $name ); }
function get_permalink( $post ) {
	if ( 'publish' !== $post->post_status ) {
		return 'https://bao.example/?p=' . $post->ID;
	}
	// One of them lies elsewhere.
	return ( 9999 === $post->ID ? 'https://khac.example/' : 'https://bao.example/' ) . $post->ID . '.html'; }
function get_the_title( $post ) {
	return $post->post_title; }
function wp_strip_all_tags( $text ) {
	return strip_tags( $text ); }
function get_the_author_meta() {
	return 'Lê Thị Hoa'; }
function get_post_datetime() {
	return new DateTimeImmutable( '2026-11-20T08:00:00Z' ); }
function get_post( $id ) {
	$post            = new WP_Post();
	$post->ID        = $id;
	$post->post_type = $GLOBALS['told']['post_type'] ?? 'post';
	return $post; }
function get_posts( $asked ) {
	$posts = array_map( 'get_post', $GLOBALS['told']['posts'] );
	if ( ! empty( $GLOBALS['told']['meanwhile'] ) ) {
		// While they are read, an editor puts one into the trash.
		saved( 'publish', 'trash' );
	}
	return $posts; }
function get_comment( $id ) {
	return $GLOBALS['comments'][ $id ] ?? null; }
function get_comment_meta( $id, $name ) {
	return $GLOBALS['meta'][ $id ][ $name ] ?? ''; }
function update_comment_meta( $id, $name, $value ) {
	$GLOBALS['meta'][ $id ][ $name ] = $value; }
function wp_get_comment_status( $id ) {
	return $GLOBALS['statuses'][ $id ]; }
function wp_set_comment_status( $id, $status ) {
	$GLOBALS['statuses'][ $id ] = array( 'approve' => 'approved', 'hold' => 'unapproved' )[ $status ];
	return true; }
function wp_spam_comment( $id ) {
	$GLOBALS['statuses'][ $id ] = 'spam';
	return true; }
function wp_trash_comment( $id ) {
	$GLOBALS['statuses'][ $id ] = 'trash';
	return true; }
function register_rest_route( $space, $route, $what ) {
	$GLOBALS['routes'][ $space . $route ] = $what; }
function esc_url_raw( $url ) {
	return $url; }
function sanitize_key( $key ) {
	return $key; }
function check_admin_referer() {}
function admin_url( $path ) {
	return $path; }
function wp_safe_redirect( $to ) {
	$GLOBALS['kept']['redirect'] = $to;
	finish(); }
function sanitize_text_field( $text ) {
	return $text; }
function get_gmt_from_date( $date, $form ) {
	return ( new DateTimeImmutable( $date ) )->format( $form ); }
function current_user_can( $what ) {
	return in_array( $what, $GLOBALS['told']['may'] ?? array(), true ); }
/** A request to a route of WordPress's. */
class Request {
	public function __construct( private $headers, private $body ) {}
	public function get_header( $name ) {
		return $this->headers[ $name ] ?? null; }
	public function get_body() {
		return $this->body; }
}

require __DIR__ . '/../../../web/wordpress/duyet.php';

/** A post with that status. */
function post( $status ) {
	$post                 = new WP_Post();
	$post->post_status    = $status;
	$post->comment_status = $GLOBALS['told']['comments'] ?? 'open';
	return $post;
}

/** Saves the post, which was so before. */
function saved( $from, $to ) {
	$GLOBALS['hooks']['wp_after_insert_post']( 4711, post( $to ), true, post( $from ) );
}

/** What was not taken is tried again, later; then everything is told. */
function finish() {
	while ( $GLOBALS['later'] ) {
		list( $name, $arguments ) = array_shift( $GLOBALS['later'] );
		$GLOBALS['hooks'][ $name ]( ...$arguments );
	}
	$known = array();
	foreach ( array( 'meta', 'statuses', 'kept' ) as $name ) {
		$known[ $name ] = (object) $GLOBALS[ $name ];
	}
	echo json_encode( $known ), "\n";
	exit;
}

$id              = $told['id'] ?? 17;
$comments[ $id ] = (object) (
	( $told['comment'] ?? array() ) + array(
		'comment_ID'           => $id,
		'comment_type'         => 'comment',
		'comment_post_ID'      => 4711,
		'comment_author'       => 'Trần Thị Bưởi',
		'comment_author_email' => 'ban.doc@thu.example',
		'comment_author_url'   => '',
		'comment_author_IP'    => '203.0.113.7',
		'comment_content'      => 'Cầu đẹp &amp; rộng',
		'comment_date'         => '2026-11-20 08:30:00',
		'comment_parent'       => 0,
	)
);
$statuses[ $id ] = $told['is'] ?? 'unapproved';

switch ( $told['do'] ) {
	case 'save':
		saved( $told['from'], $told['to'] );
		break;
	case 'remove':
		$hooks['before_delete_post']( 4711, post( 'publish' ) );
		break;
	case 'all':
		$hooks['admin_post_duyet_all']();
		break;
	case 'settings':
		$kept['duyet'] = duyet_sanitize( $told['typed'] );
		break;
	case 'comment':
		// What is approved by WordPress itself waits all the same.
		$approved = $hooks['pre_comment_approved']( $told['approved'] ?? 1, (array) $comments[ $id ] );
		echo json_encode( array( 'status' => $approved ) ), "\n";
		$hooks['comment_post']( $id, $approved, array() );
		break;
	case 'told':
		$hooks['rest_api_init']();
		$route   = $routes['duyet/v1/told'];
		$request = new Request( $told['headers'], $told['body'] );
		$answer  = $route['permission_callback']( $request ) ? $route['callback']( $request ) : array( 'outcome' => 'refused' );
		echo json_encode( array( 'status' => $answer['outcome'] ) ), "\n";
		break;
}
finish();
