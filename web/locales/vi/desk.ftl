# Khung trang của người duyệt

desk-ways = Các trang
place-queue = Hàng chờ

# Thẻ bình luận

queue-pick = Chọn bình luận của { $name }
queue-held = { $name } đang xem
queue-article-closed = bài đã đóng bình luận
note-add = Ghi chú
note-all = Ghi chú của đồng nghiệp
note-text = Ghi chú cho đồng nghiệp (bạn đọc không thấy)
note-submit = Lưu ghi chú
note-by = — { $name }, { $when }
note-saved = Đã lưu ghi chú.

# Làm việc với hàng chờ

queue-batch = Các bình luận đã chọn
queue-none-picked = Chưa chọn bình luận nào. Hãy đánh dấu ô ở đầu thẻ.
queue-none-picked-keys = Chưa chọn bình luận nào. Hãy đánh dấu ô ở đầu thẻ, hoặc nhấn x.
queue-new = { $count ->
   *[other] { $count } bình luận mới. Hiện
}
queue-much = Có nhiều thay đổi. Tải lại danh sách
queue-failed = Chưa ghi được vì mất kết nối hoặc máy chủ đang bận. Bình luận đã trở lại chỗ cũ; hãy thử lại.
queue-undo-failed = Chưa hoàn tác được vì mất kết nối hoặc máy chủ đang bận. Quyết định vẫn giữ nguyên; hãy thử lại.
queue-undo-unknown = Mất kết nối: chưa biết đã hoàn tác được hay chưa. Hãy thử lại khi có kết nối.
queue-note-failed = Chưa ghi được ghi chú vì mất kết nối hoặc máy chủ đang bận. Những gì bạn gõ vẫn còn; hãy thử lại.
queue-note-refused = Ghi chú chưa có chữ nào, hoặc dài quá 2.000 ký tự, nên chưa được ghi.
queue-not-shown = Chưa tải được bình luận mới. Hãy thử lại khi có kết nối.
queue-gone = Chưa có gì được ghi: bình luận này không còn ở đây, hoặc không thuộc phần việc của bạn nữa.
queue-signed-out = Phiên làm việc đã hết. Hãy đăng nhập lại; chưa có gì được ghi.
queue-unknown = Mất kết nối: chưa biết quyết định đã được ghi hay chưa. Bình luận đã trở lại chỗ cũ; có kết nối lại, trang sẽ tự kiểm tra.
queue-recorded = Quyết định đã được ghi, dù câu trả lời của máy chủ không đến nơi.
queue-slow = Máy chủ chưa trả lời sau 15 giây, nên quyết định có thể chưa được ghi. Hãy giữ trang mở; trang vẫn đang đợi.
queue-cannot = Không quyết định như thế được với bình luận này.
queue-over = Phiên làm việc đã hết. Hãy đăng nhập lại để tiếp tục.
queue-outdated = Trình duyệt này đã đăng nhập lại sau khi trang được mở, nên chưa có gì được ghi. Hãy tải lại trang; ghi chú đang viết vẫn còn.
queue-load-anew = Tải lại trang
queue-coming = Đang tải những bình luận tiếp theo…
queue-not-come = Chưa tải được những bình luận tiếp theo. Hãy thử lại.
queue-load-next = Thử lại
queue-notice-no-such-comment = Không thấy bình luận này: có thể nó đã bị xoá hẳn, hoặc không thuộc phần việc của bạn. Dưới đây là hàng chờ.
queue-undo-none = Không có quyết định nào để hoàn tác.
queue-undo-waits = Quyết định đang được ghi; ghi xong sẽ hoàn tác ngay.
queue-more = Xem hết
queue-less = Thu gọn
queue-only-article = Chỉ bài này
queue-only-author = Chỉ người này
queue-network = Gửi từ mạng { $network }
queue-ban-network = Cấm mạng này
queue-live-off = Mất kết nối: danh sách không tự cập nhật.
queue-notice-lost = { $count ->
   *[other] { $count } bình luận đã được người khác quyết định trước.
}
queue-cancel = Thôi
queue-close = Đóng
queue-keys = Phím tắt
queue-keys-on = Dùng phím tắt một phím
key-move = bình luận sau, bình luận trước
key-approve = duyệt
key-reject = từ chối, chọn lý do
key-spam = cho vào rác
key-undo = hoàn tác quyết định gần nhất
key-pick = chọn, bỏ chọn
key-approve-picked = duyệt tất cả đã chọn
key-reject-picked = từ chối tất cả đã chọn
key-spam-picked = cho tất cả đã chọn vào rác
key-open = mở bài báo
key-expand = mở rộng, thu gọn
key-note = ghi chú
key-search = tìm kiếm
key-help = bảng phím này

# Tìm và lọc trên trang

narrow-q = Tìm
narrow-q-hint = nội dung, họ tên, email; không cần dấu
narrow-submit = Tìm
narrow-more = Lọc
narrow-site = Báo
narrow-section = Chuyên mục
narrow-article = Bài
narrow-category = Loại dấu hiệu
narrow-rule = Quy tắc
narrow-no-rule = Không có quy tắc nào tên như vậy.
narrow-see-rules = Xem các quy tắc
narrow-author = Người gửi
narrow-alike = Các bình luận gần giống nhau
narrow-any = (tất cả)
narrow-by = Đang lọc theo
narrow-drop = Bỏ
narrow-counts = Số ở các mục là của cả hàng chờ, không theo điều kiện lọc.
queue-empty-narrowed = Mục này không có bình luận nào khớp.
queue-empty-everywhere = Các mục khác cũng không có. Hãy bỏ bớt điều kiện hoặc tìm bằng từ khác.
queue-elsewhere = Có bình luận khớp ở mục khác:

# Nhiều bình luận gần giống nhau, và lịch sử người gửi

queue-alike = { $count } bình luận gần giống nhau, từ { $authors } email và { $addresses } mạng.
queue-alike-more = Hơn { $count } bình luận gần giống nhau, từ { $authors } email và { $addresses } mạng.
queue-alike-others = { $count } bình luận gần giống nữa, nhưng quy tắc thấy điều khác trong đó: chúng được quyết định riêng.
queue-alike-open = Xem từng bình luận
queue-alike-all = Nút dưới đây quyết định cho tất cả.
queue-history = Người gửi này đã gửi { $sent }{ $more } bình luận khác: { $approved } đã đăng, { $rejected } không đăng, { $spam } rác.
queue-history-last = Lần trước: { $when }.
queue-history-none = Lần đầu thấy email này.
queue-author = Xem người gửi
