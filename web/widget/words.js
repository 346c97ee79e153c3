// What the widget says, in Vietnamese and in English; `{}` is what it speaks of. What is wrong with a field, and why a comment was
// not published, the server says, in the language that it is asked in. A table whose like lines stand together packs best.

const WORDS = {};

for (const line of `
unlawful|Trái pháp luật|Unlawful
insulting|Xúc phạm người khác|Insulting
pending|Đang chờ duyệt|Waiting for review
advertising|Quảng cáo|Advertising
hide|Ẩn|Hide
nameHint|Hiện cùng ý kiến của bạn.|Shown with your comment.
rejected|Không được đăng|Not published
body|Ý kiến của bạn|Your comment
cancel|Thôi|Cancel
bodyHint|Toà soạn duyệt trước khi đăng. Xin viết có dấu.|The newsroom reads it before it is published.
reported|Cảm ơn bạn. Toà soạn sẽ xem lại.|Thank you. The newsroom will look at it.
approvedSent|Cảm ơn bạn. Ý kiến đã được đăng.|Thank you. Your comment is published.
sending|Đang gửi…|Sending…
send|Gửi ý kiến|Send comment
working|Đang chuẩn bị gửi, bạn cứ viết tiếp.|Getting ready; you can go on writing.
report|Báo vi phạm|Report
meant|Bạn định ghi {} phải không?|Did you mean {}?
pendingSent|Cảm ơn bạn. Ý kiến đang chờ toà soạn duyệt.|Thank you. Your comment waits for the newsroom.
save|Gửi bản đã sửa|Send changes
reason|Lý do: {}|Reason: {}
other|Lý do khác|Another reason
reportSend|Gửi cho toà soạn|Send to the newsroom
untrue|Sai sự thật|Untrue
newsroom|Toà soạn|Newsroom
tell|Gửi thư cho tôi khi toà soạn quyết định|Mail me when the newsroom decides
retry|Thử lại|Try again
reportWhy|Ý kiến này có gì không ổn?|What is wrong with it?
failed|Chưa được. Xin thử lại sau ít phút.|That did not work. Try again in a while.
replyTo|Trả lời {}|Reply to {}
missing|Bạn chưa điền ô này.|This is needed.
withdrawHint|Rút rồi thì không hoàn lại được.|This cannot be undone.
reply|Trả lời|Reply
edited|đã sửa|edited
withdraw|Rút lại|Withdraw
edit|Sửa|Edit
withdrawn|Đã rút lại.|Withdrawn.
editHint|Sửa được đến {}. Sửa rồi sẽ chờ duyệt lại.|Can be edited until {}. It then waits for review again.
email|Email|Email
emailHint|Chỉ toà soạn thấy.|Only the newsroom sees it.
alone|Gửi thành ý kiến mới|Send as a new comment
choose|Chọn một lý do|Choose a reason
remember|Nhớ họ tên và email trên máy này|Remember name and email on this device
name|Họ tên|Name
pendingHint|Chỉ bạn thấy, trên máy này.|Only you see it, on this device.
stopped|Chưa chắc đã gửi được. Bạn hãy bấm gửi; cùng một ý kiến thì không bị trùng.|It may not have been sent. Send it: the same comment is not taken twice.
gone|Ý kiến đó không còn ở đây.|That comment is no longer here.
loading|Đang tải ý kiến…|Loading comments…
closed|Bài này không nhận thêm ý kiến.|This article takes no more comments.
empty|Chưa có ý kiến nào được đăng.|No comments have been published yet.
approved|Đã đăng|Published
amiss|Ở đây chưa xem được ý kiến.|Comments are not available here.
moreReplies|Xem thêm trả lời ({})|Show more replies ({})
more|Xem thêm|Show more
added|Đã thêm {} ý kiến.|{} comments added.
all|Xem tất cả ý kiến|Show all comments
reportNote|Nói thêm, nếu cần|More, if needed
personal_data|Lộ thông tin riêng tư|Personal data
answers|trả lời {}|in reply to {}
replies|Nhiều trả lời|Most replied
busy|Chưa gửi được vì máy chủ đang bận. Ý kiến còn ở đây và sẽ tự gửi lại.|The server is busy. Your comment is kept and will be sent by itself.
oldest|Cũ nhất|Oldest
newest|Mới nhất|Newest
left|Còn {} ký tự.|{} characters left.
over|Dài quá {} ký tự.|{} characters too long.
waiting|Chưa gửi được vì mất kết nối. Ý kiến còn ở đây và sẽ tự gửi lại.|No connection. Your comment is kept and will be sent by itself.
order|Sắp xếp|Order
heading|Ý kiến bạn đọc|Readers’ comments
`.split('\n')) {
  const [name, ...both] = line.split('|');
  WORDS[name] = both;
}

/** The language among ours that a page is in; none where it is another. */
export const langOf = (lang) => ['vi', 'en'].find((ours) => ours === String(lang).slice(0, 2).toLowerCase());

/** Puts things into that language. */
export const wordsOf = (lang) => (name, of) => WORDS[name][+(lang === 'en')].replace('{}', () => of);
