# Lengths of time

wait-days = { $count ->
   *[other] { $count } ngày
}
wait-hours = { $count } giờ
wait-minutes = { $count } phút
wait-moment = dưới 1 phút

# Words of the house

lane-likely_fine = Có vẻ ổn
lane-look = Cần xem
lane-likely_bad = Nhiều khả năng xấu
status-pending = Chờ duyệt
status-approved = Đã đăng
status-rejected = Không đăng
status-spam = Rác
status-withdrawn = Người gửi rút lại
status-erased = Đã xoá hẳn
category-profanity = Tục tĩu
category-insult = Xúc phạm
category-hate = Thù ghét
category-threat = Đe doạ
category-sexual = Tình dục
category-spam = Rác, quảng cáo
category-scam = Lừa đảo
category-contact = Thông tin liên hệ
category-link = Liên kết
category-impersonation = Mạo danh
category-flood = Gửi dồn dập
category-repeat = Lặp lại
part-body = nội dung
part-name = họ tên
part-email = email
part-link = liên kết
done-approve = đã duyệt
done-reject = đã từ chối
done-spam = đã cho vào rác
done-requeue = đã đưa lại hàng chờ
done-withdraw = đã rút lại
done-edit = đã sửa
done-erase = đã xoá hẳn

# Every page

product = Duyệt
skip-to-content = Tới nội dung chính

# The form under an article, and its answers

form-heading = Ý kiến của bạn
form-name = Họ tên
form-name-hint = Hiện dưới ý kiến của bạn.
form-email = Email
form-email-hint = Chỉ toà soạn thấy, không hiện trên trang.
form-body = Ý kiến của bạn
form-body-hint = Toà soạn đọc và duyệt trước khi đăng. Xin viết tiếng Việt có dấu.
form-website = Xin để trống ô này. Ô này dành cho máy, không dành cho bạn đọc.
form-required = Ý kiến, họ tên và email đều cần điền.
form-submit = Gửi ý kiến
form-error-prefix = Lỗi:
form-problem-title = Có chỗ cần sửa
form-problem-summary = { $count ->
   *[other] Ý kiến chưa được gửi. Có { $count } chỗ cần sửa:
}
form-problem-kept = Những gì bạn đã viết vẫn còn nguyên dưới đây.
form-article-url = Địa chỉ bài báo
form-article-url-hint = Mở bài trên trang của báo, chép địa chỉ ở đầu trình duyệt rồi dán vào đây.
form-article = Ý kiến cho bài
thanks-title = Cảm ơn bạn
thanks-pending = Ý kiến của bạn đã tới { $site } và đang chờ toà soạn duyệt.
thanks-approved = Ý kiến của bạn đã được đăng.
thanks-next = Tiếp theo
thanks-next-read = Một người ở toà soạn sẽ đọc ý kiến của bạn. Việc này có thể mất vài giờ, ngày nghỉ thì lâu hơn.
thanks-next-published = Nếu được duyệt, ý kiến hiện dưới bài với họ tên bạn đã ghi. Email không bao giờ hiện.
thanks-next-receipt = Bạn xem được tình trạng hoặc rút ý kiến lại bất cứ lúc nào ở trang biên nhận. Hãy lưu đường dẫn này, vì không có tài khoản nào khác.
thanks-email = Email bạn ghi có thể bị gõ nhầm. Bạn định ghi { $suggestion } phải không? Nếu đúng, hãy rút ý kiến ở trang biên nhận rồi gửi lại với email đúng.
thanks-receipt = Xem ý kiến của tôi
back-to-article = Trở lại bài báo

# A reader's own comment

receipt-title = Ý kiến của bạn
receipt-private = Trang này chỉ dành cho người có đường dẫn. Đừng chia sẻ nếu bạn không muốn người khác rút ý kiến thay bạn.
receipt-status = Tình trạng
receipt-pending = Đang chờ duyệt
receipt-pending-detail = Toà soạn đã nhận và chưa đọc tới. Chưa ai khác thấy ý kiến này.
receipt-approved = Đã đăng
receipt-approved-detail = Ý kiến đang hiện dưới bài báo.
receipt-rejected = Không được đăng
receipt-rejected-detail = Toà soạn quyết định không đăng.
receipt-withdrawn = Bạn đã rút lại
receipt-withdrawn-detail = Ý kiến không hiện trên trang và không còn chờ duyệt.
receipt-erased = Đã xoá hẳn
receipt-erased-detail = Nội dung và tên người gửi đã được xoá.
receipt-reason = Lý do
receipt-sent = Gửi lúc
receipt-decided = Quyết định lúc
receipt-article = Dưới bài
receipt-withdraw = Rút ý kiến lại
receipt-withdraw-hint = Ý kiến sẽ không được đăng, hoặc được gỡ xuống nếu đã đăng. Không hoàn lại được.
receipt-withdrawn-notice = Đã rút ý kiến lại.

# Problems as a page

problem-request = Mã yêu cầu
problem-home = Về trang đầu
problem-queue = Về trang duyệt

# Signing in

sign-in-title = Đăng nhập
sign-in-lead = Dành cho người duyệt bình luận ở toà soạn.
sign-in-email = Email
sign-in-password = Mật khẩu
sign-in-submit = Đăng nhập
sign-in-again = Đăng nhập lại
sign-in-failed = Email hoặc mật khẩu không đúng. Hãy thử lại.
sign-in-slow = Thử sai nhiều lần. Hãy đợi ít phút rồi đăng nhập lại.
sign-out = Đăng xuất

# The queue

queue-title = Hàng chờ
queue-lanes = Các hàng
queue-waiting = Đang chờ
queue-decided = Đã quyết định
queue-oldest = lâu nhất { $wait }
queue-empty-lane = Hàng này trống
queue-empty-lane-detail = Không còn bình luận nào ở đây. Bình luận mới sẽ được báo ở đầu danh sách; nếu không thấy, hãy tải lại trang.
queue-empty-status = Chưa có bình luận nào ở mục này
queue-empty-status-detail = Bình luận sẽ nằm ở đây sau khi có quyết định.
queue-reload = Tải lại
queue-next = Trang sau
queue-first = Về đầu danh sách
queue-under = Dưới bài
queue-consent = Đã đồng ý nội dung “{ $version }” lúc { $when }
queue-sent = Gửi lúc { $when }
queue-waited = chờ { $wait }
queue-score = Điểm { $score }
queue-reply-to = Trả lời { $name }
queue-evidence = { $count ->
    [0] Không có dấu hiệu nào
   *[other] { $count } dấu hiệu
}
queue-weight = trọng số { $weight }
queue-in = trong { $part }
queue-rule = Quy tắc
queue-reads-toneless = đọc không dấu
queue-reads-hidden = đọc sau khi ghép lại chữ bị che
queue-reads-context = từ ngữ cảnh
queue-cluster = { $comments ->
   *[other] lúc gửi: { $comments } bình luận như thế, từ { $emails } email, dưới { $articles } bài
}
queue-decided-by = { $name } { $done } lúc { $when }
queue-decided-because-reject = Bị từ chối lúc { $when } vì { $why }
queue-decided-because-spam = Bị cho vào rác lúc { $when } vì { $why }
because-rule = quy tắc “{ $rule }”
because-ban-email = email bị cấm
because-ban-name = tên bị cấm
because-ban-address = địa chỉ mạng bị cấm
queue-decided-own = Bạn { $done } lúc { $when }
queue-decided-reason = Lý do: { $reason }
queue-comment-by = Bình luận của { $name }
queue-approve = Duyệt
queue-reject = Từ chối
queue-spam = Rác
queue-requeue = Đưa lại hàng chờ
queue-undo = Hoàn tác
queue-notice-approve = { $count ->
   *[other] Đã duyệt { $count } bình luận.
}
queue-notice-reject = { $count ->
   *[other] Đã từ chối { $count } bình luận.
}
queue-notice-spam = { $count ->
   *[other] Đã cho { $count } bình luận vào rác.
}
queue-notice-requeue = { $count ->
   *[other] Đã đưa { $count } bình luận lại hàng chờ.
}
queue-notice-undone = { $count ->
   *[other] Đã hoàn tác { $count } bình luận.
}
queue-notice-conflict = { $name } { $done } lúc { $when }. Quyết định của bạn không được ghi.
queue-notice-own = Trước đó bạn { $done } bình luận này lúc { $when }. Muốn đổi, hãy hoàn tác hoặc đưa lại hàng chờ.
queue-notice-edited = Bạn đọc vừa sửa bình luận này, nên quyết định của bạn không được ghi. Nó đang chờ duyệt với nội dung mới.
queue-notice-nothing = Không còn gì để hoàn tác: bình luận đã thay đổi từ đó.

# The demo article

demo-paper = Báo Sông Lam
demo-motto = Tờ báo không có thật, dựng lên để thử Duyệt
demo-label = Trang thử
demo-try = Hãy viết một ý kiến ở cuối bài, rồi mở hàng chờ để duyệt với tài khoản in ra khi chạy lệnh.
demo-queue = Mở hàng chờ
demo-docs = Tài liệu API
demo-source = Bài báo thật năm 2015, dùng làm mẫu; ý kiến dưới bài do người dùng thử viết.
demo-tags = TAG:
demo-no-tags = (không có)
demo-comments = { $count ->
   *[other] Ý kiến bạn đọc ({ $count })
}
demo-empty = Chưa có ý kiến nào được đăng. Mời bạn viết ý kiến đầu tiên.
demo-reply = Trả lời { $name }
demo-closed = Bài này không nhận thêm ý kiến.
demo-notice-pending = Cảm ơn bạn. Ý kiến đang chờ toà soạn duyệt và sẽ hiện dưới bài này nếu được đăng.
demo-notice-published = Cảm ơn bạn. Ý kiến của bạn đã được đăng.
demo-notice-withdrawn = Ý kiến của bạn đã được rút lại.

# The API's documentation

docs-title = Tài liệu API
docs-version = Phiên bản { $version }
docs-raw = Bản OpenAPI (JSON)
docs-contents = Mục lục
docs-parameters = Tham số
docs-body = Nội dung gửi lên
docs-responses = Trả lời
docs-example = Ví dụ
docs-try = Thử bằng curl
docs-name = Tên
docs-type = Kiểu
docs-about = Giải thích
docs-place = Nằm ở
docs-required = bắt buộc
docs-fields = Các trường
docs-no-body = Không có nội dung.
docs-secured = Cần đăng nhập hoặc mã Bearer
docs-deprecated = Sắp bỏ
docs-problems = Các loại lỗi
docs-untagged = Khác
docs-english = Phần mô tả dưới đây viết bằng tiếng Anh, lấy thẳng từ mã nguồn.

site-word = Từ riêng của báo: { $word }

# Vì sao không đăng, nói với người gửi.

reason-off_topic = Không đúng nội dung bài
reason-insulting = Có lời xúc phạm
reason-unlawful = Trái quy định pháp luật
reason-personal_data = Có thông tin riêng tư của người khác
reason-advertising = Mang tính quảng cáo
reason-duplicate = Trùng với ý kiến đã có
reason-unverified = Toà soạn chưa kiểm chứng được điều nêu trong ý kiến
reason-unreadable = Khó đọc, hoặc viết không dấu
reason-other = Lý do khác
queue-reason = Lý do từ chối (bạn đọc sẽ thấy)
queue-reason-none = (không nêu)

# Sửa ý kiến ở trang biên nhận

receipt-edit = Sửa ý kiến
receipt-unsaved = Nội dung bạn vừa gõ (chưa được ghi; bạn có thể chép lại)
receipt-edit-hint = Bạn sửa được đến { $when }. Ý kiến đã sửa sẽ chờ duyệt lại từ đầu; nếu đã đăng thì tạm gỡ xuống cho đến khi được duyệt. Họ tên và email không sửa được.
receipt-edit-submit = Gửi bản đã sửa
receipt-edited = Sửa lúc
receipt-edited-notice = Đã ghi bản sửa. Ý kiến đang chờ duyệt lại.
receipt-same-notice = Nội dung không có gì thay đổi.

# Nhận thư khi ý kiến được quyết định

form-tell = Gửi thư cho tôi khi toà soạn quyết định đăng hay không.
thanks-tell = Nếu chưa từng xác nhận email này, bạn sẽ nhận một thư hỏi lại, có thể sau vài giờ và chỉ một lần: nếu đã nhận trước đây, hãy mở lại thư đó. Hãy mở thư và bấm xác nhận; chưa xác nhận thì chúng tôi không gửi gì thêm.
mailbox-title = Thư về ý kiến bạn đọc
mailbox-asked = Bạn có muốn nhận thư mỗi khi { $site } quyết định đăng hay không đăng một ý kiến gửi kèm email này và có yêu cầu báo tin, và khi ý kiến ấy có người trả lời?
mailbox-confirmed = { $site } sẽ gửi thư mỗi khi quyết định về một ý kiến gửi kèm email này và có yêu cầu báo tin, và khi ý kiến ấy có người trả lời.
mailbox-refused = { $site } sẽ không gửi thư cho email này nữa, dù ai ghi email này dưới ý kiến.
mailbox-confirm = Đồng ý nhận thư
mailbox-never = Không bao giờ gửi thư cho tôi
mailbox-noted = Đã ghi nhận. Bạn đổi ý được bất cứ lúc nào bằng đường dẫn trong thư.
mailbox-hint = Mở trang này chưa thay đổi gì; chỉ bấm nút mới có tác dụng. Bạn đổi ý được bất cứ lúc nào bằng đường dẫn trong thư.
