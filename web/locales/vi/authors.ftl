# Lệnh cấm và trang của một người gửi

category-ban = Bị cấm
ban-by-email = Email bị cấm
ban-by-name = Tên bị cấm
ban-by-address = Địa chỉ mạng bị cấm

# Khi lệnh cấm điền chưa đúng

text-required = Hãy điền ô này.
text-control = Hãy bỏ các ký tự điều khiển, chúng không nhìn thấy được.
ban-name-control = Tên có ký tự điều khiển không nhìn thấy được. Hãy gõ lại tên.
ban-name-wide = Mẫu này trúng gần như mọi tên. Hãy viết ít nhất { $min } chữ cái hoặc chữ số.
ban-address-invalid = Đây không phải địa chỉ mạng. Hãy viết như 203.0.113.7, 203.0.113.0/24 hoặc 2001:db8:1::/48.
ban-address-wide = Dải này rộng quá, sẽ chặn cả những người không liên quan. Rộng nhất là /{ $four } với IPv4 và /{ $six } với IPv6.
ban-known = Lệnh cấm này đang có hiệu lực rồi. Muốn đổi thời hạn hay lý do, hãy gỡ lệnh cũ trước.
ban-many = Mỗi trang báo có tối đa { $max } lệnh cấm cùng lúc. Hãy gỡ bớt lệnh không còn cần.
ban-expired = Thời hạn phải ở phía trước.

# Trang “Lệnh cấm”

place-authors = Người gửi
place-bans = Lệnh cấm
site-choice = Trang báo
site-show = Xem
site-told = { $site }: { $told }

bans-title = Lệnh cấm
bans-lead = Bình luận của người bị cấm vẫn được nhận như thường nhưng vào thẳng mục “Không đăng”. Người gửi không được báo là mình bị cấm.
bans-new = Cấm thêm
bans-list = Các lệnh cấm
bans-none = Chưa có lệnh cấm nào.
bans-none-detail = Khi một người gửi rác mãi không thôi, hãy cấm theo email, tên hoặc dải địa chỉ mạng.
bans-next = Trang sau
bans-first = Về đầu danh sách
ban-editors = Chỉ biên tập viên của cả trang báo mới cấm và gỡ được.
ban-kind = Cấm theo
ban-kind-email = Email
ban-kind-name = Tên
ban-kind-address = Dải địa chỉ mạng
ban-pattern = Cấm ai
ban-pattern-hint = Email: mọi cách viết của cùng một hộp thư. Tên: cả tên, hoặc dùng * thay cho phần nào cũng được, như *cá độ*; dấu và chữ hoa không tính. Địa chỉ: như 203.0.113.0/24.
ban-reason = Lý do (chỉ đồng nghiệp thấy)
ban-term = Thời hạn
ban-term-day = 1 ngày
ban-term-week = 7 ngày
ban-term-month = 30 ngày
ban-term-year = 1 năm
ban-term-always = Không thời hạn
ban-make = Cấm
ban-make-at = Cấm trên { $site }
ban-silent = Bình luận đang chờ được giữ nguyên, trừ khi bạn chọn từ chối ở bước sau.
ban-wrong = Chưa cấm được. Hãy sửa chỗ được đánh dấu.
ban-made = { $name } cấm lúc { $when }
ban-for-good = Không thời hạn
ban-until = Đến { $when }
ban-over = Hết hạn lúc { $when }
ban-lifted = { $name } gỡ lúc { $when }
ban-in-force = Đang có hiệu lực
ban-not-in-force = Không còn hiệu lực
ban-caught = Đã chặn { $count } bình luận
ban-caught-last = Gần nhất: { $when }
ban-lift = Gỡ
ban-lift-one = Gỡ lệnh cấm “{ $pattern }”
ban-notice-made =
    { $count ->
        [0] Đã cấm.
       *[other] Đã cấm. Còn { $count } bình luận của người này đang chờ duyệt.
    }
ban-notice-lifted = Đã gỡ lệnh cấm. Những gì nó đã chặn vẫn nằm ở mục “Không đăng”.
ban-notice-rejected =
    { $left ->
        [0] Đã từ chối { $count } bình luận đang chờ.
       *[other] Đã từ chối { $count } bình luận đang chờ, còn { $left }.
    }
ban-notice-nothing = Không còn bình luận nào của người này đang chờ.
ban-reject-waiting = Từ chối cả { $count } bình luận đang chờ

# Trang “Người gửi”

authors-title = Người gửi
author-email = Email
author-find = Tìm
author-hint = Mọi cách viết của cùng một hộp thư được tính là một.
author-unverified = Email do người gửi tự điền, chưa ai xác minh. Cùng một email không chứng tỏ là cùng một người: bất cứ ai cũng gõ được email của người khác.
author-none = Chưa có bình luận nào gửi với email này trên trang báo.
author-counts = Bình luận
author-cut = Chỉ tính 10.000 bình luận gần nhất.
author-first = Lần đầu: { $when }
author-last = Gần nhất: { $when }
author-names = Tên đã dùng
author-name-count = { $count } lần
author-bans = Lệnh cấm
author-bans-none = Không có lệnh cấm nào.
author-ban = Cấm email này
author-comments = Các bình luận, mới nhất trước
brief-open = Mở trong hàng chờ
brief-undone-because = { $line }, sau đó hoàn tác
brief-undone = { $name } { $done } lúc { $when }, sau đó hoàn tác
