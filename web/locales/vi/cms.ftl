# Hệ quản trị nội dung (CMS): tin nhắn gửi vào, cài đặt, nhật ký

problem-signature-missing = Thiếu chữ ký
problem-signature-missing-detail = Tin nhắn phải được ký bằng khoá bí mật của bên gửi: khoá của CMS, hoặc khoá của bộ kiểm tra ngoài. Hãy kiểm tra bên gửi đã được đặt khoá, và trang Cài đặt đã chọn đúng dạng chữ ký của CMS chưa.
problem-signature-doubled = Tiêu đề chữ ký bị lặp
problem-signature-doubled-detail = Một tiêu đề dùng để chứng thực đến hai lần, nên không biết cái nào đúng. Hãy kiểm tra máy chủ trung gian có thêm tiêu đề không, rồi gửi lại.
problem-signature-stale = Chữ ký quá giờ
problem-signature-stale-detail = Thời điểm ký lệch quá 5 phút so với đồng hồ ở đây. Hãy chỉnh đồng hồ của máy chủ CMS, rồi ký và gửi lại.
problem-signature-wrong = Chữ ký không đúng
problem-signature-wrong-detail = Nội dung không được ký bằng khoá bí mật của bên gửi trên trang báo này, hoặc đã bị đổi trên đường đi. Khoá của CMS và khoá của bộ kiểm tra ngoài là hai khoá khác nhau. Hãy so lại khoá, và ký đúng từng byte được gửi.
cms-header-missing = Thiếu tiêu đề này.
cms-header-doubled = Tiêu đề này đến hai lần.
cms-long = Dài quá { $max } ký tự.
cms-ahead = Thời điểm này còn hơn một ngày nữa mới tới. Hãy kiểm tra đồng hồ của CMS.
cms-other-id = Mã này khác với mã trong địa chỉ.
cms-id-unsigned = Chữ ký chỉ bảo đảm phần thân. Hãy ghi mã bài vào cả phần thân (external_id).
cms-article-unknown = Chưa biết bài nào có mã này. Hãy gửi kèm địa chỉ (url) của bài, hoặc báo bài trước.

history-by-cms = CMS của báo
history-article_told = đã báo về một bài: { $what }
history-told-published = đã đăng
history-told-unpublished = đã gỡ khỏi trang
history-told-deleted = đã xoá
history-told-title = tiêu đề mới “{ $to }”
history-told-section = chuyên mục “{ $to }”
history-told-url = địa chỉ mới { $to }
history-site_secret = đã đổi khoá bí mật của CMS; khoá cũ còn dùng được đến { $when }

article-unpublished = Đã gỡ khỏi trang báo; bình luận đang ẩn
article-deleted = Đã xoá khỏi trang báo; bình luận được giữ và ẩn

settings-cms = Hệ quản trị nội dung (CMS)
settings-cms-lead = CMS báo bài mới đăng, sửa, gỡ, xoá về địa chỉ:
settings-cms-format-label = CMS nào gửi
settings-cms-format-hint = Quyết định cách kiểm tra chữ ký và đọc nội dung. Các ô dưới đây bỏ trống thì dùng giá trị thường gặp của CMS đó.
settings-cms-format-standard = WordPress (phần gắn thêm của Duyệt), hoặc Standard Webhooks
settings-cms-format-ghost = Ghost
settings-cms-format-strapi = Strapi
settings-cms-format-directus = Directus
settings-cms-format-contentful = Contentful
settings-cms-format-sanity = Sanity
settings-cms-format-drupal = Drupal
settings-cms-format-hmac-hex = Khác: HMAC-SHA256, ghi bằng hệ mười sáu
settings-cms-format-hmac-base64 = Khác: HMAC-SHA256, ghi bằng base64
settings-cms-url-label = Mẫu địa chỉ bài viết
settings-cms-url-hint = Như { $example }. Chỉ cần khi CMS không gửi cả địa chỉ.
settings-cms-url-wrong = “{ $url }” không phải mẫu địa chỉ như { $example }.
settings-cms-fields-label = Mỗi thông tin nằm ở đâu
settings-cms-fields-hint = Mỗi dòng một ô, như section = entry.chuyen_muc.ten. Có thể đặt: external_id, url, title, section, author, tags, published_at, updated_at, version, comments, status, type.
settings-cms-field-wrong = Không có ô “{ $name }”; có thể đặt: { $known }.
settings-cms-place-wrong = “{ $place }” không phải một vị trí như entry.title.
settings-cms-only-label = Chỉ nhận những tin nhắn nào
settings-cms-only-hint = Mỗi dòng một điều kiện, như model = article. Bỏ trống là nhận tất cả.
settings-cms-header-label = Tiêu đề chứa chữ ký hoặc khoá
settings-cms-header-hint = Cho Strapi, Directus (thường là x-duyet-secret) và hai dạng “Khác” (thường là x-signature).
settings-cms-header-wrong = “{ $header }” không dùng làm tên tiêu đề được.
settings-cms-prefix-label = Phần đứng trước chữ ký
settings-cms-prefix-hint = Như sha256=. Bỏ trống nếu không có.
settings-cms-prefix-wrong = Nhiều nhất 40 ký tự ASCII nhìn thấy được.
settings-cms-time-label = Tiêu đề chứa giờ ký
settings-cms-time-hint = Chỉ cho hai dạng “Khác”: số giây từ năm 1970, được ký trước nội dung với một dấu chấm ở giữa. Nên có, để không ai gửi lại được tin cũ.

settings-secret = Khoá bí mật của CMS
settings-secret-lead = CMS dùng khoá này để chứng thực. Khi đổi, khoá cũ còn dùng được 24 giờ để bạn kịp đặt khoá mới ở CMS; khoá cũ hơn nữa hết hiệu lực ngay.
settings-secret-former = Khoá cũ còn dùng được đến { $when }.
settings-secret-own-label = Khoá do CMS tạo
settings-secret-own-hint = Bỏ trống để Duyệt tạo khoá mới. Contentful tạo khoá 64 ký tự: dán vào đây.
settings-secret-wrong = Khoá dài từ { $min } đến { $max } ký tự ASCII, không có dấu cách.
settings-secret-at-once = Khoá cũ hết hiệu lực ngay (khi khoá đã bị lộ)
settings-secret-renew = Đổi khoá
settings-secret-renewed = Đã đổi khoá.
settings-secret-second = Nếu đổi khoá lúc này, khoá cũ ấy hết hiệu lực ngay.
settings-secret-changed = Khoá đã được đổi trước đó, nên biểu mẫu vừa gửi không đổi thêm gì. Nếu bạn chưa chép khoá mới, hãy đổi lần nữa.
settings-secret-gone = Khoá mới không còn hiện ở đây. Nếu bạn chưa kịp chép, hãy đổi lần nữa.
settings-secret-shown = Khoá mới, hiện ở đây trong mười phút rồi thôi. Hãy chép ngay:
settings-secret-admins = Chỉ quản trị viên mới đổi được khoá.
