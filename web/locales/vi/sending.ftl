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
outbox-again-one = Gửi lại thư viết { $when }
outbox-waiting = Đang chờ gửi lại
outbox-waiting-lead = Những thư này tự được gửi lại, không cần làm gì.
outbox-waiting-stopped = Sửa xong lỗi nêu trên, thư sẽ tự được gửi.
outbox-waiting-line = { $site } · viết { $when } · đã thử { $count } lần, thử lại { $at }
outbox-notice-again = Thư đang được gửi lại.
outbox-notice-gone = Thư này đã được gửi lại trước đó hoặc không còn nữa.

mail-stopped = Thư không gửi đi được.
mail-stopped-why = Cấu hình hoặc máy chủ thư có lỗi. Thư được giữ lại và tự gửi khi người quản trị sửa xong. Lỗi:
mail-stopped-see = Xem thư đang chờ

mail-answer-subject = Ý kiến của bạn có người trả lời — { $site }
mail-answer-what = Dưới bài báo này, có bạn đọc vừa trả lời ý kiến của bạn trên { $site }.
mail-answer-foot = Bạn nhận thư này vì đã đồng ý nhận thư khi { $site } quyết định về ý kiến của bạn và khi ý kiến ấy có người trả lời.

mail-trial-subject = Thư thử của Duyệt
mail-trial = Thư này được gửi để thử cấu hình của { $from }. Đọc được thư này nghĩa là thư đã đến nơi.
