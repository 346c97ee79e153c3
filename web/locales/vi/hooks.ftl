# Webhook ra ngoài: hệ thống khác được báo chuyện xảy ra với bình luận

place-webhooks = Webhook
webhooks-title = Webhook ra ngoài
webhooks-lead = Mỗi khi một bình luận chờ duyệt, được đăng, bị từ chối hay được sửa, Duyệt báo cho các địa chỉ dưới đây, có chữ ký theo chuẩn Standard Webhooks. Địa chỉ không trả lời thì được báo lại trong ba ngày.
webhooks-none = Chưa báo cho ai
webhooks-none-detail = Thêm địa chỉ của hệ quản trị nội dung để trang báo biết bình luận nào vừa được duyệt.
webhooks-new = Thêm một địa chỉ
webhooks-all = Tất cả webhook của trang báo
webhook-title = Webhook
webhook-url = Địa chỉ nhận
webhook-url-hint = Bắt đầu bằng https:// và nằm trên máy ai cũng gọi tới được. Máy trong mạng nội bộ chỉ gọi được khi người vận hành đã mở mạng ấy.
webhook-events-label = Báo khi bình luận
webhook-event-comment-held = chờ duyệt
webhook-event-comment-approved = được đăng
webhook-event-comment-rejected = bị từ chối
webhook-event-comment-spam = bị cho vào rác
webhook-event-comment-withdrawn = được bạn đọc rút lại
webhook-event-comment-edited = được bạn đọc sửa
webhook-event-endpoint-test = Gửi thử
webhook-with-text = Gửi kèm tên và lời bình luận
webhook-with-text-hint = Không chọn thì chỉ gửi mã bình luận, trạng thái và địa chỉ bài. Email và địa chỉ mạng không bao giờ được gửi.
webhook-add = Thêm
webhook-add-hint = Khoá bí mật hiện ra ngay sau khi thêm, trong mười phút.
webhook-save = Lưu
webhook-wrong = Chưa lưu gì cả. Hãy sửa những chỗ được đánh dấu.
webhook-admins = Chỉ quản trị viên thêm và đổi webhook.
webhook-events = Hãy chọn ít nhất một việc cần báo.
webhook-many = Mỗi trang báo có tối đa { $max } webhook. Hãy xoá bớt cái không còn dùng.

target-malformed = Đây không phải một địa chỉ. Cần dạng https://cms.bao.example/duyet.
target-scheme = Chỉ gọi được địa chỉ https:// hoặc http://.
target-dressed = Địa chỉ không được có tên người dùng, mật khẩu hay phần sau dấu #.
target-forbidden = Địa chỉ này nằm trong mạng nội bộ hoặc trên chính máy này nên không được gọi. Người vận hành mở được mạng nội bộ bằng DUYET_OUTWARD_ALLOW.
target-clear = Địa chỉ http:// không được mã hoá nên chỉ dùng trong mạng mà người vận hành đã mở. Hãy dùng https://.

webhook-told = Báo khi: { $events }
webhook-told-text = Báo khi: { $events }; kèm tên và lời bình luận
webhook-made = { $name } thêm { $when }
webhook-nothing-yet = Chưa có gì để báo.
webhook-took = Nhận tốt, lần cuối { $when }.
webhook-failing = Chưa nhận được gì kể từ { $when }. Nếu còn gì chờ thì sẽ được báo lại.
webhook-stopped-by-hand = Đã tắt.
webhook-stopped-gone = Đã tự tắt: địa chỉ trả lời rằng nó không còn nữa (410).
webhook-stopped-failing = Đã tự tắt: ba ngày liền không nhận được gì.
webhook-stopped-what = Khi bật lại, những gì còn chờ được báo tiếp; những gì xảy ra trong lúc tắt thì không.
webhook-overlap = Khoá cũ vẫn ký cùng khoá mới đến { $when }.
webhook-test = Gửi thử
webhook-switch-on = Bật lại
webhook-switch-off = Tắt
webhook-change = Đổi webhook này
webhook-secret = Khoá bí mật
webhook-secret-lead = Bên nhận dùng khoá này để biết chắc thông báo là của Duyệt. Khoá mới và khoá cũ cùng ký trong 24 giờ, đủ để đổi ở bên nhận.
webhook-secret-renew = Cấp khoá mới
webhook-secret-second = Nếu cấp khoá mới lúc này, khoá cũ ấy hết hiệu lực ngay.
webhook-secret-once = Hãy chép khoá này ngay. Nó hiện ở đây trong mười phút rồi thôi.
webhook-secret-how = Dán vào bên nhận, dưới dạng nguyên văn kể cả whsec_. Mọi thư viện Standard Webhooks đều đọc được.
webhook-secret-done = Đã chép xong
webhook-remove-title = Xoá webhook
webhook-remove-lead = Địa chỉ này không được báo nữa, nhật ký của nó cũng mất.
webhook-remove = Xoá

webhook-log = Nhật ký gửi
webhook-log-lead = Mới nhất ở trên, giữ trong 30 ngày.
webhook-log-none = Chưa gửi gì
webhook-log-none-detail = Bấm “Gửi thử” để xem bên nhận có trả lời không.
webhook-delivered = Đã nhận { $tried }, ở lần thử thứ { $count }.
webhook-given-up = Đã thôi báo sau { $count } lần, lần cuối { $tried }.
webhook-waits = Đang chờ gửi.
webhook-waits-again = Đã thử { $count } lần, lần cuối { $tried }; thử lại { $next }.
webhook-waits-off = Đang chờ webhook được bật lại.
webhook-waits-off-tried = Đã thử { $count } lần, lần cuối { $tried }; chờ webhook được bật lại.
webhook-answer = Trả lời: { $status }.
webhook-comment = Xem bình luận
webhook-again = Gửi lại
webhook-again-one = Gửi lại: { $what }, { $when }
webhook-older = Cũ hơn
webhook-newest = Mới nhất

webhook-notice-saved = Đã lưu.
webhook-notice-on = Đã bật lại. Từ giờ mọi chuyện được báo tiếp.
webhook-notice-off = Đã tắt. Không báo gì nữa cho tới khi bật lại.
webhook-notice-removed = Đã xoá webhook.
webhook-notice-tested = Đã gửi thử. Kết quả ở dòng đầu nhật ký bên dưới.
webhook-notice-not-tested = Webhook đang tắt nên không gửi thử được. Hãy bật lại trước.
webhook-notice-again = Đang gửi lại.
webhook-notice-not-again = Webhook đang tắt nên không gửi lại được. Hãy bật lại trước.
webhook-notice-known = Biểu mẫu này đã được gửi trước đó, nên không thêm gì nữa.
webhook-notice-secret-changed = Khoá đã được đổi trước đó, nên biểu mẫu vừa gửi không đổi thêm gì. Nếu bạn chưa chép khoá mới, hãy cấp lần nữa.
webhook-notice-secret-gone = Khoá mới không còn hiện ở đây. Nếu bạn chưa kịp chép, hãy cấp lần nữa.

webhooks-stopped = { $count } webhook đã tự tắt.
webhooks-stopped-why = Hệ thống bên kia không còn được báo về bình luận:
webhooks-stopped-see = Xem webhook

history-webhook_added = đã thêm webhook { $url }
history-webhook_changed = đã đổi webhook { $url }: { $what }
history-webhook_removed = đã xoá webhook { $url }
history-webhook-url = địa chỉ
history-webhook-events = việc được báo
history-webhook-with_text = việc gửi kèm lời bình luận
history-webhook-secret = khoá mới
history-webhook-on = bật lại
history-webhook-off = tắt

mail-webhook-subject = Webhook đã ngừng — { $site }
mail-webhook-gone = { $address } trả lời rằng nó không còn nữa (410), nên Duyệt không báo cho địa chỉ này về bình luận của { $site } nữa.
mail-webhook-failing = { $address } ba ngày liền không nhận được gì, nên Duyệt không báo cho địa chỉ này về bình luận của { $site } nữa.
mail-webhook-by-hand = { $address } đã được tắt, nên không được báo về bình luận của { $site } nữa.
mail-webhook-since = Xem nhật ký để biết bên kia đã trả lời gì, sửa xong thì bật lại. Những gì còn chờ được báo tiếp; những gì xảy ra trong lúc tắt thì không.
mail-webhook-open = Xem webhook
mail-webhook-foot = Bạn nhận thư này vì là quản trị viên của { $site }.

problem-webhook-off = Webhook đang tắt
problem-webhook-off-detail = Chưa gửi gì cả. Hãy bật lại webhook, trên trang Webhook hoặc bằng PATCH với "active": true, rồi thử lại.

made-by-operator = Người vận hành
