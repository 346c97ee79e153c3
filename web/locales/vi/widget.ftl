# Trang báo mẫu: tiện ích và mẫu HTML thuần, mỗi thứ có tên.

demo-widget-name = Tiện ích
demo-widget = Một dòng trong trang báo cho danh sách và ô viết dưới đây.
demo-form-name = Mẫu HTML thuần
demo-form = Gửi được cả khi trình duyệt không có JavaScript.

docs-widget = Tiện ích cho trang báo
docs-widget-line = Hai dòng trong mẫu bài báo. Thay demo bằng mã trang của báo.
docs-widget-pinned = Trang có kiểm tra nội dung (SRI) thì ghi đúng một phiên bản như sau, và thay dòng này sau mỗi lần dịch vụ được cập nhật:
