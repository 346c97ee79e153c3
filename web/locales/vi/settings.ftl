# Trang “Cài đặt”: những gì một trang báo tự chọn

place-settings = Cài đặt
settings-title = Cài đặt của trang báo
settings-lead = Mọi thay đổi có hiệu lực sau khoảng hai giây và được ghi vào nhật ký, kèm tên người đổi.
settings-saved = Đã lưu. Các trang của báo nhận cài đặt mới trong khoảng hai giây.
settings-wrong = Chưa lưu gì cả. Hãy sửa những chỗ được đánh dấu rồi lưu lại.
settings-stale = Chưa lưu: trong lúc bạn sửa, một người khác vừa đổi cài đặt này. Các ô dưới đây vẫn là những gì bạn gõ; nếu lưu lần nữa, chúng thay cho cài đặt của người kia.
settings-stale-history = Xem ai đã đổi gì
settings-save = Lưu cài đặt
settings-when = Cách đặt khung bình luận vào trang bài viết:
settings-docs = Hướng dẫn gắn vào trang

settings-origins-label = Địa chỉ các trang của báo
settings-origins-hint = Mỗi dòng một địa chỉ, như https://bao.example. Chỉ trang ở những địa chỉ này gửi và đọc được bình luận qua khung bình luận.
settings-origin = “{ $origin }” không phải địa chỉ như https://bao.example.
settings-origin-star = “{ $origin }” có dấu *, mà mỗi dòng chỉ là một tên máy nên địa chỉ này không khớp trang nào. Hãy ghi từng địa chỉ một, như https://www.bao.example và https://m.bao.example.
settings-origins = Cần từ 1 đến { $max } địa chỉ; không có địa chỉ nào thì không ai gửi được bình luận.

settings-readers = Độc giả
settings-edit-label = Độc giả được sửa bình luận đã gửi trong bao nhiêu phút
settings-edit-hint = 0 là không cho sửa; nhiều nhất là 10080 phút (một tuần). Bình luận đã sửa được xét lại từ đầu.
settings-edit-window = Cần một khoảng từ 0 đến một tuần (10080 phút, 604800 giây).
settings-promised-label = Bình luận được xem trong bao nhiêu phút
settings-promised-hint = Bình luận nào chờ lâu hơn thì người duyệt nhận thư nhắc. 0 là không nhắc; nhiều nhất là 10080 phút (một tuần).
settings-promised = Cần một số phút nguyên từ 0 đến { $max }.
settings-tell = Độc giả được chọn nhận thư khi bình luận của họ được duyệt hay bị từ chối
settings-names-label = Tên không dành cho độc giả
settings-names-hint = Mỗi dòng một tên, như tên chuyên mục hay nhân vật của báo. Bình luận ký tên giống vậy được đánh dấu cho người duyệt. Tên báo và tên người duyệt có sẵn, không cần ghi.
settings-reserved = Nhiều nhất là { $max } tên.
settings-reserved-name = “{ $name }” không phải một tên có chữ, dài từ 2 đến 80 ký tự.

settings-consent = Xin đồng ý trước khi gửi
settings-consent-asked = Độc giả phải đánh dấu đồng ý thì mới gửi được
settings-consent-text-label = Lời xin đồng ý
settings-consent-text-hint = Chữ thường, trên một dòng, nhiều nhất 2000 ký tự: báo giữ gì của độc giả, để làm gì, trong bao lâu.
settings-consent-text = Cần một lời xin đồng ý dài từ 1 đến 2000 ký tự.
settings-consent-version-label = Tên của bản này
settings-consent-version-hint = Như 2026-01. Đổi lời thì đặt tên mới, để sau này biết mỗi độc giả đã đồng ý với lời nào.
settings-consent-version = Tên của bản dài từ 1 đến 40 ký tự, không có dấu cách, như 2026-01.
settings-consent-reused = Bản “{ $version }” đã là tên của một lời khác. Hãy đặt tên mới cho lời này.

settings-guard = Chống gửi hàng loạt
settings-proof-label = Trình duyệt của độc giả phải giải một bài tính nhỏ
settings-proof-off = Không bao giờ
settings-proof-adaptive = Khi bình luận đến dồn dập
settings-proof-always = Với mỗi bình luận
settings-proof-hint = Máy gửi hàng loạt tốn công hơn; độc giả hầu như không nhận ra. Biểu mẫu không có JavaScript vẫn gửi được, nhưng bình luận luôn chờ người duyệt.
settings-networks-label = Giữ mạng nơi gửi trong bao nhiêu ngày
settings-networks-hint = Chỉ phần đầu của địa chỉ mạng, chỉ biên tập viên thấy, dùng để chặn. 0 là không giữ; nhiều nhất là 365 ngày.
settings-network-days = Cần một số ngày nguyên từ 0 đến { $max }.
