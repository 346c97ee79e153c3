# What is wrong with a field: what happened, then what to do.

name-required = Bạn chưa ghi họ tên. Hãy ghi tên bạn muốn hiện dưới ý kiến.
name-too-long = Họ tên quá dài. Hãy viết gọn trong { $max } ký tự.
name-control = Họ tên có ký tự điều khiển hoặc xuống dòng. Hãy gõ lại trên một dòng.
name-bidi = Họ tên có ký tự đổi chiều chữ. Hãy xoá đi và gõ lại bằng tay.
name-invisible = Họ tên có ký tự không nhìn thấy được. Hãy xoá đi và gõ lại bằng tay.
name-emoji = Họ tên có biểu tượng cảm xúc hoặc ký hiệu ghép từ ký tự ẩn. Hãy bỏ đi và chỉ ghi tên.
name-broken = Họ tên có ký tự bị hỏng (�). Hãy gõ lại tên.
name-markup = Họ tên có dấu < hoặc >. Hãy chỉ ghi tên.
name-link = Họ tên có địa chỉ trang web hoặc email. Hãy chỉ ghi tên.
name-phone = Họ tên có số điện thoại. Hãy chỉ ghi tên.
name-no-letter = Họ tên không có chữ cái nào. Hãy ghi tên bằng chữ.
name-marks = Họ tên có quá nhiều dấu chồng lên một chữ, hoặc có dấu đứng lẻ. Hãy gõ lại tên như thường viết.

email-required = Bạn chưa ghi email. Hãy ghi email để toà soạn liên hệ khi cần; email không hiện trên trang.
email-too-long = Email quá dài. Hãy ghi một địa chỉ trong { $max } ký tự.
email-invalid = Email chưa đúng dạng. Hãy ghi như lan@example.vn.
email-local-too-long = Phần trước dấu @ quá dài. Hãy ghi một địa chỉ mà phần này không quá { $max } ký tự.
email-dots = Phần trước dấu @ có dấu chấm ở đầu, ở cuối hoặc hai dấu chấm liền nhau. Hãy bỏ dấu chấm thừa.
email-unicode = Phần trước dấu @ có chữ có dấu hoặc chữ của hệ chữ khác. Hãy gõ lại bằng chữ không dấu, đúng như địa chỉ bạn đã đăng ký.
email-control = Email có ký tự điều khiển hoặc xuống dòng. Hãy gõ lại trên một dòng.
email-domain = Phần sau dấu @ không phải là một tên miền nhận được thư. Hãy xem lại, ví dụ gmail.com.

body-required = Bạn chưa viết ý kiến. Hãy viết vài lời rồi gửi.
body-too-long = Ý kiến dài { $length } ký tự, nhiều hơn mức { $max }. Hãy rút ngắn hoặc gửi thành nhiều ý kiến.
body-control = Ý kiến có ký tự điều khiển. Hãy chép qua một trình soạn văn bản thường rồi gửi lại.

consent-required = Bạn chưa đánh dấu đồng ý. Hãy đọc nội dung cạnh ô này, đánh dấu nếu bạn đồng ý, rồi gửi lại.
consent-changed = Nội dung cần đồng ý đã thay đổi từ khi bạn mở trang. Hãy đọc lại, đánh dấu nếu bạn đồng ý, rồi gửi lại.

challenge-missing = Đang có nhiều ý kiến gửi đến nên trình duyệt cần làm một phép tính nhỏ trước. Hãy lấy đề bài ở /challenge của trang này, giải rồi gửi lại kèm lời giải.
challenge-wrong = Lời giải của phép tính sai, hoặc đề bài không phải cấp cho trang này. Hãy lấy đề bài mới ở /challenge của trang này, giải rồi gửi lại.
challenge-expired = Đề bài của phép tính đã hết hạn. Hãy lấy đề bài mới ở /challenge của trang này, giải rồi gửi lại.
challenge-spent = Lời giải này đã dùng cho một ý kiến khác. Hãy lấy đề bài mới ở /challenge của trang này, giải rồi gửi lại.

article-required = Thiếu địa chỉ bài báo, nên chưa rõ ý kiến này viết cho bài nào. Hãy dán địa chỉ của bài, hoặc mở lại bài và gửi từ đó.
article-invalid = Địa chỉ bài báo không đọc được. Hãy dán trọn địa chỉ của bài, bắt đầu bằng https://, hoặc mở lại bài và gửi từ đó.
article-foreign = Địa chỉ này không thuộc trang báo. Hãy dán địa chỉ của một bài trên trang của báo, hoặc mở bài ở đó và gửi.
article-title = Tựa bài dài quá { $max } chữ cái. Hãy gửi tựa ngắn hơn.
parent-invalid = Không đọc được bạn đang trả lời ý kiến nào. Hãy mở lại bài và bấm trả lời lần nữa.
parent-unknown = Ý kiến bạn trả lời không còn trên trang. Hãy mở lại bài, hoặc gửi thành ý kiến mới.

field-meant = Bạn định ghi { $suggestion } phải không?
field-unknown = Không có trường “{ $field }”. Hãy bỏ trường này.
field-type = Trường “{ $field }” sai kiểu dữ liệu. Hãy xem tài liệu ở /docs.
field-range = Trường “{ $field }” nhận một số nguyên từ { $min } đến { $max }.
field-word = “{ $word }” không dùng được ở trường “{ $field }”. Các giá trị dùng được: { $known }.
field-time = Thời điểm ở trường “{ $field }” không đọc được. Hãy ghi theo RFC 3339, có cả múi giờ, như 2026-11-29T17:00:00+07:00.
field-missing = Thiếu trường “{ $field }”. Hãy thêm vào.
key-mismatch = Idempotency-Key này đã dùng cho một nội dung khác. Hãy tạo khoá mới cho mỗi lần gửi mới.
key-invalid = Idempotency-Key phải có từ 1 đến 255 ký tự ASCII in được. Hãy dùng một UUID.

# Problems as a whole: a title and a sentence or two.

problem-invalid-fields = Có chỗ cần sửa
problem-invalid-fields-detail = Nội dung vừa gửi chưa được ghi nhận. Hãy xem từng chỗ được nêu, sửa rồi gửi lại.
problem-json-object = Cần một đối tượng JSON
problem-json-object-detail = Nội dung gửi lên là JSON nhưng không phải là một đối tượng, nên chưa có gì được ghi nhận. Hãy gửi một đối tượng trong dấu ngoặc nhọn với các trường nêu ở /docs.
problem-malformed-json = JSON không đọc được
problem-malformed-json-detail = Nội dung gửi lên không phải là JSON đúng cú pháp. Hãy kiểm tra dấu ngoặc và dấu nháy, bảng mã UTF-8.
problem-malformed-request = Yêu cầu không đọc được
problem-malformed-request-detail = Nội dung gửi lên không đúng cách của HTTP, hoặc bị cắt giữa chừng, nên chưa có gì được thực hiện. Hãy xem lại chương trình gửi rồi gửi lại.
problem-malformed-form = Biểu mẫu không đọc được
problem-malformed-form-detail = Nội dung gửi lên không phải là multipart/form-data đúng cách, hoặc bị cắt giữa chừng, nên chưa có gì được ghi lại. Hãy quay lại trang trước và gửi lại.
problem-unsupported-media-type = Kiểu nội dung không hỗ trợ
problem-unsupported-media-type-detail = Hãy gửi application/json, application/x-www-form-urlencoded hoặc, ở nơi nhận ý kiến, multipart/form-data.
problem-content-coding = Kiểu nén này không hỗ trợ
problem-content-coding-detail = Nội dung gửi lên đã được nén (Content-Encoding) nên không được đọc. Hãy gửi lại không nén.
problem-too-large = Nội dung quá lớn
problem-too-large-detail = Nội dung gửi lên lớn hơn mức cho phép. Hãy rút ngắn rồi gửi lại.
problem-timeout = Gửi lên quá chậm
problem-timeout-detail = Nội dung chưa đến đủ trong thời gian cho phép. Hãy kiểm tra đường truyền rồi gửi lại.
problem-not-found = Không tìm thấy
problem-not-found-detail = Không có gì ở địa chỉ này. Hãy kiểm tra lại đường dẫn.
problem-site-unknown = Không có trang báo này
problem-site-unknown-detail = Mã trang trong địa chỉ chưa được đăng ký ở đây. Hãy kiểm tra lại mã.
problem-article-closed = Bài đã đóng bình luận
problem-article-closed-detail = Ý kiến chưa được ghi lại: toà soạn không nhận thêm ý kiến cho bài này.
problem-foreign-origin = Không nhận ý kiến từ trang này
problem-foreign-origin-detail = Ý kiến phải được gửi từ trang của báo. Hãy mở bài trên trang của báo và gửi từ đó.
problem-page-unsaid = Trình duyệt không cho biết yêu cầu đến từ trang nào
problem-page-unsaid-detail = Yêu cầu có cookie đăng nhập nhưng không có Origin hay Sec-Fetch-Site, nên chưa có gì được thực hiện: một trang khác cũng có thể gửi như vậy. Hãy làm việc này ngay trên trang kiểm duyệt; chương trình thì gửi tiêu đề Authorization: Bearer kèm mã.
problem-page-elsewhere = Yêu cầu này không được gửi từ trang kiểm duyệt
problem-page-elsewhere-detail = Một trang ở nơi khác đã khiến trình duyệt gửi yêu cầu này, nên chưa có gì được thực hiện. Hãy mở trang kiểm duyệt và làm ở đó; chương trình thì gửi tiêu đề Authorization: Bearer kèm mã.
problem-page-asks-too-much = Trang không được gửi như vậy
problem-page-asks-too-much-detail = Trang này là của báo, nhưng mã trên trang dùng một phương thức hoặc tiêu đề không dành cho trang. Hãy bỏ đi, xem /docs, hoặc gọi từ máy chủ.
problem-form-outdated = Trang đã cũ so với lần đăng nhập này
problem-form-outdated-detail = Trình duyệt này đã đăng nhập lại sau khi trang được mở, nên chưa có gì được ghi. Hãy tải lại trang rồi làm lại.
problem-unauthorised = Cần đăng nhập
problem-unauthorised-detail = Hãy đăng nhập, hoặc gửi kèm tiêu đề Authorization: Bearer với mã còn hiệu lực.
problem-forbidden = Không có quyền
problem-forbidden-detail = Tài khoản của bạn không được làm việc này. Hãy nhờ quản trị viên của báo.
problem-too-many = Quá nhiều ý kiến từ một địa chỉ mạng
problem-too-many-detail = Ý kiến chưa được ghi lại. Từ đường mạng bạn đang dùng, có thể chung với nhiều người khác, vừa có quá nhiều ý kiến được gửi tới. Hãy giữ trang này và gửi lại sau ít phút.
problem-conflict = Đã có người quyết định trước
problem-conflict-detail = Bình luận đã thay đổi từ lúc bạn mở. Hãy xem quyết định mới nhất rồi làm lại nếu cần.
problem-busy = Hệ thống đang bận
problem-busy-detail = Nội dung vừa gửi chưa được ghi nhận. Hãy giữ trang này và gửi lại sau ít giây.
problem-busy-reading = Hệ thống đang bận
problem-busy-reading-detail = Nội dung bạn yêu cầu hiện chưa đọc được. Hãy thử lại sau ít giây.
problem-internal = Có lỗi ở phía chúng tôi
problem-internal-detail = Yêu cầu chưa được thực hiện. Hãy thử lại sau ít phút; nếu vẫn lỗi, hãy báo cho toà soạn kèm mã yêu cầu.
problem-method-not-allowed = Không dùng được cách gửi này
problem-method-not-allowed-detail = Địa chỉ này không nhận phương thức vừa dùng. Hãy xem tài liệu ở /docs.
problem-receipt-invalid = Đường dẫn không còn dùng được
problem-receipt-invalid-detail = Biên nhận bị thiếu chữ hoặc đã hết hạn. Hãy mở đúng đường dẫn nhận được khi gửi ý kiến.
problem-nothing-to-undo = Không còn gì để hoàn tác
problem-nothing-to-undo-detail = Quyết định này đã được hoàn tác, hoặc bình luận đã thay đổi từ đó.
list-length = Hãy gửi từ 1 đến { $max } mục.
list-long = Hãy gửi không quá { $max } mục.
text-too-long = Hãy viết không quá { $max } chữ cái.

# Từ trong danh sách riêng của báo.

word-empty = “{ $word }” không có chữ cái hay chữ số nào. Hãy viết một từ.
word-too-long = “{ $word }” dài hơn { $max } chữ cái. Hãy chỉ viết phần từ cần thiết.
word-control = “{ $word }” có ký tự điều khiển hoặc xuống dòng. Hãy viết mỗi từ hoặc cụm từ thành một mục riêng.
word-look-around = “{ $word }” là biểu thức có điều kiện trước sau (look-around). Hãy chỉ viết từ đó: từ được so nguyên vẹn, không bao giờ khớp bên trong từ khác; từ nào cần cho qua thì thêm vào danh sách với kiểu “allow”.
word-back-reference = “{ $word }” là biểu thức có tham chiếu ngược. Hãy viết từ đó một lần: chữ kéo dài tự được đọc như một chữ.
word-pattern = “{ $word }” là biểu thức mẫu. Hãy viết từng từ hoặc cụm từ mà nó thay cho thành mục riêng: chữ hoa, dấu chấm, khoảng trắng và cách viết ngụy trang đều không ảnh hưởng.
word-known = “{ $word }” đã có trong danh sách, có thể viết hơi khác. Hãy sửa hoặc xoá mục đó.
word-weight = Trọng số của “{ $word }” phải lớn hơn 0 và không quá { $max }. Từ mức 1 sẽ có người xem ý kiến.
word-weighed = “{ $word }” là từ cho qua nên không có loại và trọng số. Hãy bỏ hai mục này.
word-ban = “{ $word }” không thể thuộc loại “ban”: đó là việc chặn người gửi ở trang Chặn. Hãy chọn loại khác.
word-many = Thêm “{ $word }” thì danh sách sẽ có hơn { $max } từ. Hãy xoá bớt trước.

# Sửa ý kiến đã gửi.

problem-edit-over = Đã hết thời gian sửa
problem-edit-over-detail = Ý kiến chỉ sửa được trong một khoảng thời gian sau khi gửi, và khoảng ấy đã qua. Ý kiến vẫn như cũ. Bạn có thể rút lại rồi gửi ý kiến mới.
problem-edit-settled = Ý kiến này không sửa được nữa
problem-edit-settled-detail = Ý kiến đã được quyết định không đăng, hoặc bạn đã rút lại. Nếu vẫn muốn nói, hãy gửi một ý kiến mới.
problem-edit-changed = Ý kiến đã thay đổi
problem-edit-changed-detail = Trong lúc bạn viết, toà soạn đã quyết định hoặc ý kiến đã được sửa ở nơi khác, nên chưa có gì được ghi. Bấm gửi lần nữa nếu vẫn muốn sửa; ý kiến khi đó chờ duyệt lại.
problem-withdraw-settled = Ý kiến này không cần rút lại
problem-withdraw-settled-detail = Ý kiến đã được quyết định không đăng, nên không có gì trên trang để rút. Bạn không phải làm gì thêm.

problem-mail-link-invalid = Đường dẫn không dùng được
problem-mail-link-invalid-detail = Đường dẫn trong thư bị thiếu chữ hoặc không do chúng tôi gửi. Hãy mở lại thư và bấm đúng đường dẫn trong đó.
