# Gửi thư đi

place-outbox = Thư gửi đi
outbox-title = Thư gửi đi
outbox-lead = Thư báo cho người duyệt và bạn đọc. Máy chủ thư bận hoặc không trả lời thì thư được gửi lại trong ba ngày; thư bị từ chối hẳn thì nằm ở đây.
outbox-dead = Không gửi được
outbox-dead-lead = Xem máy chủ thư nói gì, sửa địa chỉ hoặc cấu hình, rồi gửi lại.
outbox-none = Không có thư nào bị từ chối
outbox-none-detail = Thư bị máy chủ từ chối hẳn sẽ hiện ở đây cùng lời của máy chủ.
outbox-dead-line = { $site } · viết { $when } · thử { $count } lần, lần cuối { $at }
outbox-again = Gửi lại
outbox-again-one = Gửi lại thư viết { $when }: { $what }
outbox-now = Gửi ngay
outbox-now-one = Gửi ngay thư viết { $when }: { $what }
outbox-what = { $what }, gửi { $to }
outbox-kind-digest = Báo bình luận chờ duyệt
outbox-kind-urgent = Báo việc khẩn
outbox-kind-reminder = Nhắc bình luận chờ quá hẹn
outbox-kind-ask = Hỏi bạn đọc có muốn nhận thư
outbox-kind-decided = Báo bạn đọc quyết định về ý kiến
outbox-kind-answered = Báo bạn đọc có người trả lời
outbox-kind-link = Đường dẫn vào tài khoản
outbox-kind-stopped = Báo webhook đã dừng
outbox-kind-unknown = Thư không đọc được
outbox-waiting = Đang chờ gửi lại
outbox-waiting-lead = Những thư này tự được gửi lại. Nếu máy chủ thư đã sửa xong, bạn có thể gửi ngay.
outbox-waiting-stopped = Sửa xong lỗi nêu trên, thư sẽ tự được gửi.
outbox-waiting-line = { $site } · viết { $when } · đã thử { $count } lần, thử lại { $at }
outbox-notice-again = Thư đang được gửi lại.
outbox-notice-soon = Thư này đang được gửi, hoặc sẽ được gửi trong vòng một phút.
outbox-notice-gone = Thư này đã được gửi lại trước đó hoặc không còn nữa.

mail-stopped = Thư không gửi đi được.
mail-stopped-why = Cấu hình hoặc máy chủ thư có lỗi. Thư được giữ lại và tự gửi khi người quản trị sửa xong. Lỗi:
mail-late = { $count ->
   *[other] { $count } thư đã hơn mười phút chưa gửi đi được.
}
mail-late-why = Máy chủ thư bận hoặc không trả lời. Thư được giữ lại và tự gửi lại trong ba ngày. Lần thử gần nhất:
mail-stopped-see = Xem thư đang chờ

mail-answer-subject = Ý kiến của bạn có người trả lời — { $site }
mail-answer-what = Dưới bài báo này, ý kiến của bạn trên { $site } vừa có người trả lời.
mail-answer-what-titled = Dưới bài “{ $title }”, ý kiến của bạn trên { $site } vừa có người trả lời.
mail-answer-foot = Bạn nhận thư này vì đã đồng ý nhận thư khi { $site } quyết định về ý kiến của bạn và khi ý kiến ấy có người trả lời.

mail-trial-subject = Thư thử của Duyệt
mail-trial = Thư này được gửi để thử cấu hình của { $from }. Đọc được thư này nghĩa là thư đã đến nơi.
