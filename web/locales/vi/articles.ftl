# Bài viết

article-closes-past = Thời điểm đóng phải ở phía trước. Muốn đóng ngay, hãy chọn “Đóng”.
article-date-wrong = Hãy chọn cả ngày và giờ.

place-articles = Bài viết
articles-title = Bài viết
articles-find = Tìm theo tiêu đề hoặc địa chỉ
articles-find-hint = Gõ có dấu hay không dấu đều được.
articles-all-sites = Tất cả
articles-state = Nhận bình luận
articles-any = Bất kỳ
articles-only-open = Đang mở
articles-only-closed = Đã đóng
articles-order = Xếp theo
articles-by-newest = Mới nhất
articles-by-waiting = Nhiều bình luận chờ nhất
articles-show = Xem
articles-none = Không có bài nào.
articles-none-detail = Bài hiện ra ở đây khi có bình luận đầu tiên. Thử bớt từ khoá hoặc bỏ bộ lọc.
articles-next = Trang sau
articles-first = Về đầu danh sách
article-open = Đang mở
article-open-until = Mở đến { $when }
article-closed = Đã đóng
article-closed-since = Đã đóng từ { $when }
article-closed-dated = Đã đóng; nếu mở lại, bài tự đóng lúc { $when }
article-premoderated = Mọi bình luận đều chờ người duyệt
article-waiting =
    { $count ->
        [0] Không có bình luận chờ
       *[other] { $count } bình luận chờ
    }
article-since = Có bình luận từ { $when }
article-read = Mở bài trên trang báo
article-changed = Đã lưu. Có hiệu lực ngay với bình luận tiếp theo.
article-controls = Nhận bình luận dưới bài này
article-do-open = Mở
article-do-close = Đóng
article-date = Đóng vào lúc (giờ Việt Nam)
article-do-date = Hẹn giờ đóng
article-do-no-date = Bỏ hẹn giờ
article-do-no-date-open = Bỏ hẹn giờ và mở lại
article-premoderate-hint = Khi tiền kiểm, không quy tắc hay lệnh cấm nào tự từ chối bình luận: tất cả chờ người duyệt.
article-do-premoderate = Bật tiền kiểm
article-do-free = Tắt tiền kiểm
article-editors = Chỉ biên tập viên mới mở, đóng được.
article-comments = Bình luận
article-tabs = Theo trạng thái
article-empty = Không có bình luận nào ở mục này.
