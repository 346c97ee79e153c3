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

# Thư gửi bạn đọc.

mail-ask-subject = Bạn có muốn nhận thư từ { $site }?
mail-ask-what = Có người, có lẽ là bạn, vừa gửi một ý kiến tới { $site } kèm địa chỉ email này và muốn nhận thư khi ý kiến được đăng hoặc không được đăng, và khi có người trả lời ý kiến ấy.
mail-ask-confirm = Nếu đó là bạn, hãy mở trang dưới đây rồi bấm nút đồng ý. Chỉ mở trang thì chưa thay đổi gì.
mail-ask-ignore = Nếu không phải bạn, hãy bỏ qua thư này. Chúng tôi sẽ không gửi thêm gì khi bạn chưa đồng ý.
mail-ask-open = Mở trang xác nhận
mail-ask-foot = Thư này do hệ thống bình luận của { $site } tự động gửi một lần để hỏi bạn.
mail-told-published-subject = Ý kiến của bạn đã được đăng — { $site }
mail-told-published = { $site } đã đọc và đăng ý kiến của bạn dưới bài báo này.
mail-told-not-published-subject = Ý kiến của bạn không được đăng — { $site }
mail-told-not-published = { $site } đã đọc và quyết định không đăng ý kiến của bạn dưới bài báo này.
mail-told-reason = Lý do: { $reason }.
mail-told-open = Mở bài báo
mail-told-foot = Bạn nhận thư này vì đã đồng ý nhận thư khi { $site } quyết định về ý kiến của bạn.
mail-never = Không bao giờ gửi thư cho tôi nữa
