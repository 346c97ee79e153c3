# Bình luận do hệ thống của toà soạn chuyển tới qua giao thức Akismet.

akismet-fault-name = Tên trống hoặc không phải là tên
akismet-fault-email = Địa chỉ email không hợp lệ
akismet-fault-text = Nội dung trống, bị cắt ở cuối, hoặc có ký tự không nhìn thấy
akismet-fault-page = Gửi từ trang không có trong danh sách địa chỉ của báo
akismet-source = Gửi qua Akismet: hiện trên hệ thống của toà soạn, không hiện trong danh sách của Duyệt
akismet-by = Toà soạn, qua Akismet

history-site_secret-akismet = đã đổi khoá Akismet; khoá cũ còn dùng được đến { $when }
settings-secret-akismet = Khoá Akismet
settings-secret-akismet-lead = Plugin hoặc thư viện Akismet gửi bình luận về đây bằng khoá này. Khi cấp khoá mới, khoá cũ còn dùng được 24 giờ để bạn kịp đặt khoá mới ở plugin; khoá cũ hơn nữa hết hiệu lực ngay. Quyết định báo về plugin đi cùng khoá mới, nên hãy đặt nó sớm. Lệnh duyet site secret TRANG --akismet cho người vận hành xem khoá đang dùng.
settings-secret-akismet-renew = Cấp khoá mới
settings-secret-akismet-own = Khoá Akismet luôn do Duyệt tạo. Hãy bỏ trống ô này.
