//! Why something did not leave the house, in words.

use super::{FluentValue, Messages};
use crate::domain::{Delivery, Trouble};

impl Messages {
    /// What was kept of a failure, in words: ours in this language, those of others as they are.
    #[must_use]
    pub fn kept(self, kept: &str) -> String {
        Trouble::read(kept).map_or_else(|| kept.to_owned(), |trouble| self.trouble(&trouble))
    }

    /// What is kept of how a delivery went: the words of whoever answered, however these look, or why nobody did, in ours.
    #[must_use]
    pub fn said_of(self, delivery: &Delivery) -> Option<String> {
        let said = delivery.said.as_ref()?;
        Some(match delivery.answer {
            Some(_) => said.clone(),
            None => self.kept(said),
        })
    }

    /// Why something did not leave, or went unanswered.
    #[must_use]
    pub fn trouble(self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::NotCalled { fault } => {
                self.with("trouble-not-called", &[("why", self.known(fault).into())])
            }
            Trouble::NoName { name, said } => {
                self.told("trouble-no-name", &[("name", name), ("said", said)])
            }
            Trouble::Nowhere { name } => self.told("trouble-nowhere", &[("name", name)]),
            Trouble::NoConnection { place, said: None } => {
                self.told("trouble-nobody", &[("place", place)])
            }
            Trouble::NoConnection {
                place,
                said: Some(said),
            } => self.told("trouble-no-connection", &[("place", place), ("said", said)]),
            Trouble::NoTls { place, said } => {
                self.told("trouble-no-tls", &[("place", place), ("said", said)])
            }
            Trouble::NoHttp { said } => self.told("trouble-no-http", &[("said", said)]),
            Trouble::Late { millis } => self.late(*millis),
            Trouble::Status { status } => {
                self.told("trouble-status", &[("status", &status.to_string())])
            }
            Trouble::Redirect { status } => {
                self.told("trouble-redirect", &[("status", &status.to_string())])
            }
            Trouble::Cut { most } => self.told("trouble-cut", &[("most", &most.to_string())]),
            Trouble::Unreadable {
                field,
                code,
                quoted,
            } => {
                let mut variables: Vec<(&str, FluentValue<'_>)> = vec![("field", field.into())];
                let quoted = quoted.iter();
                variables.extend(quoted.map(|(name, text)| (name.as_str(), text.into())));
                let what = if self.has(code) {
                    self.with(code, &variables)
                } else {
                    code.clone()
                };
                self.told("trouble-unreadable", &[("field", field), ("what", &what)])
            }
            Trouble::Unsigned => self.get("trouble-unsigned"),
            Trouble::Promised => self.get("trouble-promised"),
            Trouble::Rested { last: None } => self.get("trouble-rested"),
            Trouble::Rested { last: Some(last) } => {
                let last = self.trouble(last);
                self.told("trouble-rested-after", &[("last", &last)])
            }
            Trouble::Stranger { url } => self.told("trouble-stranger", &[("url", url)]),
            Trouble::Mail(trouble) => self.mail_trouble(trouble),
            Trouble::Said { words } => self.told("trouble-said", &[("words", words)]),
        }
    }

    pub(super) fn told(self, id: &str, quoted: &[(&str, &str)]) -> String {
        let quoted = quoted.iter();
        let variables: Vec<(&str, FluentValue<'_>)> =
            quoted.map(|(name, text)| (*name, (*text).into())).collect();
        self.with(id, &variables)
    }

    fn late(self, millis: u64) -> String {
        if millis.is_multiple_of(1000) {
            let seconds = (millis / 1000).to_string();
            self.told("trouble-late", &[("seconds", &seconds)])
        } else {
            self.told("trouble-late-millis", &[("millis", &millis.to_string())])
        }
    }

    /// The message of a name that was kept, or that name where it is none of this version.
    fn known(self, id: &str) -> String {
        if self.has(id) {
            self.get(id)
        } else {
            id.to_owned()
        }
    }
}
