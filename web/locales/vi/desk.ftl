# Khung trang của người duyệt

desk-ways = Các trang
place-queue = Hàng chờ
