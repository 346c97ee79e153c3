//! The fields of a call, as they come: `application/x-www-form-urlencoded`, in whatever charset the page has.

use encoding_rs::{Encoding, UTF_8};

use crate::intake::{charset, urlencoded};

/// The fields that mean anything to us. What else comes (WordPress sends headers and all fields of its form) is passed over: it is
/// neither kept nor logged. Of several fields of a name the first that holds something counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AkismetForm {
    /// Stands for the site: `api_key`, or `key`.
    pub key: String,
    /// Where the newspaper's pages live.
    pub blog: String,
    /// The address that the reader sent from.
    pub user_ip: String,
    /// The page that the comment stands under.
    pub permalink: String,
    /// What kind of text it is.
    pub kind: String,
    /// The reader's name.
    pub author: String,
    /// The reader's email.
    pub email: String,
    /// The reader's own page.
    pub url: String,
    /// The text.
    pub content: String,
    /// When it was written.
    pub date: String,
    /// What its writer may do there.
    pub role: String,
    /// Whether nothing of it is meant: `1` or `true`.
    pub is_test: String,
    /// Whether a test wants to be told to throw it away.
    pub test_discard: String,
    /// Why it is checked once more.
    pub recheck: String,
    /// Where to tell a verdict that comes later.
    pub callback: String,
    /// What the comment was called when it was checked.
    pub guid: String,
    /// How they call the page.
    pub post: String,
    /// Which months of counts.
    pub month: String,
    /// Counts of which site.
    pub filter: String,
    /// Counts as `json` or `csv`.
    pub format: String,
    /// Counts of how many sites.
    pub limit: String,
    /// Counts after how many sites.
    pub offset: String,
    /// From when on counts are wanted.
    pub from: String,
    /// Whether a field was filled in that readers do not see.
    pub honeypot: bool,
}

impl AkismetForm {
    /// Reads a form. Any bytes are one. What is no UTF-8 is read in the charset that the form names, where it is one that forms can have
    /// (WHATWG Encoding, 4.2).
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let pairs = urlencoded::pairs(bytes);
        let of = |name: &[u8]| pairs.iter().find(|(is, _)| is == name);
        let charset = of(b"blog_charset").and_then(|(_, label)| charset::named(label));
        let charset = charset.unwrap_or(UTF_8);
        let trap = of(b"honeypot_field_name").map(|(_, name)| name.as_slice());
        let mut form = Self {
            honeypot: trap.is_some_and(|name| of(name).is_some_and(|(_, typed)| !typed.is_empty())),
            ..Self::default()
        };
        // Whoever names the key twice means the one that is made for it.
        for (name, value) in pairs.iter().filter(|(name, _)| name != b"key") {
            form.take(name, value, charset);
        }
        for (name, value) in pairs.iter().filter(|(name, _)| name == b"key") {
            form.take(name, value, charset);
        }
        form
    }

    fn take(&mut self, name: &[u8], value: &[u8], charset: &'static Encoding) {
        let place = match name {
            b"api_key" | b"key" => &mut self.key,
            b"blog" => &mut self.blog,
            b"user_ip" => &mut self.user_ip,
            b"permalink" => &mut self.permalink,
            b"comment_type" => &mut self.kind,
            b"comment_author" => &mut self.author,
            b"comment_author_email" => &mut self.email,
            b"comment_author_url" => &mut self.url,
            b"comment_content" => &mut self.content,
            b"comment_date_gmt" => &mut self.date,
            b"user_role" => &mut self.role,
            b"is_test" => &mut self.is_test,
            b"test_discard" => &mut self.test_discard,
            b"recheck_reason" => &mut self.recheck,
            b"callback" => &mut self.callback,
            b"guid" | b"akismet_guid" => &mut self.guid,
            b"comment_post_ID" => &mut self.post,
            b"month" => &mut self.month,
            b"filter" => &mut self.filter,
            b"format" => &mut self.format,
            b"limit" => &mut self.limit,
            b"offset" => &mut self.offset,
            b"from" => &mut self.from,
            _ => return,
        };
        if place.is_empty() {
            *place = match std::str::from_utf8(value) {
                Ok(value) => value.to_owned(),
                Err(_) => charset.decode_without_bom_handling(value).0.into_owned(),
            };
        }
    }

    /// Whether nothing of it is meant.
    #[must_use]
    pub fn is_test(&self) -> bool {
        is_true(&self.is_test)
    }

    /// Whether a test wants to be told that it may be thrown away.
    #[must_use]
    pub fn wants_discard(&self) -> bool {
        is_true(&self.test_discard)
    }

    /// Whether its sender knows of a verdict already and asks once more.
    #[must_use]
    pub fn is_recheck(&self) -> bool {
        !self.recheck.trim().is_empty()
    }

    /// Whether it is what the protocol's tests take for spam whatever it says.
    #[must_use]
    pub fn is_spam_by_name(&self) -> bool {
        self.author.trim() == "viagra-test-123"
            || self.email.trim() == "akismet-guaranteed-spam@example.com"
    }

    /// Whether one of the newspaper's own people wrote it, whom nobody there moderates.
    #[must_use]
    pub fn is_by_administrator(&self) -> bool {
        let mut roles = self.role.split(',');
        roles.any(|role| role.trim() == "administrator")
    }

    /// Whether it is a letter to somebody rather than a text for everybody: moderators have no business with it.
    #[must_use]
    pub fn is_private(&self) -> bool {
        let kind = self.kind.trim().to_ascii_lowercase().replace('_', "-");
        matches!(kind.as_str(), "contact-form" | "signup" | "message")
    }

    /// The same as it was typed, where WordPress has set backslashes in it.
    #[must_use]
    pub fn without_slashes(self) -> Self {
        let off = |text: &String| super::wordpress::without_slashes(text);
        Self {
            author: off(&self.author),
            email: off(&self.email),
            url: off(&self.url),
            content: off(&self.content),
            ..self
        }
    }
}

fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "True" | "TRUE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_and_what_else_comes_is_passed_over() {
        let form = AkismetForm::read(
            b"blog=https%3A%2F%2Fbao.vn&comment_author=Nguy%E1%BB%85n+V%C4%83n+A&comment_context[]=x&comment_context%5B0%5D=y\
              &POST_comment=z&HTTP_COOKIE=q&comment_content=&comment_content=Hay&key=old&api_key=abc&is_test=1",
        );
        let expected = AkismetForm {
            blog: "https://bao.vn".to_owned(),
            author: "Nguyễn Văn A".to_owned(),
            content: "Hay".to_owned(),
            key: "abc".to_owned(),
            is_test: "1".to_owned(),
            ..AkismetForm::default()
        };
        assert_eq!(form, expected);
        assert_eq!(AkismetForm::read(b"key=abc").key, "abc");
    }

    #[test]
    fn other_charsets_are_read_as_they_say() {
        let read = |bytes: &[u8]| AkismetForm::read(bytes).content;
        // "Ước gì" as old Vietnamese pages have it, and "café" as old French ones do.
        assert_eq!(
            read(b"comment_content=caf%E9&blog_charset=ISO-8859-1"),
            "café"
        );
        assert_eq!(
            read(b"blog_charset=windows-1258&comment_content=%D0%FE"),
            "Đ₫"
        );
        // UTF-8 is UTF-8, whatever the form says of itself.
        assert_eq!(
            read(b"blog_charset=ISO-8859-1&comment_content=%C4%91i"),
            "đi"
        );
        for label in ["UTF-8", "utf-16", "nonsense", ""] {
            let form = format!("blog_charset={label}&comment_content=a%FFb");
            assert_eq!(read(form.as_bytes()), "a\u{fffd}b", "{label}");
        }
    }

    #[test]
    fn a_trap_is_sprung_by_its_own_name() {
        let is = |form: &str| AkismetForm::read(form.as_bytes()).honeypot;
        assert!(is("honeypot_field_name=phone2&phone2=1"));
        assert!(!is("honeypot_field_name=phone2&phone2="));
        assert!(!is("honeypot_field_name=phone2&phone=1"));
        assert!(!is("phone2=1"));
    }

    #[test]
    fn roles_kinds_and_tests_are_known() {
        let read = |form: &str| AkismetForm::read(form.as_bytes());
        assert!(read("user_role=administrator,editor").is_by_administrator());
        assert!(!read("user_role=not-administrator").is_by_administrator());
        for kind in ["contact-form", "contact_form", "signup", "message"] {
            assert!(read(&format!("comment_type={kind}")).is_private(), "{kind}");
        }
        for kind in ["", "comment", "forum-post", "reply", "pingback", "review"] {
            assert!(
                !read(&format!("comment_type={kind}")).is_private(),
                "{kind}"
            );
        }
        assert!(read("is_test=true").is_test() && read("is_test=1").is_test());
        assert!(!read("is_test=false").is_test() && !read("is_test=0").is_test());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form(bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..300),
            "((key|api_key|blog_charset|comment_content|honeypot_field_name|x)=(%[0-9A-Fa-g]{2}|\\PC|[+%=;]|utf-16|big5|iso-2022-jp)*&?){0,8}"
                .prop_map(String::into_bytes),
        ]) {
            let form = AkismetForm::read(&bytes);
            let _ = (form.is_private(), form.clone().without_slashes());
        }
    }
}
