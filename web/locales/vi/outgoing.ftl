# Bỏ những gì không gửi được.

outbox-discard = Bỏ
outbox-discard-one = Bỏ: { $what }, viết { $when }
outbox-discard-lead = Không cần nữa thì bỏ: nó không được gửi cho ai nữa. Thư cho bạn đọc tự mất sau một tuần, vì thường là do gõ nhầm địa chỉ.
outbox-notice-discarded = Đã bỏ. Nó không được gửi nữa.
