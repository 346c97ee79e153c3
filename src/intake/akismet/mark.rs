//! What is checked again is the same comment: WordPress does so when it was told nothing, when its people press a button, and when
//! they say that a verdict was wrong. It names no comment then, so a comment is known by what it says.

use unicode_normalization::UnicodeNormalization;

use super::AkismetForm;
use crate::domain::SiteId;
use crate::intake::keyed;

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
}
