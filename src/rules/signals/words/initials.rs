//! Initials of persons, as a newspaper prints them (*Ông Đ.M, 45 tuổi*): capitals with full stops after what a person is
//! called. The same letters without such company are an abbreviation (*Đ.M thằng kia*).

use std::ops::Range;

use crate::text::Reading;

/// What stands before a person's name.
const CALLED: &[&str] = &[
    "anh", "bà", "bác", "bé", "can", "cáo", "cậu", "cháu", "chị", "chú", "cô", "cụ", "em", "gái",
    "họ", "nhân", "ông", "phạm", "sĩ", "sinh", "sỹ", "tên", "trai", "viên",
];

/// As many words as follow initials of one name.
const LONGEST_NAME: usize = 3;

/// What follows an obscenity and no person's name.
const SCOLDED: &[&str] = &[
    "bọn", "chúng", "con", "lũ", "m", "mày", "mẹ", "nó", "tao", "thằng", "tụi",
];

/// Whether a row of single letters is somebody's initials.
pub(super) fn are(reading: &Reading<'_>, row: Range<usize>) -> bool {
    let list = reading.syllables().list();
    let text = reading.canonical().text();
    let word = |at: usize| {
        list.get(at)
            .map(|one| &text[one.start as usize..one.end as usize])
    };
    let letters = &list[row.clone()];
    let capitals = letters.iter().all(|one| {
        let typed = reading.excerpt(one.span);
        typed.chars().any(char::is_uppercase) && !typed.chars().any(char::is_lowercase)
    });
    let dotted = letters
        .windows(2)
        .all(|two| text[two[0].end as usize..two[1].start as usize].trim() == ".");
    let is_scolded = word(row.end).is_some_and(|next| SCOLDED.contains(&next));
    let is_called = || {
        let before = row.start.checked_sub(1).and_then(word);
        before.is_some_and(|before| CALLED.contains(&before))
    };
    let has_age = || {
        let is_capital = |at: usize| {
            list.get(at)
                .is_some_and(|one| reading.excerpt(one.span).starts_with(char::is_uppercase))
        };
        // *Đ.M. Tuấn, 32 tuổi*: the name that follows initials comes before the age.
        let after_name = (row.end..row.end + LONGEST_NAME)
            .find(|at| !is_capital(*at))
            .unwrap_or(row.end + LONGEST_NAME);
        let number = list
            .get(after_name)
            .is_some_and(|next| next.first().is_numeric());
        number && word(after_name + 1) == Some("tuổi")
    };
    capitals && dotted && !is_scolded && (is_called() || has_age())
}
