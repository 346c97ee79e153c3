# Trang “Quy tắc”: các gói, từ riêng của báo, thử từ mới trên bình luận cũ

place-rules = Quy tắc
rules-title = Quy tắc
rules-lead = Quy tắc chỉ ra điều cần chú ý trong bình luận; đăng hay không vẫn do người duyệt. Mỗi quy tắc kèm ví dụ mà nó phải thấy và phải bỏ qua.
rules-tabs = Quy tắc và từ của báo
rules-packs = Các gói quy tắc
rules-own = Từ riêng của báo
rules-find = Tìm
rules-find-hint = Tên, mã, từ hoặc ví dụ; không cần dấu.
rules-pack = Gói
rules-category = Loại
rules-any = Tất cả
rules-show = Xem
rules-count = { $count } quy tắc
rules-open-pack = Xem cả gói, kèm ví dụ
rules-none = Không có quy tắc nào khớp.
rules-none-detail = Hãy bớt điều kiện hoặc tìm bằng từ khác.
rule-weight = điểm { $weight }
rule-reads = Đọc: { $parts }
rule-settles-reject = Tự từ chối (người duyệt xem lại được)
rule-settles-spam = Tự chuyển vào rác (người duyệt xem lại được)
rule-settles-hold = Luôn để người xem
rule-alone-likely_fine = Chỉ cộng thêm điểm
rule-alone-look = Đủ để đưa vào “Cần xem”
rule-alone-likely_bad = Đủ để đưa vào “Nhiều khả năng xấu”
rule-words = Từ và cụm từ ({ $count })
rule-pattern = Mẫu
rule-feature = Đo
rule-feature-from = { $name }, từ { $number } trở lên
rule-others = Dựa trên quy tắc khác
rule-toneless-never = Chỉ tính khi viết đủ dấu.
rule-toneless-neighbours = Viết không dấu cũng tính, nếu các từ bên cạnh cho thấy đúng là từ này.
rule-toneless-always = Viết không dấu cũng tính.
rule-company = Còn tuỳ các từ đứng cạnh.
rule-view = Đọc văn bản ở dạng: { $view }
view-raw = như đã gõ
view-toned = chuẩn hoá, còn dấu
view-toneless = bỏ dấu
view-hidden = ghép lại chữ bị tách hoặc thay bằng ký hiệu
view-context = những gì biết quanh bình luận
rule-hits = Phải thấy ({ $count })
rule-misses = Phải bỏ qua ({ $count })
rule-more = Nội dung và ví dụ

# Trang của một quy tắc

rule-seen = Thấy trong { $number } bình luận của { $days } ngày qua.
rule-seen-more = Thấy trong hơn { $number } bình luận của { $days } ngày qua.
rule-in-queue = Xem trong hàng chờ
rule-deeds = Bình luận do quy tắc này tự quyết định
rule-deeds-lead = Chỉ tính { $days } ngày qua, và những bình luận mà từ đó chưa ai xem lại.
rule-deeds-days = Khoảng thời gian
rule-days = { $days } ngày
rule-deeds-none = Không có bình luận nào.
rule-deeds-none-detail = Quy tắc này không tự quyết định bình luận nào trong thời gian ấy, hoặc người duyệt đã xem lại hết.
rule-undo = Đưa các bình luận này trở lại hàng chờ
rule-undo-hint = Nhiều nhất 500 bình luận một lần. Bình luận đã có người quyết định thì giữ nguyên.
rule-undone = { $count ->
   *[other] Đã đưa { $count } bình luận trở lại hàng chờ.
}
rule-undone-more = Vẫn còn nữa: hãy bấm lần nữa.
rule-undone-nothing = Không có gì để đưa trở lại.
rule-editors = Chỉ biên tập viên mới đưa trở lại hàng loạt được.
rule-next = Trang sau
rule-first = Về đầu danh sách
rule-back = Về các quy tắc
rule-bans = Xem các lệnh cấm
rule-gone = Quy tắc này không còn trong bộ quy tắc đang dùng.

# Từ riêng của báo

words-title = Từ riêng của báo
words-lead = Từ mới là bản nháp: chưa giữ bình luận nào. Hãy thử nó trên bình luận cũ, rồi mới cho dùng.
words-add = Thêm từ
words-word = Từ hoặc cụm từ
words-word-hint = Tối đa 100 ký tự. Chữ hoa, vị trí dấu và ký tự ngăn cách không quan trọng.
words-kind = Tác dụng
word-kind-hold = Giữ bình luận có từ này
word-kind-allow = Cho phép: bỏ qua những gì thấy bên trong
words-category = Loại (khi giữ)
words-weight = Điểm (khi giữ)
words-weight-hint = Từ 1 điểm: cần xem. Từ 3 điểm: nhiều khả năng xấu.
words-note = Ghi chú cho đồng nghiệp
words-submit = Thêm bản nháp
words-wrong = Chưa thêm được. Hãy sửa chỗ được đánh dấu.
words-added = Đã thêm bản nháp. Hãy thử trước khi dùng.
words-removed = Đã xoá từ.
words-made-live = Từ đã được dùng cho bình luận mới.
words-made-draft = Từ đã về lại bản nháp, không còn được dùng.
words-drafts = Bản nháp
words-live = Đang dùng
words-no-drafts = Chưa có bản nháp nào.
words-no-live = Chưa có từ nào đang dùng.
words-made = { $name } thêm { $when }
words-delete = Xoá
words-delete-one = Xoá “{ $word }”
words-use = Cho dùng
words-use-one = Cho dùng “{ $word }”
words-rest = Về bản nháp
words-rest-one = Về bản nháp: “{ $word }”
words-untried = Chưa thử bản nháp này.
words-tried = Thử trên { $days } ngày: có trong { $seen } bình luận, giữ thêm { $held }, trong đó { $clean } bình luận người duyệt đã cho đăng.
words-tried-open = Xem lần thử
words-editors = Chỉ biên tập viên của cả trang báo mới thêm, thử, cho dùng và xoá từ được.

# Thử bản nháp

backtests-title = Thử bản nháp trên bình luận cũ
backtests-days = Bình luận của
backtests-start = Bắt đầu thử
backtests-hint = Chạy ngầm, không ảnh hưởng đến việc nhận và duyệt bình luận.
backtests-latest = Các lần thử gần đây
backtest-title = Thử bản nháp
backtest-line = { $name } bắt đầu { $when }, trên bình luận của { $days } ngày
backtest-words = Từ được thử
backtest-state-waiting = Sắp chạy
backtest-state-running = Đang chạy
backtest-state-done = Xong
backtest-state-cancelled = Đã dừng
backtest-state-failed = Hỏng
backtest-progress = Tiến độ thử
backtest-so-far = Đã thử { $done } trên { $total } bình luận.
backtest-counting = Đang đếm bình luận…
backtest-reload = Trang tự cập nhật; nếu không, hãy tải lại trang.
backtest-again = Tải lại
backtest-cancel = Dừng
backtest-cancelled = Lần thử đã bị dừng; đây là những gì thấy được đến lúc đó.
backtest-failed = Lần thử dừng vì lỗi của hệ thống. Hãy bắt đầu lại; nếu vẫn hỏng, hãy báo người quản trị.
backtest-result = Nếu dùng các từ này
backtest-alone = Chỉ tính nội dung từng bình luận; không tính việc gửi dồn dập, lặp lại hay lệnh cấm, nên chỗ “trước” có thể khác nơi bình luận đang nằm.
backtest-tried = Số bình luận đã thử
backtest-held = Bị giữ thêm
backtest-clean = Trong đó người duyệt đã cho đăng
backtest-freed = Không còn bị giữ
backtest-collisions = Trùng với từ thường gặp
collision-toneless = “{ $word }” không dấu là từ thường gặp: { $number } bình luận sạch sẽ bị giữ.
collision-common = “{ $word }” là từ thường gặp: { $number } bình luận sạch sẽ bị giữ.
collision-forms = Viết là: { $forms }
collision-advice = Hãy thử một cụm từ dài hơn, hoặc ít điểm hơn. Bạn vẫn có thể cho dùng.
backtest-by-word = Theo từng từ
backtest-word = Từ
backtest-word-seen = Có trong
backtest-word-held = Giữ thêm
backtest-word-clean = Đã cho đăng
backtest-shifts = Thay đổi, trước và sau
backtest-shift = { $before } → { $after }: { $number }
backtest-statuses = Hiện ở: { $list }
backtest-samples = Xem { $count } bình luận làm mẫu
backtest-nothing-changes = Không bình luận nào đổi chỗ.
backtest-nothing-changes-detail = Các từ này không có trong bình luận nào của thời gian đó, hoặc điểm chưa đủ để đổi chỗ.
backtest-before = Trước
backtest-after = Sau
backtest-edited = Bình luận đã được sửa sau lần thử, nên không đánh dấu chỗ.
backtest-back = Về các từ của báo
outcome-likely_fine = Có vẻ ổn
outcome-look = Cần xem
outcome-likely_bad = Nhiều khả năng xấu
outcome-rejected = Tự từ chối
outcome-spam = Tự vào rác

# Khi điền chưa đúng

backtest-days = Hãy chọn 7, 30 hoặc 90 ngày.
backtest-running = Đang có một lần thử chưa xong. Hãy đợi, hoặc dừng nó trước.
backtest-nothing = Không có bản nháp nào để thử. Hãy thêm từ trước.
backtest-many = Mỗi lần thử nhiều nhất { $max } bản nháp. Hãy chọn bớt.
days-range = Số ngày phải từ 1 đến { $max }.
