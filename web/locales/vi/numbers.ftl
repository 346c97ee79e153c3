# Số liệu

place-numbers = Số liệu
numbers-title = Số liệu
numbers-range = Khoảng thời gian
numbers-days = { $count } ngày qua
numbers-site-all = Tất cả các báo
numbers-show = Xem
numbers-about = Tính các bình luận gửi đến từ { $from } đến hết { $to } (giờ Việt Nam), theo tình trạng hiện nay. Số liệu chậm hơn thực tế vài giây.
numbers-partial = Hệ thống đang đếm các bình luận cũ; số liệu những ngày đầu của khoảng này chưa đủ. Hãy mở lại trang sau ít phút.
numbers-none = Chưa có bình luận nào trong khoảng này.
numbers-none-detail = Khi có bình luận gửi đến, số liệu hiện ở đây sau vài giây. Thử chọn khoảng dài hơn.
numbers-scroll = { $name } (cuộn ngang để xem hết)
numbers-table = Bảng số liệu: { $name }
numbers-day = Ngày
numbers-all = Cả khoảng
numbers-comments = Bình luận
numbers-share = Tỷ lệ
numbers-no-value = –

numbers-status-title = Bình luận theo ngày và tình trạng
numbers-status-detail = { $count ->
   *[other] { $told } bình luận; nhiều nhất ngày { $day } với { $most } bình luận.
}

numbers-wait-title = Thời gian chờ quyết định
numbers-wait-about = Từ lúc bình luận gửi đến đến quyết định đầu tiên còn hiệu lực, chỉ tính khi người quyết định. Xếp theo ngày bình luận gửi đến. Sai số không quá 5%.
numbers-wait-detail = Thời gian chờ trung vị: { $median }; 95% số bình luận chờ nhiều nhất: { $longest }.
numbers-wait-none = Chưa có bình luận nào do người quyết định trong khoảng này.
numbers-wait-count = Do người quyết định
numbers-wait-median = Trung vị
numbers-wait-p95 = Phân vị 95%
numbers-in-minutes = { $count } phút
numbers-in-hours = { $count } giờ
numbers-in-days = { $count } ngày

numbers-decided-title = Ai quyết định
numbers-decided-about = Theo quyết định đang có hiệu lực. Bình luận mà người duyệt đổi lại sau quy tắc hay mô hình được tính cho người.
numbers-decided-detail = { $list }.
numbers-decided-part = { $by } { $share }
numbers-decided-people = Người duyệt
numbers-decided-rules = Quy tắc
numbers-decided-bans = Lệnh cấm
numbers-decided-nobody = Còn chờ
numbers-decided-reader = Người gửi rút lại trước khi duyệt
numbers-decided-kind = Do

numbers-rules-title = Quy tắc bị người duyệt bác
numbers-rules-about = Quy tắc bị bác khi người duyệt đăng bình luận mà quy tắc đã tự xử lý hoặc đưa bình luận đó về hàng chờ (và sau đó không từ chối), hoặc khi người duyệt đăng bình luận ở mục “Nhiều khả năng xấu” mà quy tắc đã nêu bằng chứng. Xếp theo tỷ lệ ít nhất có thể tin (cận dưới của khoảng Wilson 95%), nên quy tắc mới gặp vài lần không đứng đầu.
numbers-rules-detail = Bị bác nhiều nhất: { $rule }, { $share } trong { $count } lần.
numbers-rules-none = Chưa có quy tắc nào bị người duyệt bác trong khoảng này.
numbers-rules-rule = Quy tắc
numbers-rules-settled = Tự xử lý
numbers-rules-overturned = bị bác
numbers-rules-suspected = Nghi ngờ, người đã xem
numbers-rules-approved = được đăng
numbers-rules-wrong = Tỷ lệ bị bác
numbers-rules-at-least = Ít nhất
numbers-rules-bar = { $share } ({ $part } trong { $of })
numbers-rules-mark = Vạch: tỷ lệ ít nhất có thể tin

numbers-busy-title = Bài nhiều bình luận nhất
numbers-busy-detail = Nhiều nhất: { $article }, { $count } bình luận.
numbers-busy-article = Bài viết
