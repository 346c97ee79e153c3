//! What is checked again is the same comment: WordPress does so when it was told nothing, when its people press a button, and when
//! they say that a verdict was wrong. It names no comment then, so a comment is known by what it says.

use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

use super::AkismetForm;
use crate::domain::{CommentId, Instant, SiteId};
use crate::intake::keyed;

/// How far the time when a comment was written may lie from the time when it was first checked: clocks differ.
const NEAR: Duration = Duration::from_secs(12 * 3600);
/// How long the same is taken for a check that is sent again, where nothing says so: its sender gave up waiting.
const SENT_AGAIN: Duration = Duration::from_secs(600);
/// The same for a check that was sent later and stored sooner.
const CROSSED: Duration = Duration::from_secs(60);

/// Marks what checks say. Made from the service's secret, so that a mark tells nothing to who has the database alone.
#[derive(Clone)]
pub struct CheckKey(keyed::Key);

impl CheckKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet akismet mark v1"))
    }

    /// The mark of a comment: the same however WordPress dresses the text up between the form and its database, and another where
    /// anything is said or linked otherwise.
    #[must_use]
    pub fn mark(&self, site: SiteId, form: &AkismetForm) -> [u8; 16] {
        let mut said = Vec::with_capacity(form.content.len() + 512);
        for field in [
            plain(&form.author),
            plain(&form.email).to_lowercase(),
            address(&plain(&form.url)).to_owned(),
            address(&plain(&form.permalink)).to_owned(),
            plain(&form.content),
        ] {
            // A byte that UTF-8 never has ends each.
            said.extend(field.as_bytes());
            said.push(0xff);
        }
        keyed::tag(&self.0, &[site.0.as_bytes(), &said])
    }
}

/// A text without what WordPress adds or takes: backslashes before quotation marks, entities, `rel` of links, kinds of space.
fn plain(text: &str) -> String {
    let mut text = text.replace('\\', "");
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&#038;", "&"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    for rel in [
        " rel=\"nofollow ugc\"",
        " rel=\"ugc\"",
        " rel=\"nofollow\"",
        " rel='nofollow'",
    ] {
        text = text.replace(rel, "");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

/// An address without its scheme, which WordPress sets where none was typed, and without a last slash.
fn address(url: &str) -> &str {
    let rest = url.strip_prefix("https://");
    let rest = rest.or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    rest.trim_end_matches('/')
}

/// A comment that says the same, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Which one.
    pub comment: CommentId,
    /// When it was first checked.
    pub arrived: Instant,
    /// When it was written, where its sender said so then.
    pub written: Option<Instant>,
}

/// What tells which of those that say the same is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// When it came.
    pub at: Instant,
    /// When the comment was written, where its sender says so.
    pub written: Option<Instant>,
    /// Whether its sender says that it was checked before.
    pub is_recheck: bool,
}

/// The comment that is meant; nothing where this is a new one.
#[must_use]
pub fn same_as(earlier: &[Earlier], again: &Again) -> Option<CommentId> {
    let newest = |fits: &dyn Fn(&Earlier) -> bool| {
        let fitting = earlier.iter().filter(|one| fits(one));
        Some(
            fitting
                .max_by_key(|one| (one.arrived, one.comment))?
                .comment,
        )
    };
    let by_date = again.written.and_then(|written| {
        let said = newest(&|one| one.written == Some(written));
        said.or_else(|| nearest(earlier, written))
    });
    let sent_again = || {
        newest(&|one| {
            // Who says when it was written, and another time than before, means another.
            let differs = again.written.is_some() && one.written.is_some();
            !differs
                && one.arrived.after(SENT_AGAIN) >= again.at
                && again.at.after(CROSSED) >= one.arrived
        })
    };
    let known = || again.is_recheck.then(|| newest(&|_| true)).flatten();
    by_date.or_else(sent_again).or_else(known)
}

/// Of those whose sender did not say when they were written, the one that was checked nearest to then.
fn nearest(earlier: &[Earlier], written: Instant) -> Option<CommentId> {
    let far = |one: &Earlier| one.arrived.as_micros().abs_diff(written.as_micros());
    let unsaid = earlier.iter().filter(|one| one.written.is_none());
    let near = unsaid.filter(|one| u128::from(far(one)) <= NEAR.as_micros());
    Some(near.min_by_key(|one| far(one))?.comment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(content: &str) -> AkismetForm {
        AkismetForm {
            author: "Trần Thị Bưởi".to_owned(),
            email: "buoi@thu.example".to_owned(),
            url: "https://buoi.example".to_owned(),
            permalink: "https://bao.vn/a".to_owned(),
            content: content.to_owned(),
            ..AkismetForm::default()
        }
    }

    fn mark(form: &AkismetForm) -> [u8; 16] {
        CheckKey::derive(b"secret").mark(SiteId(Uuid::nil()), form)
    }

    #[test]
    fn what_wordpress_does_to_a_text_changes_no_mark() {
        let typed = mark(&form(
            "\"Hay\" & đúng <a href=\"https://x.vn\">x</a>\r\nlắm",
        ));
        for stored in [
            r#"\"Hay\" & đúng <a href=\"https://x.vn\">x</a>"#.to_owned() + "\r\nlắm",
            "\"Hay\" &amp; đúng <a href=\"https://x.vn\" rel=\"nofollow ugc\">x</a>\nlắm"
                .to_owned(),
            "&quot;Hay&quot; &amp; đúng <a href=\"https://x.vn\">x</a>  lắm ".to_owned(),
        ] {
            assert_eq!(mark(&form(&stored)), typed, "{stored}");
        }
        let mut dressed = form("Hay");
        dressed.url = "http://buoi.example/".to_owned();
        dressed.email = "Buoi@Thu.example".to_owned();
        assert_eq!(mark(&dressed), mark(&form("Hay")));
    }

    #[test]
    fn who_says_or_links_otherwise_is_another() {
        let first = mark(&form("Hay <a href=\"https://x.vn\">x</a>"));
        let mut others = vec![
            form("Hay <a href=\"https://y.vn\">x</a>"),
            form("hay <a href=\"https://x.vn\">x</a>"),
        ];
        for change in [
            (|form: &mut AkismetForm| form.author.push('x')) as fn(&mut AkismetForm),
            |form| form.email.push('x'),
            |form| form.url.push('x'),
            |form| form.permalink.push('x'),
        ] {
            let mut other = form("Hay <a href=\"https://x.vn\">x</a>");
            change(&mut other);
            others.push(other);
        }
        for other in others {
            assert_ne!(mark(&other), first, "{other:?}");
        }
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(1_800_000_000_000_000 + seconds * 1_000_000)
    }

    fn earlier(number: u128, arrived: i64, written: Option<i64>) -> Earlier {
        Earlier {
            comment: CommentId(Uuid::from_u128(number)),
            arrived: at(arrived),
            written: written.map(at),
        }
    }

    fn found(
        earlier: &[Earlier],
        now: i64,
        written: Option<i64>,
        is_recheck: bool,
    ) -> Option<u128> {
        let again = Again {
            at: at(now),
            written: written.map(at),
            is_recheck,
        };
        same_as(earlier, &again).map(|comment| comment.0.as_u128())
    }

    const DAY: i64 = 86_400;

    #[test]
    fn a_check_that_is_sent_again_soon_is_the_same_and_later_it_is_new() {
        let first = [earlier(1, 0, None)];
        assert_eq!(found(&first, 5, None, false), Some(1));
        assert_eq!(found(&first, -5, None, false), Some(1));
        assert_eq!(found(&first, 601, None, false), None);
        assert_eq!(found(&[], 5, None, true), None);
    }

    #[test]
    fn a_recheck_is_the_one_of_its_time() {
        let two = [earlier(1, 0, None), earlier(2, DAY, None)];
        assert_eq!(found(&two, 9 * DAY, Some(2), true), Some(1));
        assert_eq!(found(&two, 9 * DAY, Some(DAY - 3), true), Some(2));
        assert_eq!(found(&two, 9 * DAY, None, true), Some(2));
        // A clock that is quite wrong: the newest, since the same words by the same reader are meant.
        assert_eq!(found(&two, 9 * DAY, Some(50 * DAY), true), Some(2));
    }

    #[test]
    fn who_says_when_it_was_written_means_that_one() {
        let two = [
            earlier(1, 0, Some(-500 * DAY)),
            earlier(2, 1, Some(-400 * DAY)),
        ];
        assert_eq!(found(&two, 9 * DAY, Some(-500 * DAY), false), Some(1));
        assert_eq!(found(&two, 2, Some(-300 * DAY), false), None);
    }
}
