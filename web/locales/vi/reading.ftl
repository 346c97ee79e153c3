# Trang ý kiến của một bài, và nguồn tin

reading-title = Ý kiến bạn đọc
reading-title-of = Ý kiến bạn đọc về { $address }
reading-about = Về bài:
reading-count = { $count ->
    [0] Chưa có ý kiến
   *[other] { $count } ý kiến
}
reading-order = Thứ tự
reading-newest = Mới nhất
reading-oldest = Cũ nhất
reading-replies = Nhiều trả lời nhất
reading-empty = Chưa có ý kiến nào được đăng. Mời bạn viết ý kiến đầu tiên.
reading-closed = Bài này không nhận thêm ý kiến.
reading-next = Xem tiếp
reading-more = Xem thêm { $count } trả lời
reading-all = Tất cả ý kiến về bài này
reading-reply = Trả lời { $name }
reading-newsroom = Toà soạn
reading-edited = đã sửa
reading-feed = Theo dõi bằng RSS

feed-title = Ý kiến bạn đọc – { $site }
feed-title-of = Ý kiến bạn đọc về { $address } – { $site }
feed-description = Những ý kiến mới nhất đã được toà soạn duyệt đăng.
feed-item = { $name } về { $address }
reading-answer = Trả lời
reading-answer-to = Trả lời { $name }
reading-report = Báo vi phạm
