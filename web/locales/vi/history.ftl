# Nhật ký: ai đã làm gì, lúc nào, từ đâu

place-history = Nhật ký

history-title = Nhật ký
history-lead = Mọi quyết định, lệnh cấm, thay đổi quy tắc và lần đăng nhập, mới nhất ở trên. Không ai sửa được nhật ký ở đây. Địa chỉ mạng và những lần thử hỏng được giữ 180 ngày, phần còn lại được giữ mãi.
history-narrow = Lọc nhật ký
history-kind = Loại việc
history-any-kind = (mọi việc)
history-kind-decisions = Quyết định về bình luận
history-kind-bans = Lệnh cấm
history-kind-words = Từ ngữ và quy tắc
history-kind-articles = Bài viết
history-kind-members = Thành viên và đăng nhập
history-kind-settings = Cài đặt
history-who = Người làm
history-anybody = (tất cả)
history-who-rule = Quy tắc tự động
history-who-reader = Bạn đọc
history-who-client = Phần mềm nối qua Akismet
history-who-cms = CMS của báo
history-who-operator = Người vận hành
history-who-stranger = Người chưa đăng nhập: báo cáo bình luận, thử vào
history-members = Thành viên
history-from = Từ ngày
history-to = Đến hết ngày
history-comment = Mã hoặc đường dẫn của bình luận
history-show = Xem
history-site-hint = Việc của tài khoản thành viên không thuộc trang báo nào, nên không hiện khi chọn một trang.
history-export = Tải về CSV
history-export-hint = Mở được bằng Excel, gồm mọi dòng khớp với bộ lọc đang xem. Lần tải về cũng được ghi vào nhật ký.
history-none = Chưa có gì trong nhật ký
history-none-detail = Các quyết định và thay đổi sẽ hiện ở đây ngay khi có.
history-none-fits = Không có việc nào như vậy
history-none-narrowed = Không có việc nào khớp với bộ lọc. Hãy bỏ bớt điều kiện.
history-further = Chưa thấy gì khớp trong phần vừa xem
history-further-detail = Nhật ký còn dài. Bấm “Cũ hơn” để tìm tiếp.
history-first = Mới nhất
history-next = Cũ hơn
history-ago = { $wait } trước
history-together = một lượt { $count } bình luận

history-by-operator = Người vận hành
history-by-stranger = Ai đó
history-by-reader = Bạn đọc
history-by-reader-named = Bạn đọc { $name }

history-whence = qua { $what }
history-via-session = trang quản trị
history-via-token = API
history-via-sign_in = trang đăng nhập
history-via-link = đường dẫn trong thư
history-via-command_line = dòng lệnh

history-about-comment = Bình luận của { $name }
history-about-comment-gone = Bình luận không còn
history-about-author = mọi bình luận của người này
history-about-article = Bài: { $title }
history-about-bans = Xem các lệnh cấm
history-about-member = Tài khoản của { $name }
history-about-nobody = Không có tài khoản này

# Việc đã làm

history-other = { $kind }
history-settled-rejected = đã từ chối bình luận ngay khi gửi đến
history-settled-spam = đã cho bình luận vào rác ngay khi gửi đến
history-comment-approved = đã đăng bình luận
history-comment-rejected = đã từ chối bình luận
history-comment-rejected-because = đã từ chối bình luận. Lý do cho bạn đọc: { $reason }
history-comment-spam = đã cho bình luận vào rác
history-comment-requeued = đã đưa bình luận lại hàng chờ
history-comment-withdrawn = đã rút lại bình luận
history-comment-erased = đã xoá hẳn bình luận
history-comment-edited = đã sửa bình luận; bản mới chờ duyệt lại
history-comment-noted = đã ghi chú cho đồng nghiệp
history-comment-undone = đã hoàn tác: bình luận trở lại “{ $status }”
history-ban_added = đã cấm { $kind } “{ $pattern }”, { $until }. Lý do: { $reason }
history-ban_lifted = đã bỏ lệnh cấm { $kind } “{ $pattern }”
history-ban-kind-email = email
history-ban-kind-name = tên
history-ban-kind-address = dải địa chỉ mạng
history-ban-for-good = không thời hạn
history-ban-until = đến { $when }
history-site_word_added = đã thêm “{ $word }” vào từ ngữ của trang báo
history-site_word_added-draft = đã thêm bản nháp “{ $word }” vào từ ngữ của trang báo
history-site_word_live = đã cho “{ $word }” có hiệu lực
history-site_word_draft = đã chuyển “{ $word }” về bản nháp
history-site_word_removed = đã bỏ “{ $word }” khỏi từ ngữ của trang báo
history-article_changed = đã sửa bài viết: { $what }
history-article-opened = mở nhận bình luận
history-article-closed = đóng bình luận
history-article-closes = tự đóng lúc { $when }
history-article-closes-never = bỏ hẹn đóng
history-article-premoderated = mọi bình luận chờ người duyệt
history-article-not-premoderated = thôi bắt buộc mọi bình luận chờ người duyệt
history-backtest_started = đã bắt đầu thử bản nháp trên bình luận của { $days } ngày: { $words }
history-backtest_cancelled = đã dừng lần thử bản nháp: { $words }
history-rules_changed = đã đưa bộ quy tắc mới vào dùng: bản { $to } thay bản { $from }
history-rules_changed-named = đã đưa bộ quy tắc mới vào dùng: bản { $to } thay bản { $from }. Quy tắc khác trước: { $rules }
history-site_added = đã thêm trang báo “{ $name }”: { $origins }
history-site_origins = đã đổi địa chỉ của trang báo: { $origins }
history-site_settings = đã đổi cài đặt của trang báo: { $names }
history-model_mended = đã cho mô hình học lại những quyết định bị sót
history-model_reset = đã cho mô hình học lại từ đầu: { $lessons } quyết định đã học bị quên và không dạy mô hình nữa
history-model_rolled_back = đã đưa mô hình về bản cũ: { $lessons } quyết định học sau đó bị quên và không dạy mô hình nữa, còn lại { $left }
history-model_remembered = { $lessons ->
    [0] đã cho những quyết định bị quên lần cuối dạy mô hình trở lại
   *[other] đã cho { $lessons } quyết định bị quên lần cuối dạy mô hình trở lại
}
history-sign_in-done = đã đăng nhập
history-sign_in-done-code = đã đăng nhập với mã trên điện thoại
history-sign_in-done-recovery_code = đã đăng nhập bằng một mã dự phòng
history-sign_in-failed = đã thử đăng nhập nhưng không vào được
history-sign_in-failed-often = đã thử đăng nhập { $count } lần nhưng không vào được, lần cuối lúc { $when }
history-sign_in-code_failed = đã nhập đúng mật khẩu nhưng sai mã xác thực
history-sign_in-code_failed-often = đã nhập đúng mật khẩu nhưng sai mã xác thực { $count } lần, lần cuối lúc { $when }
history-password-failed = đã nhập sai mật khẩu ở trang tài khoản
history-password-failed-often = đã nhập sai mật khẩu ở trang tài khoản { $count } lần, lần cuối lúc { $when }
history-session-signed_out = đã đăng xuất
history-session-ended = đã đăng xuất một nơi khác
history-session-others_ended = { $count ->
   *[other] đã đăng xuất { $count } nơi khác
}
history-password-changed = đã đổi mật khẩu
history-password-asked = đã xin thư đặt lại mật khẩu
history-password-reset = đã đặt mật khẩu mới
history-second_step-on = đã bật xác thực hai bước
history-second_step-off = đã tắt xác thực hai bước
history-second_step-codes = đã lấy mã dự phòng mới
history-token-added = đã tạo token cho API
history-token-removed = đã thu hồi một token của API
history-member-added = đã thêm thành viên: { $role }, { $where }
history-member-invited = đã mời thành viên: { $role }, { $where }
history-member-invited_again = đã gửi lại lời mời
history-member-joined = đã tham gia
history-member-renamed = đã đổi tên từ “{ $from }” thành “{ $to }”
history-member-language = đã chọn ngôn ngữ: { $language }
history-member-rights = đã đổi quyền từ { $from } thành { $to }
history-member-rights-are = { $role }, { $where }
history-member-disabled = đã khoá tài khoản
history-member-enabled = đã mở khoá tài khoản
history-history-exported = đã tải nhật ký về
history-everywhere = mọi trang báo

# Đầu cột của tệp tải về

history-column-time = Thời điểm (giờ Việt Nam)
history-column-utc = Thời điểm (UTC)
history-column-site = Trang báo
history-column-by = Loại người làm
history-column-who = Người làm
history-column-kind = Mã việc
history-column-what = Việc
history-column-comment = Mã bình luận
history-column-author = Người gửi bình luận
history-column-article = Bài viết
history-column-address = Đường dẫn bài viết
history-column-member = Tài khoản
history-column-batch = Lô
history-column-together = Số bình luận một lượt
history-column-via = Bằng cách
history-column-network = Địa chỉ mạng
history-column-browser = Trình duyệt
history-column-times = Số lần
history-column-last = Lần cuối (giờ Việt Nam)
