use super::*;
use crate::domain::View;
use crate::text::Telling;

const ODDS: Odds = Odds {
    toneless: 1.0,
    toned: 3.0,
    slip: 3.0,
    hidden: 3.0,
    starred: 1.0,
    language: Telling {
        marked: 6.0,
        most: 4.0,
        sure: 3.0,
        one_in: 5,
        fewest: 4,
        word: 0.02,
    },
};

fn phrases<'a>(list: &[&'a str], toneless: Toneless, near: Option<&'a Near>) -> Words {
    let phrases = list.iter().enumerate().map(|(owner, text)| Phrase {
        owner,
        text,
        toneless,
        near,
    });
    Words::build(phrases).unwrap()
}

fn told<'a>(words: &Words, raw: &'a str) -> Vec<(usize, &'a str, View)> {
    let reading = Reading::new(raw);
    let mut found = Vec::new();
    words.find(&reading, ODDS, |one| {
        found.push((one.owner, reading.excerpt(one.span), one.view));
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn seen<'a>(list: &[&str], raw: &'a str) -> Vec<(usize, &'a str)> {
    let told = told(&phrases(list, Toneless::Never, None), raw);
    told.into_iter()
        .map(|(owner, text, _)| (owner, text))
        .collect()
}

#[test]
fn a_word_is_found_between_boundaries_only() {
    assert_eq!(
        seen(&["cá", "sheep"], "Cá kho, cámập, cà, (CÁ)"),
        [(0, "CÁ"), (0, "Cá")]
    );
    assert_eq!(seen(&["ocean"], "oceans oceanя ocean2x"), []);
}

#[test]
fn overlapping_words_are_all_found() {
    assert_eq!(
        seen(&["một hai", "hai ba", "hai"], "một hai ba"),
        [(0, "một hai"), (1, "hai ba"), (2, "hai")]
    );
}

#[test]
fn anything_may_part_the_syllables_of_a_phrase() {
    assert_eq!(seen(&["một hai"], "MỘT... \n(hai)"), [(0, "MỘT... \n(hai")]);
}

#[test]
fn both_placements_of_the_tone_and_both_spellings_of_i_are_one() {
    for (word, typed) in [
        ("hoà", "hòa"),
        ("hòa", "hoà"),
        ("kỳ", "kì"),
        ("quí", "Quý"),
        ("thuỷ", "thủy"),
    ] {
        assert_eq!(seen(&[word], typed), [(0, typed)]);
    }
}

#[test]
fn a_drawn_out_letter_is_the_word_and_its_short_form_is_not() {
    assert_eq!(
        seen(
            &["sheep", "cá", "bò"],
            "sheeeep shep sheeppp cáaa caá cáá booò bo"
        ),
        [
            (0, "sheeeep"),
            (0, "sheeppp"),
            (1, "caá"),
            (1, "cáaa"),
            (1, "cáá"),
            (2, "booò")
        ]
    );
    assert_eq!(
        seen(&["zzz", "cccd"], "Zzzzz z CCCD cd"),
        [(0, "Zzzzz"), (1, "CCCD")]
    );
}

#[test]
fn letters_set_apart_are_put_together_where_nothing_is_left_over() {
    let list = &["cá mập", "đm"];
    for typed in ["c á m ậ p", "C.Á-M.Ậ.P", "cá m_ậ_p", "c á mập"] {
        assert_eq!(seen(list, typed), [(0, typed)], "{typed}");
    }
    assert_eq!(seen(list, "đ.m"), [(1, "đ.m")]);
    assert_eq!(seen(&["ngu"], "tên là N.g.u.y.ễ.n"), []);
}

#[test]
fn a_chain_of_letters_is_one_word_and_never_a_part_of_one() {
    let list = &["lồn", "pakis", "ngu", "lin", "cá mập", "kis"];
    for (typed, found) in [
        ("đèn l.ồ.n.g", None),
        ("đèn l ồ n g", None),
        ("P.A.K.I.S.T.A.N vô địch", None),
        ("Pa-kis-tan", None),
        ("N.G.U.Y HIỂM", None),
        ("N.G.U-yễn", None),
        ("Lin-coln", None),
        ("Ber-lin", None),
        ("Xta-lin-grát", None),
        ("đồ n.g.u", Some("n.g.u")),
        ("l.ồ.n m.ẹ", Some("l.ồ.n")),
        ("c.á.m.ậ.p", Some("c.á.m.ậ.p")),
        ("LIN-COLN", Some("LIN")),
    ] {
        let seen = seen(list, typed);
        let told: Option<&str> = seen.first().map(|(_, text)| *text);
        assert_eq!(told, found, "{typed}: {seen:?}");
    }
}

#[test]
fn a_star_stands_for_the_likeliest_vowel_only() {
    let words = phrases(
        &["địt", "lồn", "đụ", "đĩ", "cun"],
        Toneless::Neighbours,
        None,
    );
    let seen = |raw| !told(&words, raw).is_empty();
    for raw in ["thằng mặt l*n kia", "đ*t mẹ chúng mày", "như cái l*n"] {
        assert!(seen(raw), "{raw}");
    }
    for raw in [
        "Giá 500.000 đ* (*chưa gồm VAT)",
        "50 đ*/kWh",
        "Nghi phạm Đ* khai nhận",
        "mua đ*t nền ở đây",
        "c*n gái tôi",
        "đ_ó là nhà tôi",
    ] {
        assert!(!seen(raw), "{raw}");
    }
}

#[test]
fn letters_stand_for_vowels_where_a_word_has_none() {
    let words = phrases(&["fuck", "tit"], Toneless::Neighbours, None);
    let count = |raw| told(&words, raw).len();
    for raw in ["fvck you", "fxck you"] {
        assert_eq!(count(raw), 1, "{raw}");
    }
    for raw in ["send me a txt", "fvk", "xfck"] {
        assert_eq!(count(raw), 0, "{raw}");
    }
}

#[test]
fn bare_syllables_without_a_space_between_them_are_read() {
    let words = phrases(&["địt", "mẹ mày"], Toneless::Neighbours, None);
    let seen: Vec<_> = told(&words, "ditconmemay");
    assert!(
        seen.iter()
            .any(|(owner, text, _)| *owner == 0 && *text == "ditconmemay"),
        "{seen:?}"
    );
    for raw in ["international", "Nguyenvanditru", "dulichvietnam"] {
        assert!(told(&words, raw).is_empty(), "{raw}");
    }
}

#[test]
fn an_english_word_counts_for_nothing_among_vietnamese_ones() {
    let near = Near {
        language: Some(Language::En),
        ..Near::default()
    };
    let words = phrases(&["coon"], Toneless::Neighbours, Some(&near));
    let count = |raw| told(&words, raw).len();
    assert_eq!(count("you are a coon and nothing else"), 1);
    for raw in [
        "Cooon ơi về ăn cơm",
        "Thương coon quá",
        "cooon oi ve an com di con",
    ] {
        assert_eq!(count(raw), 0, "{raw}");
    }
}

#[test]
fn where_other_words_lack_their_marks_one_more_is_no_slip() {
    let words = phrases(&["cặc"], Toneless::Neighbours, None);
    let count = |raw| told(&words, raw).len();
    assert_eq!(count("nói thế như con cac ấy"), 1);
    assert_eq!(
        count("các thầy cô thuong xuyen cho cac bài tập và duoc phát cac sách mới"),
        0
    );
}

#[test]
fn a_syllable_split_in_two_is_found_where_one_half_is_no_word() {
    assert_eq!(
        seen(&["mập", "rock"], "m ập mậ p ro ck r ock"),
        [(0, "m ập"), (0, "mậ p"), (1, "r ock"), (1, "ro ck")]
    );
    assert_eq!(seen(&["toàn"], "t oàn t\noàn"), [(0, "t oàn")]);
    assert_eq!(seen(&["cáo"], "cá ở ao"), []);
}

#[test]
fn signs_for_letters_are_read_where_a_word_comes_of_it() {
    assert_eq!(
        seen(
            &["mập", "rock", "cá"],
            "m@p mập! r0ck, r*ck! mậ+ cá* 5 rocks c4 a@b.vn"
        ),
        [(0, "mập"), (1, "r*ck"), (1, "r0ck"), (2, "cá")]
    );
}

#[test]
fn a_star_parts_whole_words_and_hides_what_is_none() {
    assert_eq!(seen(&["con", "mèo"], "con*mèo"), [(0, "con"), (1, "mèo")]);
    assert_eq!(seen(&["con", "meo"], "co*n con*g m*o"), [(1, "m*o")]);
    assert_eq!(
        seen(&["rock"], "rock123 12rock r2rock"),
        [(0, "12rock"), (0, "rock123")]
    );
    // What is all there is read, and a nought at an end is a letter.
    assert_eq!(seen(&["mập"], "m_ậ_p mậ*p"), [(0, "m_ậ_p"), (0, "mậ*p")]);
    assert_eq!(seen(&["ngu"], "ngu0 ngu1"), [(0, "ngu1")]);
}

#[test]
fn a_row_of_letters_is_read_whichever_way_it_can_be_parted() {
    let list = &["cá mập", "mà", "mày", "gì"];
    assert_eq!(
        seen(list, "c á m ậ p m à y"),
        [(0, "c á m ậ p"), (2, "m à y")]
    );
    assert_eq!(seen(&["mập"], "(m)(ậ)(p)"), [(0, "m)(ậ)(p")]);
}

#[test]
fn the_head_of_a_split_syllable_is_no_word() {
    assert_eq!(seen(&["ngu"], "ông Ngu yễn Văn An, ngu ạ"), [(0, "ngu")]);
}

#[test]
fn a_word_written_in_parts_is_the_same_word() {
    assert_eq!(Words::normal("c\u{103}\u{323}p"), Words::normal("cặp"));
}

#[test]
fn chat_spelling_and_glued_marks_are_read() {
    assert_eq!(
        seen(&["cặp", "phòng"], "kặp fòng"),
        [(0, "kặp"), (1, "fòng")]
    );
}

#[test]
fn what_stands_beside_a_word_decides() {
    let place = |text: &str| Place::Words(keys(text).unwrap());
    let near = Near {
        after: vec![place("hay quá")],
        before: vec![Place::End],
        not_after: vec![Place::Number],
        ..Near::default()
    };
    let words = phrases(&["vl"], Toneless::Never, Some(&near));
    for (text, count) in [
        ("hay quá vl ạ", 1),
        ("hay vl ạ", 0),
        ("thật là vl!", 1),
        ("dài 5 vl.", 0),
        ("phim nay xem hay qua vl luon cac ban oi", 1),
        ("nhìn hay qua vl thế này", 0),
    ] {
        assert_eq!(told(&words, text).len(), count, "{text}");
    }
}

#[test]
fn how_a_word_was_read_is_told() {
    let words = phrases(&["mập"], Toneless::Always, None);
    let views: Vec<View> = told(&words, "mập map m.ậ.p")
        .into_iter()
        .map(|(.., view)| view)
        .collect();
    assert_eq!(views, [View::Hidden, View::Toneless, View::Toned]);
}

#[test]
fn words_that_can_never_be_found_are_refused() {
    assert_eq!(Words::normal("?!"), Err(Unmatchable::Empty));
    assert_eq!(Words::normal(&"a ".repeat(13)), Err(Unmatchable::TooLong));
    assert_eq!(Words::normal("Hoà  BÌNH"), Words::normal("hòa-bình"));
}

#[test]
fn syllables_without_a_space_between_them_are_read() {
    let words = phrases(&["chó", "mất nết", "lồng"], Toneless::Neighbours, None);
    let seen = |text: &str| -> Vec<String> {
        let reading = Reading::new(text);
        let mut seen = Vec::new();
        words.find(&reading, ODDS, |found| {
            seen.push(reading.excerpt(found.span).to_owned());
        });
        seen
    };
    assert_eq!(seen("đồ conchó ấy"), ["chó"]);
    assert_eq!(seen("CONCHÓ!"), ["CHÓ"]);
    assert_eq!(seen("thật mấtnết quá"), ["mấtnết"]);
    // Two words as well, or no syllable at all.
    for innocent in [
        "cái lồngủ này",
        "Machóa",
        "conchor",
        "chóp",
        "choáng",
        "thủychung",
    ] {
        assert!(seen(innocent).is_empty(), "{innocent}");
    }
}

#[test]
fn company_is_asked_for_a_run_of_letters_as_a_whole() {
    let near = Near {
        not_after: vec![Place::Words(vec![crate::text::key("con")])],
        ..Near::default()
    };
    let words = phrases(&["chó má"], Toneless::Neighbours, Some(&near));
    let count = |text: &str| {
        let mut count = 0;
        words.find(&Reading::new(text), ODDS, |_| count += 1);
        count
    };
    assert_eq!(count("đồ chómá"), 1);
    assert_eq!(count("con chómá"), 0);
    assert_eq!(count("conchómá"), 0);
}
