# Thư báo cho người duyệt, và những gì họ làm từ thư.

mail-held-subject = { $count ->
   *[other] { $count } bình luận chờ duyệt
}
mail-held-subject-risk = { $count ->
   *[other] { $count } bình luận chờ duyệt (nặng nhất: { $risk })
}
mail-held-urgent = Khẩn: { $why } — { $subject }
mail-held-urgent-why = Khẩn: { $why }.
urgency-threat = lời đe doạ
urgency-personal_data = lộ thông tin riêng
urgency-take_down = báo cáo vi phạm pháp luật
mail-held-heading = { $count ->
   *[other] { $count } bình luận chờ duyệt
}
mail-mixed-subject = { $count } bình luận chờ duyệt, { $reported } bị báo cáo
mail-mixed-subject-risk = { $count } bình luận chờ duyệt (nặng nhất: { $risk }), { $reported } bị báo cáo
mail-mixed-heading = { $count } bình luận chờ duyệt, { $reported } bình luận đã đăng bị báo cáo
mail-late-subject = { $count ->
   *[other] { $count } bình luận chờ quá hẹn
}
mail-late-subject-risk = { $count ->
   *[other] { $count } bình luận chờ quá hẹn (nặng nhất: { $risk })
}
mail-late-heading = { $count ->
   *[other] { $count } bình luận đã quá thời hạn hẹn với bạn đọc
}
mail-some-late-subject = { $told }, { $late } đã quá hẹn
mail-some-late-heading = { $told }, { $late } bình luận đã quá thời hạn hẹn với bạn đọc
mail-subject = { $told } — { $site }
mail-held-oldest = Bình luận chờ lâu nhất: { $waiting }.
mail-held-risk = Dấu hiệu nặng nhất: { $risk }.
mail-held-author = Người gửi
mail-held-article-count = { $count ->
   *[other] { $count } bình luận trong thư này
}
mail-held-waiting = Đã chờ
mail-held-lane = Xếp vào
mail-held-evidence = Vì sao bị giữ
mail-held-no-evidence = Không có dấu hiệu nào; mọi ý kiến đều chờ người duyệt.
mail-held-more-evidence = { $count ->
   *[other] và { $count } mục khác, mở để xem hết
}
mail-held-answers = Trả lời { $name }: “{ $text }”
mail-held-cut = (còn nữa, mở để đọc hết)
mail-held-no-words = Máy chủ thư không nhận thư này khi có chữ của bạn đọc, nên thư chỉ báo số lượng. Hãy mở hàng chờ để đọc.
mail-held-do-approve = Duyệt
mail-held-do-reject = Từ chối
mail-held-do-spam = Rác
mail-held-review = Mở trong hàng chờ
mail-held-more = { $count ->
   *[other] Còn { $count } bình luận khác đang chờ.
}
mail-held-queue = Mở hàng chờ
mail-held-foot = Bạn nhận thư này vì bạn duyệt bình luận cho { $site }. Các nút trong thư chỉ mở một trang; chưa bấm nút trên trang đó thì chưa quyết định gì.
mail-held-caution = Nội dung dưới đây do bạn đọc gửi. Địa chỉ trong đó được viết tách ra để không ai bấm nhầm.
mail-held-habits = Đổi giờ nhận thư này, hoặc thôi nhận

habits-heading = Thư báo bình luận chờ duyệt
habits-pace = Gửi cho tôi
habits-pace-off = Không gửi, kể cả việc khẩn
habits-pace-at_once = Ngay mỗi khi có bình luận chờ
habits-pace-digest = { $minutes ->
    [0] Ngay khi hàng chờ đang vắng, sau đó gom lại
   *[other] Ngay khi hàng chờ đang vắng, sau đó gom lại mỗi { $minutes } phút
}
habits-pace-hourly = Gom lại mỗi giờ
habits-pace-twice_a_day = Hai lần mỗi ngày, lúc 8 giờ và 16 giờ
habits-hint = { $ceiling ->
    [0] Chỉ gửi về những gì còn chờ bạn lúc thư đi.
   *[other] Chỉ gửi về những gì còn chờ bạn lúc thư đi, nhiều nhất { $ceiling } thư mỗi giờ cho một tờ báo. Việc khẩn (lời đe doạ, lộ thông tin riêng, báo cáo khẩn) được gửi ngay và tính riêng.
}
habits-zone = Múi giờ
habits-zone-hint = Tên theo cơ sở dữ liệu IANA, như Asia/Ho_Chi_Minh hoặc Europe/Berlin.
habits-quiet = Giờ không làm phiền
habits-quiet-hint = Trong khoảng này không có thư; những gì tới lúc đó được gom vào thư đầu tiên sau đó. Để trống cả hai ô nếu không cần.
habits-quiet-from = Từ
habits-quiet-to = Đến
habits-urgent = Việc khẩn thì gửi cả trong giờ không làm phiền
habits-save = Lưu cách nhận thư
account-done-mail = Đã lưu cách nhận thư.
mail-zone = Không có múi giờ nào tên như vậy. Hãy chọn trong danh sách gợi ý, chẳng hạn Asia/Ho_Chi_Minh.
mail-quiet = Giờ không làm phiền cần cả giờ bắt đầu và giờ kết thúc, và hai giờ đó phải khác nhau. Nếu không cần, hãy để trống cả hai.

off-title = Thôi gửi thư báo
off-ask = Bấm nút dưới đây thì bạn không nhận thư báo bình luận chờ duyệt nữa, của { $site } cũng như của mọi trang báo khác mà bạn làm việc, kể cả việc khẩn. Mở trang này chưa thay đổi gì.
off-button = Thôi gửi thư báo cho tôi
off-done = Đã tắt. Bạn sẽ không nhận thư báo bình luận chờ duyệt nữa.
off-again = Muốn nhận lại: đăng nhập, mở trang Tài khoản, chọn lại cách nhận thư rồi lưu. Những gì còn chờ lúc đó sẽ được báo.
off-account = Mở trang Tài khoản

decide-title-approve = Duyệt bình luận này?
decide-title-reject = Từ chối bình luận này?
decide-title-spam = Cho bình luận này vào rác?
decide-title = Bình luận từ thư báo
decide-title-keep = Giữ lại bình luận này?
decide-title-take-down = Gỡ bình luận này?
decide-title-take-down-spam = Gỡ bình luận này và cho vào rác?
decide-lead-reported = Bình luận này đang được đăng và bị bạn đọc báo cáo. Chưa có gì được quyết định cho tới khi bạn bấm nút; tới lúc đó bình luận vẫn hiện dưới bài.
decide-lead = Đây là bình luận như hiện giờ. Chưa có gì được quyết định cho tới khi bạn bấm nút.
decide-button-approve = Duyệt
decide-button-reject = Từ chối
decide-button-spam = Cho vào rác
decide-button-keep = Giữ lại
decide-button-take-down = Gỡ xuống
decide-button-take-down-spam = Gỡ xuống, cho vào rác
decide-anew = Bạn đã đăng nhập lại từ khi mở trang này, nên nút vừa bấm chưa quyết định gì. Đây là bình luận như hiện giờ; hãy bấm lại.
decide-later = Mở trong hàng chờ
decide-done = Bạn { $done } lúc { $when }.
decide-by-other = { $name } { $done } lúc { $when }. Đường dẫn trong thư không quyết định gì thêm.
decide-undo = Hoàn tác
decide-edited = Bạn đọc đã sửa bình luận sau khi thư được gửi. Hãy đọc bản mới rồi quyết định trong hàng chờ.
decide-moved = Bình luận đã thay đổi sau khi thư được gửi. Hãy quyết định trong hàng chờ.
decide-expired = Đường dẫn trong thư đã hết hạn sau ba ngày. Bình luận vẫn còn đó; hãy quyết định trong hàng chờ.
decide-gone = Bạn đọc đã rút bình luận này, hoặc nội dung đã bị xoá. Không còn gì để quyết định.
decide-undone = Quyết định đã được hoàn tác. Bình luận đang chờ lại trong hàng chờ.
decide-not-yours = Đường dẫn này không dành cho tài khoản bạn đang đăng nhập, hoặc đã bị cắt mất một phần. Hãy mở lại từ thư gửi cho chính bạn, hoặc duyệt trong hàng chờ.

history-member-mail = đã chọn cách nhận thư báo: { $pace }
history-member-mail-off = tắt
history-member-mail-at_once = ngay
history-member-mail-digest = gom lại
history-member-mail-hourly = mỗi giờ
history-member-mail-twice_a_day = hai lần mỗi ngày
