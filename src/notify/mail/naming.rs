//! What mails are called, and what they belong to: names that stay the same however often a mail is tried, and by which mail
//! programs lay what belongs together into one place.

use crate::domain::{ArticleId, OutboxId};

/// What a mail is one of, so that it stands with the others: `a.ARTICLE@host`. No mail has that name itself; mails that answer the
/// same one are a thread all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread(String);

/// Which stream of mails it is from (RFC 2919): `bao.duyet.host`. Who wants them in a folder of their own sorts by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List(String);

/// The host of the address that our mails are from; all names end in it.
#[must_use]
pub fn host(mail_from: &str) -> &str {
    mail_from
        .rsplit_once('@')
        .map_or("localhost", |(_, host)| host.trim_end_matches('>'))
}

/// The Message-ID of a row of the outbox, so that a mail that arrives twice is known for one (RFC 5322, 3.6.4).
#[must_use]
pub fn message_id(mail_from: &str, row: OutboxId) -> String {
    format!("{row}@{}", host(mail_from))
}

impl Thread {
    /// All that is said of an article.
    #[must_use]
    pub fn of_article(mail_from: &str, article: ArticleId) -> Self {
        Self(format!("a.{article}@{}", host(mail_from)))
    }

    /// Without angle brackets.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl List {
    /// All that members of a newspaper are told; a site's key is letters, digits and dashes.
    #[must_use]
    pub fn of_site(mail_from: &str, site_key: &str) -> Self {
        Self(format!("{site_key}.duyet.{}", host(mail_from)))
    }

    /// What a newspaper's readers asked to be told.
    #[must_use]
    pub fn of_readers(mail_from: &str, site_key: &str) -> Self {
        Self(format!("{site_key}.readers.{}", host(mail_from)))
    }

    /// Without angle brackets.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn names_end_in_the_host_that_the_mails_are_from() {
        let from = "Toà soạn <duyet@bao.example>";
        let (row, article) = (OutboxId(Uuid::nil()), ArticleId(Uuid::nil()));
        assert_eq!(
            message_id(from, row),
            "00000000-0000-0000-0000-000000000000@bao.example"
        );
        assert_eq!(
            Thread::of_article("duyet@bao.example", article).id(),
            "a.00000000-0000-0000-0000-000000000000@bao.example"
        );
        assert_eq!(List::of_site(from, "bao").id(), "bao.duyet.bao.example");
    }
}
