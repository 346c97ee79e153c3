# Lệnh cấm và trang của một tác giả

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
