//! Sentences for comments such as readers of a provincial paper write, in parts that fit together in
//! any combination. They hold nothing that a rule looks for: no link, no number to call, no insult,
//! no shouting. So what is measured is the ordinary comment, which is nearly every comment.

/// One part of a comment, written twelve ways.
pub type Part = [&'static str; 12];

/// A comment is one phrase of each part, in this order. Twelve to the seventh are 35 million different
/// comments of about 200 characters. No phrase needs escaping in JSON.
pub const PARTS: [Part; 7] = [
    [
        "Đọc xong bài báo sáng nay, ",
        "Là người sống ở đây đã lâu, ",
        "Cảm ơn tòa soạn đã đưa tin, ",
        "Theo dõi chuyện này từ đầu năm, ",
        "Hôm qua đi ngang khu chợ, ",
        "Nhà ở ngay đầu con hẻm nên ",
        "Nghe bà con trong xóm kể lại, ",
        "Xem mấy tấm ảnh trong bài, ",
        "Vừa họp tổ dân phố tối qua, ",
        "Sau gần một tháng chờ đợi, ",
        "Đưa con đi học mỗi sáng, ",
        "Về thăm quê cuối tuần rồi, ",
    ],
    [
        "tôi thấy mặt đường đã bớt ổ gà hơn trước. ",
        "tôi mong đèn chiếu sáng được sửa sớm hơn. ",
        "tôi mừng vì cây cầu mới sắp được thông xe. ",
        "tôi vẫn lo chuyện ngập nước khi mưa to. ",
        "tôi hiểu hơn nỗi vất vả của người trồng lúa. ",
        "tôi nghĩ trường học cần thêm cây bóng mát. ",
        "tôi thấy nhà máy nước đã cải thiện rõ rệt. ",
        "tôi nhận ra bến xe mới sạch và trật tự hơn. ",
        "tôi thấy rác ven kênh vẫn chưa ai thu gom. ",
        "tôi tin giá lúa năm nay sẽ khá hơn năm ngoái. ",
        "tôi thấy trạm y tế phường phục vụ chu đáo. ",
        "tôi ngạc nhiên vì công viên đã xong sớm vậy. ",
    ],
    [
        "Tuy nhiên, ",
        "Dù vậy, ",
        "Bên cạnh đó, ",
        "Mặt khác, ",
        "Thật lòng mà nói, ",
        "Theo ý tôi, ",
        "Nhìn chung, ",
        "Chỉ có điều, ",
        "Ngoài ra, ",
        "Cũng phải nói thêm, ",
        "Còn về lâu dài, ",
        "Nhân đây, ",
    ],
    [
        "việc thông báo cho người dân còn khá chậm. ",
        "giờ làm việc của phòng tiếp dân chưa hợp lý. ",
        "nhiều hộ nghèo vẫn chưa được vay vốn ưu đãi. ",
        "xe tải nặng vẫn chạy qua lúc học sinh tan học. ",
        "kinh phí sửa chữa nên được công khai rõ ràng. ",
        "tiếng ồn ban đêm làm người già khó ngủ lắm. ",
        "bảng chỉ dẫn ở ngã ba rất khó nhìn khi trời tối. ",
        "hàng quán lấn vỉa hè khiến người đi bộ vất vả. ",
        "nước giếng ở mấy ấp phía trong còn nhiễm phèn. ",
        "thanh niên trong xã thiếu chỗ chơi thể thao. ",
        "đoạn dốc gần trường mẫu giáo vẫn rất nguy hiểm. ",
        "thương lái ép giá khi vào vụ thu hoạch rộ. ",
    ],
    [
        "Đề nghị phường kiểm tra lại ",
        "Mong lãnh đạo tỉnh quan tâm ",
        "Kính mong báo tiếp tục theo dõi ",
        "Xin ngành chức năng xem xét sớm ",
        "Nên mời bà con góp ý thêm ",
        "Cần có lịch làm việc cụ thể ",
        "Rất mong được trả lời rõ ràng ",
        "Hy vọng huyện bố trí thêm người ",
        "Nên học cách làm của xã bên ",
        "Ước gì có thêm một buổi đối thoại ",
        "Đề nghị đơn vị thi công giải thích ",
        "Mong các anh chị dành thời gian ",
    ],
    [
        "để mọi người yên tâm đi lại. ",
        "để trẻ nhỏ được an toàn hơn. ",
        "trước khi mùa mưa bắt đầu. ",
        "để khỏi phải chờ thêm năm nữa. ",
        "cho công bằng với mọi nhà. ",
        "vì đó là tiền đóng góp chung. ",
        "để việc tốt được làm đến nơi. ",
        "trong kỳ họp gần nhất tới đây. ",
        "nhất là với các hộ ở xa trung tâm. ",
        "để người già đỡ phải đi xa. ",
        "và báo lại kết quả cho dân biết. ",
        "khi điều kiện cho phép làm ngay. ",
    ],
    [
        "Xin cảm ơn.",
        "Chúc tòa soạn khỏe.",
        "Mong tin vui.",
        "Trân trọng cảm ơn báo.",
        "Bài viết rất hay.",
        "Tôi sẽ chờ bài sau.",
        "Quê mình đổi mới nhiều.",
        "Ai cũng mong như vậy.",
        "Rất đáng suy nghĩ.",
        "Cảm ơn tác giả nhiều.",
        "Đôi lời góp ý chân thành.",
        "Mong được hồi âm.",
    ],
];

/// Family names of readers.
pub const FAMILY: [&str; 10] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi",
];

/// Middle names of readers.
pub const MIDDLE: [&str; 7] = ["Văn", "Thị", "Minh", "Ngọc", "Thanh", "Hoài", "Quốc"];

/// Given names of readers.
pub const GIVEN: [&str; 11] = [
    "An", "Bình", "Châu", "Dũng", "Hạnh", "Khánh", "Lan", "Phúc", "Quyên", "Sơn", "Thảo",
];
