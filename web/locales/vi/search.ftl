# Tìm và lọc bình luận.

search-no-word = Không có chữ hay số nào để tìm. Hãy gõ ít nhất một từ trong nội dung, họ tên hoặc email.
search-too-long = Cụm từ cần tìm quá dài (tối đa { $max } từ). Hãy rút ngắn lại.
