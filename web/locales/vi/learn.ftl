# Mô hình học từ quyết định của người kiểm duyệt.
learn-like-rejected = Giống bình luận đã từ chối: { $share }
learn-like-spam = Giống bình luận bị xếp vào rác: { $share }
learn-likened-by = các từ nặng ký nhất, theo mô hình học từ quyết định của toà soạn
learn-likened-by-shipped = các từ nặng ký nhất, theo mô hình có sẵn trong chương trình, chưa học từ quyết định nào của toà soạn
