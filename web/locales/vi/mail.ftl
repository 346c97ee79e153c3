# The mail that tells a moderator that comments wait.

mail-held-subject = { $count ->
   *[other] { $count } bình luận chờ duyệt — { $site }
}
mail-held-heading = { $count ->
   *[other] { $count } bình luận chờ duyệt
}
mail-held-author = Người gửi
mail-held-article = Bài
mail-held-waiting = Đã chờ
mail-held-lane = Xếp vào
mail-held-evidence = Vì sao bị giữ
mail-held-no-evidence = Không có dấu hiệu nào; mọi ý kiến đều chờ người duyệt.
mail-held-cut = (còn nữa, mở để đọc hết)
mail-held-review = Mở để duyệt
mail-held-more = { $count ->
   *[other] Còn { $count } bình luận khác đang chờ.
}
mail-held-queue = Mở hàng chờ
mail-held-foot = Bạn nhận thư này vì bạn duyệt bình luận cho { $site }. Mở đường dẫn trong thư chưa quyết định gì cả.
mail-held-caution = Nội dung dưới đây do bạn đọc gửi. Đừng mở liên kết hay gọi số điện thoại nằm trong đó.
