# Bài viết

article-closes-past = Thời điểm đóng phải ở phía trước. Muốn đóng ngay, hãy chọn “Đóng”.
