# Trang báo mẫu: tiện ích và mẫu HTML thuần, mỗi thứ có tên.

demo-widget-name = Tiện ích
demo-widget = Một dòng trong trang báo cho danh sách và ô viết dưới đây.
demo-form-name = Mẫu HTML thuần
demo-form = Gửi được cả khi trình duyệt không có JavaScript.

docs-widget = Tiện ích cho trang báo
docs-widget-line = Hai dòng trong mẫu bài báo. Thay demo bằng mã trang của báo.
docs-widget-pinned = Dòng trên dùng mãi được. Trang có kiểm tra nội dung (SRI) thì ghi đúng một phiên bản như sau. Khi dịch vụ được cập nhật, địa chỉ ấy trả lời 404: trang phải thay bằng dòng mới (`duyet widget`), trước đó trang hiện những gì đặt sẵn trong thẻ, nên hãy đặt ở đó biểu mẫu thường hoặc một đường dẫn.
