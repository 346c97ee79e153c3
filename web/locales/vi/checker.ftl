# Bộ kiểm tra ngoài: chương trình của toà soạn được hỏi về từng bình luận

checker-itself = Bộ kiểm tra ngoài
checker-waiting = Chưa có kết quả của bộ kiểm tra ngoài
checker-absent = Không có kết quả của bộ kiểm tra ngoài
checker-said = Bộ kiểm tra ngoài: { $label }

history-comment-checked = đã nêu: { $labels }; bình luận xếp vào “{ $lane }”
history-site_secret-checker = đã đổi khoá bí mật của bộ kiểm tra ngoài; khoá cũ còn dùng được đến { $when }
history-site_secret-checker-first = đã cấp khoá bí mật đầu tiên cho bộ kiểm tra ngoài

check-label = Nhãn cần 1 đến 40 ký tự a-z 0-9 . _ -, khác waiting và absent.
check-weight = Trọng số là số từ 0 đến 4.
check-place = start và end phải đi cùng nhau, nằm trong bình luận, và start nhỏ hơn end.
check-message = Lời nhắn là một dòng, nhiều nhất 200 ký tự.

settings-checker = Bộ kiểm tra ngoài
settings-checker-lead = Một chương trình của toà soạn, được hỏi về từng bình luận chờ duyệt. Câu trả lời là thêm lý do cho người duyệt; nó không tự đăng hay từ chối bình luận nào.
settings-checker-url-label = Địa chỉ của chương trình
settings-checker-url-hint = Như https://kiem-tra.bao.example/duyet. Bỏ trống nếu không dùng. Tên và nội dung bình luận được gửi đến đây, không gửi email; mỗi câu hỏi được ký bằng khoá riêng của bộ kiểm tra, lấy ở cuối trang này sau khi lưu.
settings-checker-deadline-label = Chờ trả lời bao lâu (mili giây)
settings-checker-deadline-hint = Bạn đọc không phải chờ. Khi chưa có trả lời, bình luận nằm ở mục “Cần xem”, có ghi rõ điều đó.
settings-checker-deadline-wrong = Cần một số từ { $min } đến { $max }.
settings-checker-none = Chưa hỏi chương trình nào.
settings-checker-admins = Chỉ quản trị viên mới đổi được bộ kiểm tra, vì tên và nội dung bình luận được gửi đến đó.

settings-secret-checker = Khoá bí mật của bộ kiểm tra ngoài
settings-secret-checker-lead = Duyệt ký câu hỏi bằng khoá này, và bộ kiểm tra ký câu trả lời gửi sau. Khoá này không dùng được thay cho CMS. Khi cấp khoá mới, cả hai khoá cùng ký trong 24 giờ.
settings-secret-checker-renew = Cấp khoá mới
