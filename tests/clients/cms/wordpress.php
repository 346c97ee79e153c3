<?php
// Runs the plugin for WordPress as it is, with stand-ins for what WordPress gives it: `wordpress.php URL SITE SECRET`, a JSON object on standard
// input whose `do` says what happens. Prints what was answered to each message, one a line.

define( 'ABSPATH', '/' );
list( , $url, $site, $secret ) = $argv;
$told     = json_decode( stream_get_contents( STDIN ), true );
$hooks    = array();
$kept     = array( 'duyet' => array( 'url' => $url, 'site' => $site, 'secret' => $secret, 'comments' => '1' ) );
$later    = array();
$comments = array();

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
	return $value; }
function get_option( $name, $default = false ) {
	return $GLOBALS['kept'][ $name ] ?? $default; }
function update_option( $name, $value ) {
	$GLOBALS['kept'][ $name ] = $value;
	fwrite( STDERR, "$name: $value\n" ); }
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
	$body    = @file_get_contents( $url, false, $context );
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
	return 'publish' === $post->post_status ? 'https://bao.example/cau-moi.html' : 'https://bao.example/?p=' . $post->ID; }
function get_the_title( $post ) {
	return $post->post_title; }
function wp_strip_all_tags( $text ) {
	return strip_tags( $text ); }
function get_the_author_meta() {
	return 'Lê Thị Hoa'; }
function get_post_datetime() {
	return new DateTimeImmutable( '2026-11-20T08:00:00Z' ); }
function get_post() {
	return new WP_Post(); }
function get_comment( $id ) {
	return $GLOBALS['comments'][ $id ]; }
function get_comment_meta() {
	return ''; }
function update_comment_meta( $id, $name, $value ) {
	fwrite( STDERR, "comment $id: $name $value\n" ); }
function sanitize_text_field( $text ) {
	return $text; }
function get_gmt_from_date( $date, $form ) {
	return ( new DateTimeImmutable( $date ) )->format( $form ); }
function current_user_can() {
	return false; }

require __DIR__ . '/../../../web/wordpress/duyet.php';

/** A post with that status. */
function post( $status ) {
	$post              = new WP_Post();
	$post->post_status = $status;
	return $post;
}

switch ( $told['do'] ) {
	case 'save':
		$hooks['wp_after_insert_post']( 4711, post( $told['to'] ), true, post( $told['from'] ) );
		break;
	case 'comment':
		$comments[17] = (object) array(
			'comment_type'      => 'comment',
			'comment_post_ID'   => 4711,
			'comment_author'    => 'Trần Thị Bưởi',
			'comment_author_email' => 'ban.doc@thu.example',
			'comment_author_IP' => '203.0.113.7',
			'comment_content'   => 'Cầu đẹp &amp; rộng',
			'comment_date'      => '2026-11-20 08:30:00',
			'comment_parent'    => 0,
		);
		$hooks['comment_post']( 17, 0, array() );
		// What is approved by WordPress itself waits all the same.
		echo json_encode( array( 'status' => $hooks['pre_comment_approved']( 1 ) ) ), "\n";
		break;
}
// What was not taken is tried again, later.
while ( $later ) {
	list( $name, $arguments ) = array_shift( $later );
	$hooks[ $name ]( ...$arguments );
}
