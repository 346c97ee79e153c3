# Bài viết

article-closes-past = Thời điểm đóng phải ở phía trước. Muốn đóng ngay, hãy chọn “Đóng”.
article-date-wrong = Hãy chọn cả ngày và giờ.

place-articles = Bài viết
articles-title = Bài viết
articles-find = Tìm theo tiêu đề hoặc địa chỉ
articles-find-hint = Gõ có dấu hay không dấu đều được.
articles-all-sites = Tất cả
articles-state = Nhận ý kiến
articles-any = Bất kỳ
articles-only-open = Đang mở
articles-only-closed = Đã đóng
articles-order = Xếp theo
articles-by-newest = Mới nhất
articles-by-waiting = Nhiều ý kiến chờ nhất
articles-show = Xem
articles-none = Không có bài nào.
articles-none-detail = Bài hiện ra ở đây khi có ý kiến đầu tiên. Thử bớt từ khóa hoặc bỏ bộ lọc.
articles-next = Trang sau
articles-first = Về đầu danh sách
article-open = Đang mở
article-open-until = Mở đến { $when }
article-closed = Đã đóng
article-closed-since = Đã đóng từ { $when }
article-premoderated = Mọi ý kiến đều chờ người duyệt
article-waiting =
    { $count ->
        [0] Không có ý kiến chờ
       *[other] { $count } ý kiến chờ
    }
article-since = Có ý kiến từ { $when }
article-read = Mở bài trên trang báo
article-changed = Đã lưu. Có hiệu lực ngay với ý kiến tiếp theo.
article-controls = Nhận ý kiến dưới bài này
article-do-open = Mở
article-do-close = Đóng
article-date = Đóng vào lúc (giờ Việt Nam)
article-do-date = Hẹn giờ đóng
article-do-no-date = Bỏ hẹn giờ
article-premoderate-hint = Khi bật, không quy tắc hay lệnh cấm nào tự từ chối ý kiến: tất cả chờ người duyệt.
article-do-premoderate = Bật duyệt hết
article-do-free = Tắt duyệt hết
article-editors = Chỉ biên tập viên mới mở, đóng được.
article-comments = Ý kiến
article-tabs = Theo trạng thái
article-empty = Không có ý kiến nào ở mục này.
