# Mô hình học từ quyết định của người kiểm duyệt.
learn-like-rejected = Giống bình luận đã từ chối: { $share }
learn-like-spam = Giống bình luận bị xếp vào rác: { $share }
learn-likened-by = các từ nặng ký nhất, theo mô hình học từ quyết định của toà soạn
learn-likened-by-shipped = các từ nặng ký nhất, theo mô hình có sẵn trong chương trình, chưa học từ quyết định nào của toà soạn

# Mô hình trên trang số liệu.
model-title = Mô hình học từ quyết định của toà soạn
model-choose = Mỗi báo có một mô hình riêng. Chọn một báo ở trên để xem mô hình của báo ấy.
model-none = Mô hình chưa học quyết định nào của báo này. Mỗi lần có người duyệt, từ chối hay xếp vào rác, mô hình học thêm; số liệu hiện ở đây sau vài giây.
model-learns-again = Chương trình vừa được nâng cấp và có mô hình mới. Mô hình đó đang học lại mọi quyết định của báo này và chưa tự quyết định gì; số liệu có lại sau ít phút.
model-about = { $name }: mô hình đoán trước rồi mới được biết quyết định; mọi số liệu dưới đây tính trên những lần đoán trước đó. Xét { $looked } quyết định gần nhất trong tổng số { $all }.
model-few = Mô hình mới học { $all } quyết định. Tỷ lệ đoán đúng hiện ở đây từ 100 quyết định trở lên.

model-setting-title = Mức hiện nay giữ lại những gì
model-setting-about = Mô hình chuyển bình luận đáng ngờ sang mục nặng hơn. Tính riêng phần mô hình, không kể các quy tắc.
model-setting = { $texts }: ở mức này, mô hình sẽ xếp { $bad } bình luận mà toà soạn đã duyệt vào mục “{ $likely_bad }” ({ $bad_count } trong { $all }), và { $look } vào mục “{ $needs_look }” hoặc nặng hơn ({ $look_count }).
model-setting-found = Trong { $count } bình luận bị từ chối hay xếp vào rác, mô hình sẽ đánh dấu { $found }.
model-setting-few = { $texts }: mô hình chưa chuyển bình luận nào. Cần ít nhất { $fewest } bình luận đã duyệt để đo mức báo nhầm, hiện có { $count }.
model-writing = Cách viết
model-writing-toned = Viết có dấu
model-writing-toneless = Viết không dấu
model-approved = Đã duyệt
model-refused = Từ chối hoặc rác
model-of-them-look = bị đánh dấu
model-of-them-bad = nhiều khả năng xấu
model-cut-harm = Ngưỡng gây hại
model-cut-spam = Ngưỡng rác

# Những gì mô hình tự quyết định.
model-alone-title = Nếu để mô hình tự quyết định
model-alone-about = Chỉ tính những bình luận mà người đã quyết định. Mỗi mẫu kiểm tra được tính bằng số bình luận mà nó thay mặt; bình luận mô hình tự quyết định rồi có người đổi lại thì không tính. Bật hay tắt ở trang Cài đặt.
model-alone-fine = { $texts }: trong { $of } bình luận mà mô hình sẽ tự đăng (xác suất xấu dưới { $cut }), toà soạn đã từ chối { $wrong } ({ $share }); đo trên { $looked } quyết định.
model-alone-bad = { $texts }: trong { $of } bình luận mà mô hình sẽ tự từ chối (xác suất xấu từ { $cut }), toà soạn đã duyệt { $wrong } ({ $share }); đo trên { $looked } quyết định.
model-alone-fine-few = { $texts }: mô hình sẽ tự đăng bình luận có xác suất xấu dưới { $cut }. Toà soạn mới quyết định { $looked } bình luận như thế; cần ít nhất { $fewest } mới biết mô hình sai bao nhiêu, nên mô hình chưa được tự quyết định.
model-alone-bad-few = { $texts }: mô hình sẽ tự từ chối bình luận có xác suất xấu từ { $cut }. Toà soạn mới quyết định { $looked } bình luận như thế; cần ít nhất { $fewest } mới biết mô hình sai bao nhiêu, nên mô hình chưa được tự quyết định.
model-alone-wrong = Nhiều hơn mức cho phép là { $most }, nên mô hình không được tự quyết định.
model-by = Mô hình
model-stopped-fine = { $name }: mô hình đã thôi tự đăng bình luận.
model-stopped-bad = { $name }: mô hình đã thôi tự từ chối bình luận.
model-stopped-why = Các quyết định gần đây cho thấy mô hình sai nhiều hơn mức cho phép, hoặc còn quá ít quyết định để đo. Bình luận lại chờ người duyệt.
model-stopped-see = Xem số đo
numbers-decided-model = Mô hình
history-who-model = Mô hình
history-settled-approved = đã tự đăng bình luận ngay khi gửi đến
queue-sample-approve = Mẫu kiểm tra mô hình: mô hình sẽ tự đăng bình luận này. Xin quyết định như với mọi bình luận khác.
queue-sample-reject = Mẫu kiểm tra mô hình: mô hình sẽ tự từ chối bình luận này. Xin quyết định như với mọi bình luận khác.
queue-sample-spam = Mẫu kiểm tra mô hình: mô hình sẽ tự xếp bình luận này vào rác. Xin quyết định như với mọi bình luận khác.

model-hundreds-title = Tỷ lệ đoán đúng qua từng trăm quyết định
model-hundreds-about = Đoán là xấu khi xác suất từ một nửa trở lên. Đường thứ hai là tỷ lệ đúng nếu lúc nào cũng đoán là ổn: mô hình chỉ có ích khi đúng nhiều hơn thế. Đường thứ ba là tỷ lệ đúng khi hỏi lại về chính những bình luận ấy, ngay sau khi mô hình học xong cả trăm: nếu thấp, hẳn có những bình luận giống nhau mà được quyết định khác nhau. Dấu – là chưa được hỏi lại.
model-hundreds-detail = Trăm đầu trong bảng đúng { $first }, trăm mới nhất đúng { $last }.
model-hundreds-until = Đến quyết định thứ
model-hundreds-right = Đúng trước khi học
model-hundreds-after = Đúng sau khi học
model-hundreds-fine = Đúng nếu luôn đoán là ổn
model-drift-none = { $recent } quyết định gần nhất đoán đúng { $now }, { $before } quyết định trước đó { $then }: chênh lệch không quá mức ngẫu nhiên.
model-drift-better = { $recent } quyết định gần nhất đoán đúng { $now }, { $before } quyết định trước đó { $then }: mô hình đã đúng hơn trước.
model-drift-worse = { $recent } quyết định gần nhất chỉ đoán đúng { $now }, { $before } quyết định trước đó { $then }: chênh lệch lớn hơn mức ngẫu nhiên. Cách viết của độc giả hoặc cách duyệt của toà soạn đã đổi. Mô hình vẫn học tiếp; nếu không khá lên, người quản trị có thể đưa về bản cũ bằng lệnh duyet learn rollback.
model-drift-bad = Bình luận xấu gần đây chiếm { $now }, trước đó { $then }.

model-calibration-harm = Xác suất gây hại có đáng tin không
model-calibration-spam = Xác suất rác có đáng tin không
model-calibration-about = Trong những bình luận được đoán một xác suất gây hại, bao nhiêu quả thật bị từ chối; với xác suất rác, bao nhiêu quả thật bị xếp vào rác. Đáng tin là khi thanh dài đến vạch.
model-calibration-detail = Khi mô hình đoán { $said }, { $share } quả thật là xấu ({ $count } bình luận).
model-calibration-mark = Vạch: xác suất mà mô hình đoán
model-calibration-said = Mô hình đoán
model-calibration-bad = Quả thật là xấu

model-wrong-title = Những bình luận đoán sai nhất
model-wrong-about = Mô hình sai, hay người duyệt lỡ tay? Mở từng bình luận để xem lại; quyết định lại thì mô hình học lại.
model-wrong-comment = Bình luận
model-wrong-decided = Người duyệt
model-wrong-said = Mô hình đoán xấu

settings-model-lead = Mô hình học từ quyết định của toà soạn và chuyển bình luận đáng ngờ sang mục nặng hơn. Nó không tự đăng và không tự từ chối, trừ khi quản trị viên bật ở dưới. Cho phép báo nhầm nhiều hơn thì tìm được nhiều bình luận xấu hơn.
settings-model-look-label = Nhiều nhất bao nhiêu phần trăm bình luận ổn bị chuyển vào “{ $lane }”
settings-model-look-hint = Từ 0 đến 10, nhiều nhất một chữ số thập phân. 0 là không chuyển bình luận nào. Ngưỡng được đo liên tục trên chính quyết định của toà soạn, riêng cho bình luận viết không dấu.
settings-model-bad-label = Nhiều nhất bao nhiêu phần trăm bình luận ổn bị chuyển vào “{ $lane }”
settings-model-bad-hint = Không lớn hơn số ở trên.
settings-model-now = Cài đặt đang dùng, đo trên các quyết định đã có:
settings-model-numbers = Xem mô hình đoán đúng đến đâu
settings-model-alarms = Cần một tỷ lệ từ 0 đến 10 phần trăm, nhiều nhất một chữ số thập phân, như 1,5.
settings-model-order = Tỷ lệ này không được lớn hơn tỷ lệ ở ô trên: mục nặng hơn phải báo nhầm ít hơn.
settings-model-alone = Để mô hình tự quyết định
settings-model-alone-lead = Khi bật, mô hình tự đăng hoặc tự từ chối những bình luận mà nó chắc nhất. Nó không đăng bình luận nào mà quy tắc thấy điều gì. Bình luận khẩn, bị báo cáo, dưới bài tiền kiểm, trên báo có bộ kiểm tra bên ngoài, hoặc do CMS và Akismet đưa đến vẫn chờ người. Mọi quyết định của mô hình đều nằm trong Nhật ký và hoàn tác được; mô hình không học từ chính mình. Nếu sai nhiều hơn 1% thì mô hình tự dừng.
settings-model-approves = Mô hình tự đăng bình luận ở mục “Có vẻ ổn”
settings-model-settles = Mô hình tự từ chối bình luận ở mục “Nhiều khả năng xấu”, hoặc xếp vào rác
settings-model-on = đang bật
settings-model-off = đang tắt
settings-model-shown-label = Cứ bao nhiêu bình luận như thế thì một bình luận vẫn chờ người
settings-model-shown-hint = Từ 2 đến 100. Quyết định của người trên các mẫu này cho biết mô hình còn đúng hay không: số càng nhỏ càng sớm biết.
settings-model-shown-wrong = Cần một số nguyên từ { $min } đến { $max }.
settings-model-admins = Chỉ quản trị viên đổi được những gì mô hình tự quyết định.
settings-model-admins-only = Chỉ quản trị viên bật hay tắt được.
settings-model-learns-again = Chưa bật được: chương trình vừa được nâng cấp, mô hình đang học lại mọi quyết định. Vài phút nữa hãy thử lại.
settings-model-too-few = Chưa bật được: cần ít nhất { $fewest } quyết định của người trên những bình luận như thế để biết mô hình sai bao nhiêu.
settings-model-too-wrong = Chưa bật được: trên các quyết định đã có, mô hình sai nhiều hơn 1%.
model-setting-change = Đổi mức báo nhầm
settings-model-choices = Mỗi mức sẽ giữ lại và tìm được bao nhiêu ở mục “Cần xem” hoặc nặng hơn, tính trên các quyết định đã có:
settings-model-allowed = Cho báo nhầm
settings-model-held = Bình luận ổn bị chuyển
settings-model-found = Bình luận xấu tìm được

# Thứ tự của hàng chờ.
queue-order = Xếp theo
queue-order-oldest = Chờ lâu nhất trước
queue-order-risk = Nguy cơ cao nhất trước
queue-order-risk-about = Bình luận mà mô hình cho là dễ bị từ chối nhất đứng đầu, theo mô hình lúc bình luận gửi đến hoặc được sửa. Bình luận vừa gửi đến đứng cuối trong khoảng một giây.
