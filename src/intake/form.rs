//! The fields of a plain HTML form, as they come.

use utoipa::ToSchema;

use super::submission::MAX_PROOF;
use super::{ArticleField, ConsentAnswer, FieldError, Submission, charset, urlencoded};

/// What the address may say that a form is sent to, so that an old form needs no field more.
const OF_ADDRESS: [&str; 3] = ["article", "title", "return"];

/// A form as it was posted: bytes of whatever charset its page has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostedForm<'a> {
    /// The names and values of its fields.
    pub fields: Vec<(Vec<u8>, Vec<u8>)>,
    /// The query of the address that it was sent to.
    pub query: &'a [u8],
    /// The charset that its content type names.
    pub charset: Option<&'a str>,
}

impl PostedForm<'_> {
    /// A form as browsers encode it unless told otherwise.
    #[must_use]
    pub fn urlencoded(bytes: &[u8]) -> Self {
        Self {
            fields: urlencoded::pairs(bytes),
            ..Self::default()
        }
    }

    /// What was typed, and after it what the address says.
    fn letters(&self) -> impl Iterator<Item = (String, String)> {
        let by_field = || {
            let field = self.fields.iter().find(|(name, _)| name == b"_charset_");
            field.and_then(|(_, label)| charset::named(label))
        };
        let by_type = self
            .charset
            .and_then(|label| charset::named(label.as_bytes()));
        let is = charset::of(&self.fields, by_type.or_else(by_field));
        // A template writes UTF-8 into the address, a browser the page's charset, also where the form says to send another.
        let of_page = is.filter(|is| *is != encoding_rs::UTF_8);
        let query = urlencoded::pairs(self.query);
        let said = charset::letters(&query, charset::of(&query, of_page));
        let said = said.into_iter();
        let said = said.filter(|(name, _)| OF_ADDRESS.contains(&name.as_str()));
        charset::letters(&self.fields, is).into_iter().chain(said)
    }
}

/// The fields of the form. Others are let be: old pages send their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, ToSchema)]
#[schema(as = CommentForm)]
pub struct CommentFields {
    /// The article's address.
    #[schema(
        example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"
    )]
    pub article: String,
    /// The article's title.
    pub title: Option<String>,
    /// The reader's name; also `ho_ten` or `hoten`.
    #[schema(example = "Nguyễn Văn A")]
    pub name: String,
    /// The reader's email address.
    #[schema(example = "nguyenvana@example.com")]
    pub email: String,
    /// The text; also `noi_dung` or `noidung`.
    #[schema(example = "Bài viết rất hay và bổ ích.")]
    pub body: String,
    /// The published comment it answers.
    pub parent: Option<String>,
    /// The ticked box of a site that asks for consent: `on`, or the version of the text beside it; also `dong_y`.
    #[schema(example = "on")]
    pub consent: Option<String>,
    /// What ALTCHA's widget adds to the form; also `challenge`.
    pub altcha: Option<String>,
    /// When the form was shown: comes with the forms of our own pages.
    pub stamp: Option<String>,
    /// A field that people do not see. What fills it in is probably a program.
    pub website: Option<String>,
    /// The ticked box of a reader who wants a mail when the comment is decided: `on`; also `bao_tin`.
    #[schema(example = "on")]
    pub tell: Option<String>,
    /// Where to go afterwards: a page of the site. `duyet=pending` is added to its query.
    #[serde(rename = "return")]
    pub return_to: Option<String>,
}

impl CommentFields {
    /// Reads a form. Any bytes are one; the first of each field's names that holds something counts, and what the form leaves out of the article may
    /// stand in its address.
    #[must_use]
    pub fn read(form: &PostedForm<'_>) -> Self {
        let mut fields = Self::default();
        for (name, value) in form.letters() {
            let place = match name.as_str() {
                "article" => &mut fields.article,
                "name" | "ho_ten" | "hoten" => &mut fields.name,
                "email" => &mut fields.email,
                "body" | "noi_dung" | "noidung" => &mut fields.body,
                "title" => fields.title.get_or_insert_default(),
                "parent" => fields.parent.get_or_insert_default(),
                "consent" | "dong_y" => fields.consent.get_or_insert_default(),
                "altcha" | "challenge" => fields.altcha.get_or_insert_default(),
                "stamp" => fields.stamp.get_or_insert_default(),
                "website" => fields.website.get_or_insert_default(),
                "tell" | "bao_tin" => fields.tell.get_or_insert_default(),
                "return" => fields.return_to.get_or_insert_default(),
                _ => continue,
            };
            if place.trim().is_empty() {
                *place = value;
            }
        }
        for field in [
            &mut fields.title,
            &mut fields.parent,
            &mut fields.consent,
            &mut fields.altcha,
            &mut fields.stamp,
            &mut fields.website,
            &mut fields.tell,
            &mut fields.return_to,
        ] {
            field.take_if(|value| value.trim().is_empty());
        }
        fields
    }

    /// Whether the box is ticked that asks for a mail.
    #[must_use]
    pub fn wants_to_be_told(&self) -> bool {
        let tick = self.tell.as_deref().map(ConsentAnswer::of_form);
        tick.is_some_and(|tick| tick != ConsentAnswer::Ticked(false))
    }

    /// The same as a submission, to be checked like any other.
    pub fn submission(&self) -> Result<Submission, FieldError> {
        let parent = self.parent.as_deref().map(str::parse).transpose();
        Ok(Submission {
            article: ArticleField {
                url: self.article.clone(),
                title: self.title.clone(),
            },
            name: self.name.clone(),
            email: self.email.clone(),
            body: self.body.clone(),
            parent: parent.map_err(|_| FieldError::new("parent", "parent-invalid"))?,
            consent: self.consent.as_deref().map(ConsentAnswer::of_form),
            tell: self.wants_to_be_told(),
            // A form is not refused for its proof: one that is too long to be one is cut, and proves nothing then.
            challenge: (self.altcha.as_deref())
                .map(|proof| proof.chars().take(MAX_PROOF).collect()),
            stamp: self.stamp.clone(),
            website: self.website.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> CommentFields {
        CommentFields::read(&PostedForm::urlencoded(bytes))
    }

    #[test]
    fn old_field_names_and_strange_fields_do_no_harm() {
        let fields = read(b"ho_ten=Nguy%E1%BB%85n+V%C4%83n+A&email=a%40bao.vn&noidung=Hay&x=1&article=u&return=&name=B");
        assert_eq!(
            (fields.name.as_str(), fields.body.as_str()),
            ("Nguyễn Văn A", "Hay")
        );
        assert_eq!(fields.return_to, None);
    }

    #[test]
    fn the_address_says_what_the_form_leaves_out() {
        let form = |fields: &[u8]| {
            CommentFields::read(&PostedForm {
                query: b"article=u&title=%D0%E0+n%26%237861%3Bng&return=r&body=x",
                ..PostedForm::urlencoded(fields)
            })
        };
        let said = form(b"article=+&noi_dung=a");
        assert_eq!((said.article.as_str(), said.body.as_str()), ("u", "a"));
        // As browsers write it from a page in windows-1258.
        assert_eq!(said.title.as_deref(), Some("Đà nẵng"));
        assert_eq!(said.return_to.as_deref(), Some("r"));
        let typed = form(b"article=v&title=t&noi_dung=%F0%E0");
        assert_eq!((typed.article.as_str(), typed.body.as_str()), ("v", "đà"));
        assert_eq!(typed.title.as_deref(), Some("t"));
    }

    #[test]
    fn a_field_may_say_the_charset() {
        let fields = read(b"_charset_=windows-1252&ho_ten=V%F5");
        assert_eq!(fields.name, "Võ");
        let of_type = CommentFields::read(&PostedForm {
            charset: Some("windows-1252"),
            ..PostedForm::urlencoded(b"ho_ten=V%F5&_charset_=windows-1258")
        });
        assert_eq!(of_type.name, "Võ");
        assert_eq!(read(b"ho_ten=%D0%E0").name, "Đà");
    }

    #[test]
    fn a_parent_that_is_no_comment_is_told() {
        let error = read(b"parent=7").submission().unwrap_err();
        assert_eq!(
            (error.field.as_str(), error.code),
            ("parent", "parent-invalid")
        );
    }

    /// What a browser sends for these fields.
    fn sent(fields: &CommentFields) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("article", Some(&fields.article)),
            ("title", fields.title.as_ref()),
            ("ho_ten", Some(&fields.name)),
            ("email", Some(&fields.email)),
            ("noi_dung", Some(&fields.body)),
            ("parent", fields.parent.as_ref()),
            ("dong_y", fields.consent.as_ref()),
            ("challenge", fields.altcha.as_ref()),
            ("stamp", fields.stamp.as_ref()),
            ("website", fields.website.as_ref()),
            ("bao_tin", fields.tell.as_ref()),
            ("return", fields.return_to.as_ref()),
        ] {
            if let Some(value) = value {
                form.append_pair(name, value);
            }
        }
        form.finish()
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form_and_reading_it_again_changes_nothing(bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "((name|ho_ten|email|body|noidung|title|parent|consent|dong_y|tell|bao_tin|altcha|challenge|stamp|website|return|x)=(%[0-9A-Fa-g]{2}|\\PC|[+%=;])*&?){0,8}".prop_map(String::into_bytes),
        ]) {
            let fields = read(&bytes);
            let again = CommentFields::read(&PostedForm {
                charset: Some("utf-8"),
                ..PostedForm::urlencoded(sent(&fields).as_bytes())
            });
            prop_assert_eq!(again, fields.clone());
            let _ = fields.submission();
        }
    }
}
