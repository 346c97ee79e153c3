# Bình luận do hệ thống của toà soạn chuyển tới qua giao thức Akismet.

akismet-fault-name = Tên trống hoặc không phải là tên
akismet-fault-email = Địa chỉ email không hợp lệ
akismet-fault-text = Nội dung trống, bị cắt ở cuối, hoặc có ký tự không nhìn thấy
akismet-fault-page = Gửi từ trang không có trong danh sách địa chỉ của báo
akismet-source = Gửi qua Akismet: hiện trên hệ thống của toà soạn, không hiện trong danh sách của Duyệt
akismet-by = Toà soạn, qua Akismet
