//! The name of what sites learn on from: it changes with the model that comes with the program, with what a comment is read as, and with
//! how far a decision moves weights. Weights that were kept under another name are not learnt on from.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::features::Features;
use super::model::Model;
use super::pupil::Pupil;
use super::shipped::checksum;
use crate::domain::{
    Action, BatchId, Category, CommentId, DecisionId, Evidence, Field, Taught, View, Witness,
};
use crate::text::Reading;

/// As many bytes of a hash name it.
const NAMED: usize = 8;

/// Whatever is read in a way of its own stands in one of these.
const TEXTS: [&str; 8] = [
    "Bài viết rất hay, cảm ơn tòa soạn đã lên tiếng!",
    "bai viet rat hay, cam on toa soan",
    "ĐỒ NGU!!! v.ã.i cả đ-ạ-o lý, n g u quáaaaa",
    "Li\u{200b}ên hệ za\u{301}lo 0912 345 678 hoặc www.vay-nhanh.example/x?y=1",
    "Ｖａｙ ｔｉｅ̂ｎ пhanh, l4i su4t th4p 😀😀😀",
    "Kính gửi\n\nUBND tỉnh: Điều 12, khoản 3 (sửa đổi) – “đúng hay sai”?",
    "đc k mn ơi :)) hok bik lun á",
    "I couldn't agree more — naïve, isn't it?",
];

impl Model {
    /// The name of what sites learn on from.
    #[must_use]
    pub fn shipped_version() -> String {
        static NAME: LazyLock<String> = LazyLock::new(|| {
            let mut hash = Sha256::new_with_prefix(checksum());
            learn_by_heart(|bytes| hash.update(bytes));
            hex::encode(&hash.finalize()[..NAMED])
        });
        NAME.clone()
    }
}

/// Learns the texts, and tells what they are read as and what is made of each on the way.
fn learn_by_heart(mut tell: impl FnMut(&[u8])) {
    let mut pupil = Pupil::new(Model::shipped().clone());
    let actions = [Action::Reject, Action::Approve, Action::Spam];
    for (number, text) in (1..).zip(TEXTS.iter().chain(&TEXTS)) {
        let evidence = vec![sign(text), link(), burst(), address(), author()];
        let features = Features::of(&Reading::new(text), &evidence);
        for (names, value) in features.kinds() {
            for name in names {
                tell(&name.to_le_bytes());
            }
            tell(&value.to_le_bytes());
        }
        let lesson = pupil.learn(&Taught {
            decision: DecisionId(Uuid::from_u128(number)),
            batch: BatchId(Uuid::from_u128(number)),
            comment: CommentId(Uuid::from_u128(number)),
            action: actions[text.len() % actions.len()],
            body: (*text).to_owned(),
            evidence,
            witness: Witness::Itself,
        });
        tell(&lesson.harm.to_le_bytes());
        tell(&lesson.spam.to_le_bytes());
    }
}

/// What a rule might have seen.
fn sign(text: &str) -> Evidence {
    Evidence {
        rule: "vi.insult.core".to_owned(),
        category: Category::Insult,
        field: Field::Body,
        start: 0,
        end: 2,
        excerpt: text.chars().take(2).collect(),
        weight: 1.5,
        view: View::Hidden,
        cluster: None,
    }
}

/// The same of a link in it.
fn link() -> Evidence {
    Evidence {
        rule: "spam.link.raw".to_owned(),
        category: Category::Spam,
        field: Field::Link,
        view: View::Raw,
        ..sign("")
    }
}

/// The same of when a comment comes.
fn burst() -> Evidence {
    Evidence {
        rule: "spam.flood.address".to_owned(),
        category: Category::Flood,
        view: View::Context,
        ..sign("")
    }
}

/// The same of an address.
fn address() -> Evidence {
    Evidence {
        rule: "spam.email.disposable".to_owned(),
        category: Category::Spam,
        field: Field::Email,
        view: View::Raw,
        ..sign("")
    }
}

/// The same of a name.
fn author() -> Evidence {
    Evidence {
        rule: "names.authority".to_owned(),
        category: Category::Impersonation,
        field: Field::Name,
        view: View::Raw,
        ..sign("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Whoever changes what a comment is read as sees here that sites learn all of it again after the next start.
    #[test]
    fn it_is_what_it_was() {
        insta::assert_snapshot!(Model::shipped_version());
    }

    #[test]
    fn it_is_of_what_is_read_and_of_what_is_learnt() {
        let mut told = Vec::new();
        learn_by_heart(|bytes| told.extend_from_slice(bytes));
        let mut again = Vec::new();
        learn_by_heart(|bytes| again.extend_from_slice(bytes));
        assert_eq!(told, again);
        // Each text is read in hundreds of features, and no two are read alike.
        assert!(told.len() > TEXTS.len() * 2 * 400);
    }
}
