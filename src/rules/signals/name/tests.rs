//! Names of the newspaper in their dresses, and people who are left alone.

use super::mixed::mixes_scripts;
use super::reserved::{Nearness, Reserved};

fn like(name: &str) -> Option<(String, Nearness)> {
    let people = ["Nguyễn Thị Lan", "Trần Văn Bình"];
    let site = Reserved::new(people, ["Báo Đồng Nai", "Chuyên mục Bạn đọc", "Tổ X"]);
    let likeness = site.likeness(name)?;
    Some((likeness.name.to_owned(), likeness.how))
}

#[test]
fn the_newspapers_names_are_seen_in_any_dress() {
    for (name, meant, how) in [
        ("Ban biên tập", "Ban biên tập", Nearness::Same),
        ("BAN BIÊN TẬP", "Ban biên tập", Nearness::Same),
        ("ban bien tap", "Ban biên tập", Nearness::Same),
        ("Ban.Biên-tập!", "Ban biên tập", Nearness::Same),
        ("Bаn biên tập", "Ban biên tập", Nearness::Same), // a Cyrillic а
        ("Tòa soạn", "Toà soạn", Nearness::Same),
        ("Toà soạn", "Toà soạn", Nearness::Same),
        ("Toa Soan", "Toà soạn", Nearness::Same),
        ("Toà sọan", "Toà soạn", Nearness::Same),
        ("Toàn soạn", "Toà soạn", Nearness::Near),
        ("T0à s0ạn", "Toà soạn", Nearness::Same),
        ("Quản trị", "Quản trị", Nearness::Same),
        ("Quan tri", "Quản trị", Nearness::Same),
        ("Admin", "Admin", Nearness::Same),
        ("ADMIN", "Admin", Nearness::Same),
        ("Аdmin", "Admin", Nearness::Same), // a Cyrillic А
        ("ADMІN", "Admin", Nearness::Same), // a Ukrainian І
        ("AdmIn", "Admin", Nearness::Same),
        ("Ad min", "Admin", Nearness::Same),
        ("Adrnin", "Admin", Nearness::Same), // r and n for m
        ("Ａｄｍｉｎ", "Admin", Nearness::Same),
        ("Admln", "Admin", Nearness::Near),
        ("Adm1n", "Admin", Nearness::Near),
        ("Admiin", "Admin", Nearness::Near),
        ("Amdin", "Admin", Nearness::Near),
        ("Admim", "Admin", Nearness::Near),
        ("Báo Đồng Nai", "Báo Đồng Nai", Nearness::Same),
        ("Bao Dong Nai", "Báo Đồng Nai", Nearness::Same),
        ("Báo Đồng Nay", "Báo Đồng Nai", Nearness::Near),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan", Nearness::Same),
        ("Nguyen Thi Lan", "Nguyễn Thị Lan", Nearness::Same),
        ("Nguyễn Thị Lam", "Nguyễn Thị Lan", Nearness::Near),
        (
            "Ban biên tập Báo Đồng Nai",
            "Ban biên tập",
            Nearness::Within,
        ),
        ("Lan (Toà soạn)", "Toà soạn", Nearness::Within),
        ("BTV Lan", "BTV", Nearness::Within),
        ("Lê Hoa (BBT)", "BBT", Nearness::Within),
        ("Phóng viên Báo Đồng Nai", "Báo Đồng Nai", Nearness::Within),
        ("Báo Đồng Nai điện tử", "Báo Đồng Nai", Nearness::Within),
        ("PV. Nguyễn Thị Lan", "Nguyễn Thị Lan", Nearness::Within),
        ("Lan-Toà soạn", "Toà soạn", Nearness::Within),
        ("Ban biên tâp", "Ban biên tập", Nearness::Near),
        (
            "Lan (chuyên mục bạn đọc)",
            "Chuyên mục Bạn đọc",
            Nearness::Within,
        ),
        ("Tổ X", "Tổ X", Nearness::Same),
    ] {
        assert_eq!(like(name), Some((meant.to_owned(), how)), "{name}");
    }
}

#[test]
fn people_are_left_alone() {
    for name in [
        "Nguyễn Văn Bân",
        "Trần Toàn",
        "Quân Trí",
        "Hồng Quản",
        "Trí",
        "Tri",
        "Nguyễn Văn A",
        "H'Hen Niê",
        "Lan tổ X",
        "Phạm Quang Trị",
        "Ý",
        "Bạn đọc Đồng Nai",
        "Lê Thị Soan",
        "Văn Bình",
        "Tuấn",
        "БТВ Иван",
        "李小龙",
    ] {
        assert_eq!(like(name), None, "{name}");
    }
}

#[test]
fn mixed_scripts_are_seen_and_bilingual_names_are_not_mixed() {
    for name in ["Lаn", "Nguyễn Vаn Αn", "Pуtin", "Nguyễn Иван", "Lan李"] {
        assert!(mixes_scripts(name), "{name}");
    }
    for name in [
        "Nguyễn Văn An",
        "Nguye\u{302}\u{303}n",
        "H'Hen Niê",
        "Lan 李",
        "Иван Петров",
        "田中さくら",
        "김철수 金",
        "می\u{200c}خواهم",
        "Lan 😀",
    ] {
        assert!(!mixes_scripts(name), "{name}");
    }
}
