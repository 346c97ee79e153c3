# Thư gửi bạn đọc.

mail-ask-subject = Bạn có muốn nhận thư từ { $site }?
mail-ask-what = Có người, có lẽ là bạn, vừa gửi một ý kiến tới { $site } kèm địa chỉ email này và muốn nhận thư khi ý kiến được đăng hoặc không được đăng, và khi có người trả lời ý kiến ấy.
mail-ask-confirm = Nếu đó là bạn, hãy mở trang dưới đây rồi bấm nút đồng ý. Chỉ mở trang thì chưa thay đổi gì.
mail-ask-ignore = Nếu không phải bạn, hãy bỏ qua thư này. Chúng tôi sẽ không gửi thêm gì khi bạn chưa đồng ý.
mail-ask-open = Mở trang xác nhận
mail-ask-foot = Thư này do hệ thống bình luận của { $site } tự động gửi một lần để hỏi bạn.
mail-told-published-subject = Ý kiến của bạn đã được đăng — { $site }
mail-told-published = { $site } đã đăng ý kiến bạn gửi lúc { $sent } dưới bài báo này.
mail-told-not-published-subject = Ý kiến của bạn không được đăng — { $site }
mail-told-not-published = { $site } không đăng ý kiến bạn gửi lúc { $sent } dưới bài báo này.
mail-told-reason = Lý do: { $reason }.
mail-told-published-titled = { $site } đã đăng ý kiến bạn gửi lúc { $sent } dưới bài “{ $title }”.
mail-told-not-published-titled = { $site } không đăng ý kiến bạn gửi lúc { $sent } dưới bài “{ $title }”.
mail-told-answered = Ý kiến bạn gửi lúc { $sent } dưới bài báo này của { $site } vừa có người trả lời.
mail-told-answered-titled = Ý kiến bạn gửi lúc { $sent } dưới bài “{ $title }” của { $site } vừa có người trả lời.
mail-told-open = Mở bài báo
mail-told-open-own = Xem ý kiến của bạn
mail-told-open-answer = Xem câu trả lời
mail-told-foot = Bạn nhận thư này vì đã đồng ý nhận thư khi { $site } quyết định về ý kiến của bạn.
mail-never = Không bao giờ gửi thư cho tôi nữa
