# Gửi thư đi

place-outbox = Gửi đi
outbox-title = Những gì gửi đi
outbox-lead = Thư cho người duyệt và bạn đọc, câu hỏi cho bộ kiểm tra ngoài, quyết định báo về hệ thống của toà soạn. Bên nhận bận hoặc không trả lời thì được gửi lại: thư và quyết định trong ba ngày, câu hỏi trong mười phút. Cái bị từ chối hẳn, hoặc gửi lại mãi không được, thì nằm ở đây.
outbox-dead = Không gửi được
outbox-dead-lead = Xem bên nhận nói gì, sửa địa chỉ hoặc cấu hình, rồi gửi lại.
outbox-none = Không có gì chưa gửi được
outbox-none-detail = Thư bị từ chối hẳn, câu hỏi mà bộ kiểm tra không trả lời và quyết định mà hệ thống của toà soạn không nhận sẽ hiện ở đây cùng lý do.
outbox-dead-line = { $site } · viết { $when } · { $count ->
    [0] chưa hỏi lần nào, thôi chờ { $at }
   *[other] thử { $count } lần, lần cuối { $at }
}
outbox-again = Gửi lại
outbox-again-one = Gửi lại: { $what }, viết { $when }
outbox-now = Gửi ngay
outbox-now-one = Gửi ngay: { $what }, viết { $when }
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
outbox-kind-check = Hỏi bộ kiểm tra ngoài về một bình luận còn chờ duyệt
outbox-kind-callback = Báo quyết định về hệ thống của toà soạn (Akismet)
outbox-comment = Xem bình luận
outbox-waiting = Đang chờ gửi lại
outbox-waiting-lead = Những thứ này tự được gửi lại. Khi máy chủ thư không nhận, mỗi phút một thư được thử; thư ấy đi được thì các thư khác đi theo. Bình luận mới hơn chờ thư báo trước của cùng người nhận đi đã, lâu nhất là một ngày. Nếu bên nhận đã ổn, bạn có thể gửi ngay.
outbox-waiting-stopped = Sửa xong lỗi nêu trên, chúng sẽ tự được gửi trong vài phút. Bình luận mới hơn chờ thư báo trước của cùng người nhận đi đã, lâu nhất là một ngày.
outbox-waiting-line = { $site } · viết { $when } · { $count ->
    [0] thử lại { $at }
   *[other] đã thử { $count } lần, thử lại { $at }
}
outbox-notice-again = Đang được gửi lại.
outbox-notice-soon = Cái này đang được gửi, hoặc sẽ được gửi trong vòng hai phút.
outbox-notice-gone = Cái này đã được gửi lại trước đó hoặc không còn nữa.

mail-stopped = Thư không gửi đi được.
mail-stopped-why = Cấu hình hoặc máy chủ thư có lỗi. Thư được giữ lại và tự gửi khi người quản trị sửa xong. Lỗi:
mail-late = { $count ->
   *[other] { $count } thư đã hơn mười phút chưa gửi đi được.
}
mail-late-why = Máy chủ thư bận hoặc không trả lời. Thư được giữ lại và tự gửi lại trong ba ngày. Lần thử gần nhất:
mail-stopped-see = Xem thư đang chờ

unanswered = Bộ kiểm tra ngoài không trả lời về { $count } bình luận đang chờ duyệt.
unanswered-why = Chúng nằm ở mục “Cần xem” hoặc nặng hơn, và chờ người duyệt như thường. Lần hỏi gần nhất:
untold = Hệ thống của toà soạn chưa nhận được { $count } quyết định.
untold-why = Bình luận ở bên đó có thể còn chờ, hoặc còn hiện. Lần báo gần nhất:
given-up-see = Xem và gửi lại

mail-answer-subject = Ý kiến của bạn có người trả lời — { $site }
mail-answer-foot = Bạn nhận thư này vì đã đồng ý nhận thư khi { $site } quyết định về ý kiến của bạn và khi ý kiến ấy có người trả lời.

mail-trial-subject = Thư thử của Duyệt
mail-trial = Thư này được gửi để thử cấu hình của { $from }. Đọc được thư này nghĩa là thư đã đến nơi.

trouble-not-called = Chưa gọi địa chỉ này. { $why }
trouble-no-name = Không tra được tên máy { $name }: { $said }
trouble-nowhere = Tên máy { $name } không ứng với địa chỉ nào.
trouble-no-connection = Không kết nối được với { $place }: { $said }
trouble-nobody = Không ai trả lời ở { $place }.
trouble-no-tls = Không kết nối TLS được với { $place }: { $said }
trouble-no-http = Kết nối bị ngắt, hoặc câu trả lời không phải HTTP: { $said }
trouble-late = Không trả lời trong { $seconds } giây.
trouble-late-millis = Không trả lời trong { $millis } mili giây.
trouble-status = Câu trả lời là { $status }.
trouble-redirect = Câu trả lời là { $status }, dẫn sang địa chỉ khác. Duyệt không đi theo: hãy đặt thẳng địa chỉ mà nó dẫn tới.
trouble-cut = Câu trả lời bị cắt giữa chừng, đến quá chậm hoặc dài hơn { $most } byte.
trouble-unreadable = Không đọc được câu trả lời, ở { $field }: { $what }
trouble-not-json = Đây không phải JSON.
trouble-unsigned = Bộ kiểm tra chưa có khoá bí mật nên chưa hỏi gì. Lệnh duyet site secret TRANG --checker tạo khoá, nút ở trang Cài đặt cũng vậy.
trouble-promised = Bên đó báo sẽ trả lời sau (202) mà chưa trả lời.
trouble-rested = Bên đó lỗi nhiều lần liền nên chưa được hỏi về bình luận này.
trouble-rested-after = Bên đó lỗi nhiều lần liền nên chưa được hỏi về bình luận này. Lỗi gần nhất: { $last }
trouble-stranger = { $url } không còn nằm dưới địa chỉ gốc nào của trang báo nên không được gọi. Hãy thêm địa chỉ gốc ấy ở trang Cài đặt rồi gửi lại.
trouble-said = Bên đó trả lời: { $words }

mail-trouble = { $what } — { $advice }
mail-silence = Máy chủ không trả lời { $step } trong { $seconds } giây
mail-silence-after-mail = Máy chủ không trả lời trong { $seconds } giây sau khi nhận trọn thư
mail-unreached = Không kết nối được: { $said }
mail-endless = Câu trả lời của máy chủ thư dài hơn { $kib } KiB nên không được đọc tiếp
mail-no-starttls = Máy chủ thư không có STARTTLS
mail-said-in-clear = Máy chủ thư đã nhận STARTTLS mà vẫn còn lời gửi đến không mã hoá; không tin được, vì ai đứng giữa cũng có thể nói thay
mail-unspoken = Máy chủ thư không hỗ trợ { $extension } mà địa chỉ này cần
mail-folder = Không ghi được thư vào { $folder }: { $said }
mail-unsigned = Không ký được thư: { $said }
mail-unmade = Không soạn được thư: { $said }
mail-unaddressed = Không gửi thư tới địa chỉ này được
mail-unrendered = Không dựng được thư từ mẫu
mail-unreadable = Không đọc được những gì đã ghi về thư này

mail-advice-nothing-listens = không có máy chủ thư nào ở { $place }: hãy bật máy chủ thư, hoặc sửa tên máy và cổng trong DUYET_SMTP_URL (587 với smtp://, 465 với smtps://)
mail-advice-unknown-host = hãy sửa tên máy `{ $host }` trong DUYET_SMTP_URL, hoặc sửa máy chủ tên miền (DNS) mà máy này dùng
mail-advice-no-starttls = thư không được gửi qua mạng mà không mã hoá: hãy viết smtps:// trong DUYET_SMTP_URL nếu máy chủ dùng TLS ngay từ đầu (cổng 465), hoặc bật STARTTLS trên máy chủ
mail-advice-said-in-clear = hãy xem có gì đứng giữa máy này và máy chủ thư (tường lửa sửa thư?), hoặc viết smtps:// trong DUYET_SMTP_URL (cổng 465); chưa có gì được gửi
mail-advice-no-mail-server = ở { $place } có thể không phải máy chủ thư: hãy sửa tên máy và cổng trong DUYET_SMTP_URL (587 với smtp://, 465 với smtps://), hoặc xem nhật ký của nó
mail-advice-no-sign-in = máy chủ không có cách đăng nhập nào mà Duyệt biết: hãy dùng cổng có đăng nhập (587 hoặc 465), hoặc bỏ tên và mật khẩu khỏi DUYET_SMTP_URL nếu máy chủ không cần
mail-advice-unanswered = hãy xem tường lửa có chặn máy này tới { $place } không, hoặc tăng DUYET_SMTP_PATIENCE nếu máy chủ chậm
mail-advice-unanswered-in-clear = hãy xem tường lửa có chặn máy này tới { $place } không, viết smtps:// nếu cổng ấy dùng TLS ngay từ đầu (như cổng 465), hoặc tăng DUYET_SMTP_PATIENCE nếu máy chủ chậm
mail-advice-fell-silent = máy chủ đang trả lời thì im lặng, nhật ký của nó cho biết nó chờ gì; nếu máy chủ chậm, hãy tăng DUYET_SMTP_PATIENCE
mail-advice-may-arrive = máy chủ đã có trọn thư mà không nói có giữ không, nên thư có thể đến rồi lại đến lần nữa; nhật ký của nó cho biết nó chờ gì (quét vi-rút?); nếu máy chủ chậm, hãy tăng DUYET_SMTP_PATIENCE
mail-advice-may-have-arrived = thư đã được trao hai lần mà máy chủ không nói có giữ không, nên có thể thư đã đến: hãy xem nhật ký của máy chủ hoặc hỏi người nhận, chỉ gửi lại nếu thư chưa đến; nếu máy chủ chậm, hãy tăng DUYET_SMTP_PATIENCE
mail-advice-broke-off = máy chủ ngắt kết nối, nhật ký của nó cho biết vì sao: có thể nó không nhận thư từ máy này
mail-advice-broke-off-in-clear = máy chủ ngắt kết nối, nhật ký của nó cho biết vì sao: có thể nó không nhận thư từ máy này, hoặc cổng ấy dùng TLS ngay từ đầu (khi đó viết smtps:// trong DUYET_SMTP_URL)
mail-advice-wants-privacy = máy chủ không nhận gì khi chưa mã hoá: hãy bỏ `tls=none` khỏi DUYET_SMTP_URL để dùng STARTTLS
mail-advice-wants-sign-in = máy chủ muốn người gửi đăng nhập: hãy viết smtp://user:password@host trong DUYET_SMTP_URL
mail-advice-wrong-sign-in = sai tên hoặc mật khẩu: hãy sửa trong DUYET_SMTP_URL, ký tự không đứng được trong địa chỉ thì viết bằng dấu phần trăm (# là %23, / là %2F, @ là %40)
mail-advice-tried-again = máy chủ có thể nhận sau, thư tự được gửi lại; nhật ký của máy chủ cho biết vì sao lúc này nó không nhận
mail-advice-no-relaying = máy chủ chỉ chuyển thư cho người nó biết: hãy viết smtp://user:password@host trong DUYET_SMTP_URL, hoặc cho phép máy này gửi qua nó
mail-advice-unwelcome = máy chủ không nhận thư từ máy này, nhật ký của nó cho biết vì sao
mail-advice-wrong-sender = máy chủ không cho gửi từ địa chỉ ấy: hãy đặt DUYET_MAIL_FROM là địa chỉ mà tài khoản này được gửi
mail-advice-wrong-address = ở đó không có địa chỉ này, hoặc nó không nhận thư: hãy xem địa chỉ có đúng không
mail-advice-unwanted = máy chủ không nhận thư này, nhật ký của nó cho biết vì sao
mail-advice-begins-in-clear = cổng này mở đầu không mã hoá, còn smtps:// dùng TLS ngay từ đầu: hãy viết smtp:// trong DUYET_SMTP_URL để dùng STARTTLS (cổng 587)
mail-advice-unknown-authority = chứng thư của máy chủ do nơi cấp mà máy này không biết: hãy ghi tên tệp PEM của nơi cấp ấy vào DUYET_SMTP_CA
mail-advice-other-name = chứng thư của máy chủ không phải cho tên `{ $host }`: hãy viết trong DUYET_SMTP_URL tên ghi trên chứng thư
mail-advice-run-out = chứng thư của máy chủ đã hết hạn: hãy gia hạn
