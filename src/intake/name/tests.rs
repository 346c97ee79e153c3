use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::*;

fn code(name: &str) -> Option<&'static str> {
    Name::parse(name).err().map(|error| error.code)
}

/// By people, as Vietnam counts them: each with names as its bearers write them.
#[rustfmt::skip]
const NAMES: &[(&str, &[&str])] = &[
    ("Kinh", &[
        "Ý", "Y", "Á", "Ái", "Út", "Ơn", "Uy", "An", "Nguyễn Văn A", "Nguyễn Thị Ý", "Trần Ỷ", "Lê Ô",
        "Công Tằng Tôn Nữ Hỷ Khương", "Tôn Thất Bách", "Nguyễn Phước Bửu Lộc", "Hoàng Phủ Ngọc Tường",
        "Đặng Thuỳ Trâm", "Đặng Thùy Trâm", "Nguyễn Quỳnh Hoà", "Nguyễn Quỳnh Hòa", "Phạm Khuê", "Võ Thị Xoè",
        "Lý Thuý", "Ngô Ngoeo", "Trương Nguyệt Quyên", "Huỳnh Khoai Huyền", "Nghiêm Xuân Nghĩa", "Đỗ Ưng Ước",
        "Bùi Ỉ Ôi", "Đoàn Ẩn Ẵng", "Vũ Ngọc Ỵ", "Phùng Khoẻ", "Mai Ợ", "Lê-Nguyễn Bảo Châu",
        "Nguyễn Hoàng Mai Anh Thư Quỳnh", "NGUYỄN VĂN AN", "nguyễn văn an", "Nguyen Van An", "ĐỖ THỊ ĐÀO", "Cô Ba",
        "Bác Tư (Q.7)", "Trần Thị Hương 2", "Bạn đọc Tp.HCM", "Một bạn đọc", "PGS.TS Trần Thị Bưởi",
        "BS.CKII Lê Văn Cam", "Lan & Điệp", "N.V.A", "A.", "Nguyễn Văn A, Đồng Nai", "Anh Tư \"Lúa\"", "Hai Lúa 68",
        "Lan 1990",
    ]),
    ("Ê Đê", &[
        "H'Hen Niê", "H’Hen Niê", "HʼLinh Êban", "Y Moan Ênuôl", "Y Ngông Niê Kdăm", "H'Ăng Byă", "Y Bhiông Mlô",
    ]),
    ("Gia Rai", &["Ksor Phước", "Rơ Châm Pheng", "Rmah Hơn", "Siu Black", "Nay Đer", "Kpă Klơng", "Rahlan Y Sôp"]),
    ("Ba Na", &["Đinh Núp", "A Brơi", "Y Byên", "Đinh Hơ Yăng"]),
    ("Xơ Đăng", &["A Tranh", "Y Vêng", "A Plênh"]),
    ("Cơ Ho", &["K'Sor", "K'Tem", "Ka Să Hà Thương", "Cil Ha Poh", "Kră Jăn Plin", "Rơ Ông K'Bhôn"]),
    ("Mnông", &["Điểu Kâu", "H'Grai", "Y Krang Tơr"]),
    ("Xtiêng", &["Điểu Ong", "Thị Giôn"]),
    ("Cơ Tu", &["Zơrâm Hợp", "Bh'riu Liếc", "Alăng Bhuôch", "Pơloong Thị Nhân"]),
    ("Bru Vân Kiều, Tà Ôi", &["Hồ Thị Kray", "Hồ Kan Lịch", "Ra Pát A Ray"]),
    ("Hrê, Co", &["Đinh Ka Riêng", "Hồ Thanh Y"]),
    ("Raglai, Chu Ru", &["Chamaléa Thị Thơm", "Pi Năng Tắc", "Touneh Hàn Đặng", "Ya Loan"]),
    ("Chăm", &["Inrasara", "Po Dharma", "Đàng Năng Thọ", "Ja Karo", "Mahamách Sa Ly"]),
    ("Khmer", &["Thạch Sô Phia", "Danh Út", "Kim Sô Phi", "Sơn Thị Sà Rươne", "ថាច់ សុភា", "គឹម ស៊ីណា"]),
    ("Mông", &["Giàng A Páo", "Vừ Mí Kẻ", "Sùng Thị Mỷ", "Vàng Seo Chứ", "Lầu Y Phai", "Thào A Dế"]),
    ("Thái", &["Lò Văn Ón", "Cầm Bá Lai", "Quàng Thị Ẻn", "Tòng Thị Phóng", "ꪶꪩ꪿ ꪫꪱꪸꪙ"]),
    ("Tày, Nùng", &["Nông Đức Mạnh", "Hoàng Thị Lẻn", "Lục Văn Pảo", "Vi Thị Ỏn"]),
    ("Mường", &["Bùi Thị Ỉn", "Quách Công Ựng", "Đinh Văn Ển"]),
    ("Dao", &["Triệu Mùi Nái", "Chẻo Sử Mẩy", "Phàn Phù Khé", "Tẩn Tả Mẩy"]),
    ("Hà Nhì, La Hủ, Si La", &["Pờ Lóng Tơ", "Ly Mò Xá", "Vàng Pó Ư", "Hù Chà Ố"]),
    ("Lô Lô, Pà Thẻn, Pu Péo", &["Lò Giàng Páo", "Hủng Thị Xí", "Củng Phù Mìn"]),
    ("Brâu, Rơ Măm, Ơ Đu", &["Thao Pim", "A Reng", "Lô Thị Dâu"]),
    ("Hoa", &["Trịnh Xú Há", "李小龙", "陳氏蘭", "Trần Lan (陳蘭)"]),
    ("of elsewhere", &[
        "Jean-Luc", "O'Neill", "Dr. O’Neill", "José María Ñandú", "Łukasz Żak", "Søren Ægir", "Þór", "Иван Петров",
        "Γιώργος", "محمد", "می\u{200c}خواهم", "שָׁלוֹם", "श्रीनिवास", "ශ\u{dca}\u{200d}රී", "ரவி", "สมชาย ใจดี",
        "ສົມສັກ", "မောင်မောင်", "田中さくら", "김철수", "བཀྲ་ཤིས", "བསྒྲུབས", "Ἀθηνᾶ", "ᾧ", "გიორგი", "Արամ", "አበበ",
    ]),
];

#[test]
fn names_of_people_pass_in_both_normal_forms_and_cases() {
    let mut count = 0;
    for (people, names) in NAMES {
        for name in *names {
            let (composed, apart): (String, String) = (name.nfc().collect(), name.nfd().collect());
            let read = Name::parse(&composed)
                .unwrap_or_else(|error| panic!("{people}: {name}: {}", error.code));
            assert_eq!(read.as_str(), composed, "{people}: stored as typed, in NFC");
            assert_eq!(
                Name::parse(&apart).as_ref(),
                Ok(&read),
                "{people}: {name} in NFD"
            );
            for cased in [name.to_uppercase(), name.to_lowercase()] {
                assert_eq!(code(&cased), None, "{people}: {cased}");
            }
            assert!(!read.key().is_empty());
            count += 1;
        }
    }
    assert!(count > 150, "{count} names");
}

/// Every syllable that a name may have: an onset, a rhyme, a tone, in both places of the tone.
#[test]
fn syllables_of_any_spelling_pass() {
    let onsets = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
        "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x",
    ];
    let rhymes = [
        "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "oa", "oe", "uy", "uê", "ươ",
        "iê", "yê", "uô", "ươi", "iêu", "oai", "uyê",
    ];
    let tones = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
    for onset in onsets {
        for rhyme in rhymes {
            for tone in tones {
                for place in rhyme.char_indices().map(|(at, c)| at + c.len_utf8()) {
                    let (before, after) = rhyme.split_at(place);
                    let typed = format!("{onset}{before}{tone}{after}");
                    let stored: String = typed.nfc().collect();
                    assert_eq!(Name::parse(&typed).map(Name::into_string), Ok(stored));
                }
            }
        }
    }
}

#[test]
fn what_is_not_a_name_is_told() {
    for (name, expected) in [
        ("", "name-required"),
        (" \t ", "name-required"),
        ("\u{3000}\u{a0}", "name-required"),
        ("Lan\r\nBcc: x@y.vn", "name-control"),
        ("Lan\nMai", "name-control"),
        ("Lan\tMai", "name-control"),
        ("Lan\u{0}", "name-control"),
        ("Lan\u{7f}Mai", "name-control"),
        ("Lan\u{9b}Mai", "name-control"),
        ("Lan\u{85}Mai", "name-control"),
        ("Lan\u{2028}x", "name-control"),
        ("Lan\u{2029}x", "name-control"),
        ("\u{202e}naL", "name-bidi"),
        ("Lan\u{202c}", "name-bidi"),
        ("\u{2066}Lan\u{2069}", "name-bidi"),
        ("Lan\u{200e}", "name-bidi"),
        ("\u{200f}محمد", "name-bidi"),
        ("\u{61c}محمد", "name-bidi"),
        ("La\u{200b}n", "name-invisible"),
        ("La\u{200d}n", "name-invisible"),
        ("La\u{200c}n", "name-invisible"),
        ("Lan\u{200d}", "name-invisible"),
        ("\u{feff}Lan", "name-invisible"),
        ("La\u{ad}n", "name-invisible"),
        ("La\u{2060}n", "name-invisible"),
        ("La\u{34f}n", "name-invisible"),
        ("Lan\u{fe0f}", "name-invisible"),
        ("Lan\u{e0061}", "name-invisible"),
        ("Lan\u{fffc}", "name-invisible"),
        ("\u{3164}", "name-invisible"),
        ("\u{2800}\u{2800}", "name-invisible"),
        ("\u{e000}", "name-invisible"),
        ("Lan\u{f8ff}", "name-invisible"),
        ("Lan\u{10ffff}", "name-invisible"),
        ("Lan\u{378}", "name-invisible"),
        ("Lan ❤\u{fe0f}", "name-emoji"),
        ("Lan 👩\u{200d}🌾", "name-emoji"),
        ("Nguy\u{fffd}n", "name-broken"),
        ("<b>Lan</b>", "name-markup"),
        ("lan@bao.vn", "name-link"),
        ("http://x.vn", "name-link"),
        ("Lan https://x.la", "name-link"),
        ("xem shop.com", "name-link"),
        ("www.shop.xyz", "name-link"),
        ("t.me/shop", "name-link"),
        ("Lan 0912 345 678", "name-phone"),
        ("0912345678", "name-phone"),
        ("Lan 09.12.34.56.78", "name-phone"),
        ("Lan ０９１２３４５", "name-phone"),
        ("Lan ①②③④⑤⑥⑦", "name-phone"),
        ("!!!", "name-no-letter"),
        ("...", "name-no-letter"),
        ("😀", "name-no-letter"),
        ("123", "name-no-letter"),
        ("'", "name-no-letter"),
        ("La\u{301}\u{302}\u{303}\u{304}n", "name-marks"),
        ("La\u{301}\u{302}\u{303}n", "name-marks"),
        ("Lộ\u{301}n", "name-marks"),
        ("L\u{20dd}\u{20dd}\u{20dd}an", "name-marks"),
        ("ก\u{e47}\u{e47}\u{e47}\u{e47}", "name-marks"),
        ("\u{301}Lan", "name-marks"),
    ] {
        assert_eq!(code(name), Some(expected), "{name:?}");
    }
}

#[test]
fn length_is_counted_in_what_a_reader_calls_a_letter() {
    for letter in [
        "a",
        "ă",
        "a\u{306}\u{301}",
        "李",
        "ก\u{e38}\u{e48}",
        "\u{1100}\u{1161}\u{11a8}",
        "श्री",
    ] {
        assert_eq!(code(&letter.repeat(80)), None, "{letter}");
        assert_eq!(code(&letter.repeat(81)), Some("name-too-long"), "{letter}");
    }
    assert_eq!(code(&"a".repeat(100_000)), Some("name-too-long"));
}

#[test]
fn six_digits_are_no_telephone_number() {
    assert_eq!(code("Lan 199012"), None);
    assert_eq!(code("Lan 1990123"), Some("name-phone"));
}

/// Text that passes often enough: letters with what may and may not stand among them.
fn namelike() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Za-zăâđêôơưĐ'’ .\u{300}\u{301}\u{303}\u{309}\u{323}\u{302}\u{306}\u{31b}]{1,40}",
        "(\\p{L}|\\p{M}|\\p{Z}|[\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2066}\u{feff}\u{ad}\r\n\t\u{85}\u{2028}.@:/0-9<]){0,20}",
    ]
}

proptest! {
    #[test]
    fn nothing_unseen_passes_and_reading_twice_changes_nothing(typed in namelike()) {
        if let Ok(name) = Name::parse(&typed) {
            let text = name.as_str();
            let bidi = |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let line_end = |c| matches!(c, '\u{2028}' | '\u{2029}');
            let unseen = |c| crate::text::is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}');
            let markup = |c: char| c == '<' || c == '>';
            prop_assert!(!text.chars().any(|c| c.is_control() || bidi(c) || line_end(c) || unseen(c) || markup(c)));
            prop_assert!(is_nfc(text) && text == text.trim() && !text.is_empty());
            prop_assert_eq!(Name::parse(text), Ok(name.clone()));
        }
    }

    #[test]
    fn both_normal_forms_are_one_name(typed in namelike()) {
        let (composed, apart): (String, String) = (typed.nfc().collect(), typed.nfd().collect());
        prop_assert_eq!(Name::parse(&composed), Name::parse(&apart));
    }
}
