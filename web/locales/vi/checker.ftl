# Bộ kiểm tra ngoài: chương trình của toà soạn được hỏi về từng bình luận

checker-itself = Bộ kiểm tra ngoài
checker-waiting = Chưa có kết quả của bộ kiểm tra ngoài
checker-absent = Không có kết quả của bộ kiểm tra ngoài
checker-said = Bộ kiểm tra ngoài: { $label }

history-comment-checked = đã trả lời về bình luận
history-comment-unchecked = không trả lời về bình luận

check-label = Nhãn cần 1 đến 40 ký tự a-z 0-9 . _ -, khác waiting và absent.
check-category = Bộ kiểm tra không cấm được ai. Hãy chọn nhóm khác.
check-weight = Trọng số là số từ 0 đến 4.
check-place = start và end phải đi cùng nhau, nằm trong bình luận, và start nhỏ hơn end.
check-message = Lời nhắn là một dòng, nhiều nhất 200 ký tự.

settings-checker = Bộ kiểm tra ngoài
settings-checker-lead = Một chương trình của toà soạn, được hỏi về từng bình luận chờ duyệt. Câu trả lời là thêm lý do cho người duyệt; nó không tự đăng hay từ chối bình luận nào.
settings-checker-url-label = Địa chỉ của chương trình
settings-checker-url-hint = Như https://kiem-tra.bao.example/duyet. Bỏ trống nếu không dùng. Tên và nội dung bình luận được gửi đến đây, không gửi email; mỗi lần gọi được ký bằng khoá bí mật của trang báo.
settings-checker-deadline-label = Chờ trả lời bao lâu (mili giây)
settings-checker-deadline-hint = Bạn đọc không phải chờ. Khi chưa có trả lời, bình luận nằm ở nhóm “Cần xem”, có ghi rõ điều đó.
settings-checker-deadline-wrong = Cần một số từ { $min } đến { $max }.
