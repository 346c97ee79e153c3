# Bạn đọc báo cáo bình luận đã đăng.
report-title = Báo cáo bình luận
report-by = Bình luận của { $name }
report-reason = Vì sao bạn báo cáo bình luận này?
report-reason-insulting = Xúc phạm, lăng mạ người khác
report-reason-unlawful = Vi phạm pháp luật
report-reason-personal_data = Lộ thông tin cá nhân (số điện thoại, địa chỉ, bệnh tật…)
report-reason-advertising = Quảng cáo, mời chào
report-reason-untrue = Sai sự thật
report-reason-other = Lý do khác
report-note = Bạn muốn nói thêm gì? (không bắt buộc)
report-note-hint = Nhiều nhất 500 chữ cái. Chỉ người duyệt của toà soạn đọc được.
report-what-happens = Người duyệt sẽ xem lại bình luận. Trong lúc chờ, bình luận vẫn hiện dưới bài. Người viết không biết ai đã báo cáo.
report-submit = Gửi báo cáo
report-problem = Báo cáo chưa được gửi. Hãy sửa chỗ dưới đây rồi gửi lại.
report-thanks-title = Đã nhận báo cáo
report-thanks-lead = Cảm ơn bạn. Toà soạn { $site } đã nhận được báo cáo.
report-reason-required = Hãy chọn một lý do.
problem-too-many-reports = Quá nhiều báo cáo trong một lúc
problem-too-many-reports-detail = Báo cáo chưa được ghi lại. Từ đường mạng bạn đang dùng, có thể chung với nhiều người khác, vừa có quá nhiều báo cáo được gửi tới. Hãy giữ trang này và gửi lại sau.

# Hàng của người duyệt.
lane-reported = Bị báo cáo
reports-heading = { $count ->
   *[other] { $count } báo cáo của bạn đọc
}
reports-heading-settled = { $count ->
   *[other] { $count } báo cáo đã giải quyết
}
reports-settled-too = { $count ->
   *[other] và { $count } báo cáo đã giải quyết trước đây
}
reports-reason-count = { $reason }: { $count }
reports-since = báo cáo đầu tiên { $when }
reports-more = { $count ->
   *[other] Còn { $count } báo cáo cũ hơn không hiện ở đây.
}
reports-urgent = Cần xem ngay
reports-kept-before = { $count ->
   *[other] { $count } báo cáo trước của mạng này đã được xem và giữ lại bình luận
}
report-outcome-kept = đã giữ bình luận
report-outcome-rejected = đã gỡ bình luận
report-outcome-spam = đã đưa bình luận vào rác
report-outcome-gone = bình luận không còn
queue-keep = Giữ lại
queue-notice-keep = { $count ->
   *[other] Đã giữ lại { $count } bình luận.
}
queue-reported-since = bị báo cáo { $wait } trước
history-comment-kept = đã giữ lại bình luận bị báo cáo
history-comment-reported = đã báo cáo bình luận: { $reason }
mail-reported-subject = { $count ->
   *[other] { $count } bình luận đã đăng bị báo cáo
}
mail-reported-heading = { $count ->
   *[other] { $count } bình luận đã đăng bị bạn đọc báo cáo
}
mail-reported-since = Bị báo cáo { $wait } trước
mail-reported-public = Bình luận này đang được đăng.
mail-reported-why = Bạn đọc báo cáo
mail-reported-evidence = Dấu hiệu thấy trong bình luận
mail-reported-do-approve = Giữ lại
mail-reported-do-reject = Gỡ xuống
mail-reported-do-spam = Gỡ xuống, cho vào rác
