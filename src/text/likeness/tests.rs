use super::*;
use crate::text::fingerprint;
use proptest::prelude::*;

fn of(body: &str) -> Likeness {
    likeness(&Reading::new(body))
}

fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (of(one).near.expect("long"), of(other).near.expect("long"));
    let shared = one.iter().zip(&other).filter(|(one, other)| one == other);
    shared.count() >= SHARED
}

const PRAISE: &str = "Tôi đọc bài này thấy rất hay và bổ ích, mong toà soạn có thêm nhiều bài như vậy về đời sống của \
                      bà con ở vùng cao. Con đường liên xã đã xuống cấp nhiều năm nay, đề nghị các cấp sớm quan tâm sửa chữa.";

const OFFER: &str = "Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp. Ai cần xin \
                     liên hệ chị Hương số 0912 345 678 hoặc vào trang https://vay-nhanh.example/huong để được tư vấn miễn phí.";

const PETITION: &str = "Tôi là Nguyễn Văn Hùng, trú tại xã Hưng Lộc. Kính đề nghị Uỷ ban nhân dân tỉnh xem xét lại giá đền bù đất \
                        của dự án đường ven biển, vì mức giá hiện nay thấp hơn giá thị trường rất nhiều, người dân không thể mua \
                        lại nơi ở mới tương đương. Rất mong được các cấp quan tâm giải quyết.";

#[test]
fn a_name_a_number_a_link_or_some_words_make_no_other_text() {
    for (one, other) in [
        (OFFER, OFFER.replace("0912 345 678", "0987 111 222")),
        (OFFER, OFFER.replace("chị Hương", "anh Quốc Khánh")),
        (
            OFFER,
            OFFER.replace("https://vay-nhanh.example/huong", "https://bit.ly/3xYzAbC"),
        ),
        (
            OFFER,
            OFFER.replace("nhanh gọn trong ngày", "đơn giản, có tiền liền tay"),
        ),
        (
            PETITION,
            PETITION
                .replace("Nguyễn Văn Hùng", "Trần Thị Thanh Mai")
                .replace("Hưng Lộc", "Nghi Phú"),
        ),
        (PETITION, format!("{PETITION} Xin cảm ơn!")),
        (
            PRAISE,
            PRAISE
                .replace("toà soạn", "quý báo")
                .replace("rất hay", "quá hay"),
        ),
        (PRAISE, PRAISE.to_uppercase().replace(' ', "  ")),
    ] {
        assert!(alike(one, &other), "{other}");
        let is_dressed_only = other == PRAISE.to_uppercase().replace(' ', "  ");
        assert_eq!(
            of(one).exact == of(&other).exact,
            is_dressed_only,
            "{other}"
        );
    }
}

#[test]
fn other_texts_on_the_same_subject_are_other_texts() {
    let texts = [
        PRAISE,
        OFFER,
        PETITION,
        "Cầu mới đẹp quá, đi lại rất tiện. Ngày trước mỗi lần qua sông phải chờ phà cả tiếng đồng hồ, học sinh đi học muộn suốt. Cảm ơn \
         các anh công nhân đã làm việc ngày đêm.",
        "Cầu mới làm xong nhưng đường dẫn hai đầu cầu vẫn còn ngổn ngang, xe tải chạy qua bụi mù mịt. Đề nghị chủ đầu tư sớm hoàn thiện để \
         bà con yên tâm đi lại dịp Tết.",
        "Đi qua cầu mới buổi tối thấy đèn chiếu sáng chưa bật đủ, có đoạn tối om rất nguy hiểm cho người đi xe máy. Mong ngành điện lực và \
         giao thông kiểm tra.",
        "Giá đền bù đất ở dự án này tôi thấy cũng hợp lý rồi, quan trọng là tái định cư phải có chợ, có trường học và trạm y tế gần để \
         người dân ổn định cuộc sống.",
        "Tôi không đồng ý với ý kiến cho rằng giá đất đền bù thấp. Năm ngoái xã bên cạnh cũng chỉ được mức ấy, mà hạ tầng ở đây còn kém \
         hơn nhiều, ai cũng đòi cao thì bao giờ mới có đường.",
        "Bài viết phản ánh đúng thực trạng vùng cao. Trường học thiếu giáo viên, đường đất lầy lội mùa mưa, trẻ em phải lội suối. Mong nhà \
         hảo tâm chung tay giúp đỡ các em.",
    ];
    for (place, one) in texts.iter().enumerate() {
        for other in &texts[place + 1..] {
            assert!(!alike(one, other), "{one}\n{other}");
        }
    }
}

#[test]
fn short_texts_have_no_sketch() {
    let short = of("Bài viết rất hay và bổ ích, cảm ơn toà soạn nhiều lắm");
    assert!(short.exact.is_some() && short.near.is_none());
    assert_eq!(of(""), Likeness::default());
    assert_eq!(of(&"1".repeat(2)).near, None);
}

#[test]
fn few_shingles_are_enough() {
    assert!(of(&"ab".repeat(40)).near.is_some());
    assert!(of(&"một hai ".repeat(40)).near.is_some());
}

/// As many letters as a text has when letters that are drawn out are counted once, as they are read.
fn letters_of(text: &str) -> usize {
    let reading = Reading::new(text);
    let letters = reading.canonical().text().chars().map(base);
    letters.filter(|letter| is_word_char(*letter)).count()
}

proptest! {
    /// The same letters are the same text, however they are dressed, and both numbers say so.
    #[test]
    fn identical_letters_have_the_same_sketch(words in prop::collection::vec("[a-zđạảăâêôơưíýờ0-9]{1,7}", 1..60), gaps in prop::collection::vec(" [.,!?\n\u{200B}😀]{0,2}", 60)) {
        let plain = words.join(" ");
        let dressed: String = words.iter().zip(&gaps).flat_map(|(word, gap)| [word.to_uppercase(), gap.clone()]).collect();
        prop_assert_eq!(of(&plain).exact, of(&dressed).exact);
        prop_assert_eq!(of(&plain).exact, fingerprint(&Reading::new(&plain)));
        // In short texts numbers and links are told by the spaces around them.
        if letters_of(&plain) >= FEWEST_LETTERS as usize {
            prop_assert_eq!(of(&plain).near, of(&dressed).near);
        }
    }

    #[test]
    fn any_text_has_a_likeness(body in any::<String>()) {
        prop_assert_eq!(of(&body), of(&body));
    }
}

#[test]
fn a_short_text_is_the_same_with_another_number_or_link() {
    for (one, other) in [
        (
            "Vay tiền nhanh không thế chấp gọi Mai 0355000111",
            "vay tiền nhanh, không thế chấp: gọi Mai 0987 222 333",
        ),
        (
            "Xin mời ghé https://a1.vn/x xem phim miễn phí",
            "Xin mời ghé b.example xem phim miễn phí!",
        ),
    ] {
        assert!(alike(one, other), "{other}");
        assert_ne!(of(one).exact, of(other).exact);
    }
    assert!(!alike(
        "Vay tiền nhanh không thế chấp gọi Mai 0355000111",
        "Quê tôi cũng vậy, ai cần thì gọi 0355000111"
    ));
    for honest in [
        "Cảm ơn toà soạn đã đưa tin.",
        "Cầu số 5 khánh thành năm 2025 rồi",
        "Hay quá. Cảm ơn 113",
    ] {
        assert_eq!(of(honest).near, None, "{honest}");
    }
}
