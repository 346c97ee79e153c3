//! What a member of the paper looks up beside the queue: one author, the articles, one article with its comments.

use super::Moderating;
use crate::clock;
use crate::domain::{Article, ArticleId, Ban, BanKind, CommentId, Instant, Role, Status};
use crate::http::problem::{Code, Problem};
use crate::intake::{Author, Bans, Email, EmailPolicy, FieldError, folded};
use crate::store::{
    ArticleChange, ArticleFilter, ArticlePage, ArticleSheet, AuthorSheet, BanFilter,
};

/// As many characters as a search has.
const MOST_SOUGHT: usize = 200;

/// Everything of one author.
pub struct AuthorFile {
    /// The key that all spellings of the email have.
    pub email_key: String,
    /// What they sent.
    pub sheet: AuthorSheet,
    /// The bans of their email, and those in force of names that they used, newest first.
    pub bans: Vec<Ban>,
}

impl Moderating {
    /// Everything of the author with that email on a site, as many comments as `limit` before `after`.
    pub async fn author(
        &self,
        site: &str,
        email: &str,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<AuthorFile, Problem> {
        let site = self.site_called(site)?.id;
        let policy = EmailPolicy {
            unicode_local_part: true,
        };
        let email =
            Email::parse_with(email, policy).map_err(|error| Problem::fields(vec![error]))?;
        let (key, store) = (email.key().to_owned(), &self.house.store);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let scope = self.principal.scope().only(site);
        let sheet = store.author(scope, key.clone(), after, limit).await?;
        let theirs = BanFilter {
            of: Some((BanKind::Email, key.clone())),
            ..BanFilter::default()
        };
        let mut bans = store.bans(site, theirs).await?;
        let now = clock::now();
        let in_force = BanFilter {
            in_force_at: Some(now),
            ..BanFilter::default()
        };
        let of_names = store.bans(site, in_force).await?.into_iter();
        bans.extend(of_names.filter(|ban| is_of_a_name(ban, &sheet, now)));
        bans.sort_by_key(|ban| std::cmp::Reverse(ban.id));
        Ok(AuthorFile {
            email_key: key,
            sheet,
            bans,
        })
    }

    /// The sections of their newest articles, by name.
    pub async fn sections(&self) -> Result<Vec<String>, Problem> {
        let store = &self.house.store;
        Ok(store.sections(self.principal.scope()).await?)
    }

    /// A page of articles on their sites, or on the one of that key. `sought` are words of a title or an address.
    pub async fn articles(
        &self,
        site: Option<&str>,
        sought: &str,
        filter: ArticleFilter,
    ) -> Result<ArticlePage, Problem> {
        if sought.chars().count() > MOST_SOUGHT {
            let long = FieldError::new("q", "text-too-long").with("max", MOST_SOUGHT);
            return Err(Problem::fields(vec![long]));
        }
        let filter = ArticleFilter {
            // An address that was copied whole; keys have no scheme.
            words: folded(sought.split_once("://").map_or(sought, |(_, rest)| rest))
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            ..filter
        };
        let scope = self.scope(site)?;
        Ok(self
            .house
            .store
            .articles(scope, filter, clock::now())
            .await?)
    }

    /// One article with its comments of one status, as many as `limit` before `after`.
    pub async fn article(
        &self,
        id: ArticleId,
        status: Status,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<ArticleSheet, Problem> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = self
            .house
            .store
            .article_sheet(self.principal.scope(), id, status, after, limit)
            .await?;
        found.ok_or(Problem::new(Code::NotFound))
    }

    /// Changes an article: for editors.
    pub async fn change_article(
        &self,
        id: ArticleId,
        asked: ArticleChange,
    ) -> Result<Article, Problem> {
        let by = self.clone().at_least(Role::Editor)?;
        let now = clock::now();
        if asked.closes_at.flatten().is_some_and(|end| end <= now) {
            return Err(Problem::field("closes_at", "article-closes-past"));
        }
        let (store, scope) = (&by.house.store, by.principal.scope());
        let changed = store
            .change_article(scope, id, asked, by.actor(), now)
            .await?;
        Ok(changed)
    }
}

fn is_of_a_name(ban: &Ban, sheet: &AuthorSheet, now: Instant) -> bool {
    if ban.kind != BanKind::Name {
        return false;
    }
    let bans = Bans::new([ban]);
    sheet.names.iter().any(|(name, ..)| {
        let author = Author {
            name: "",
            name_key: &folded(name),
            email: "",
            email_key: "",
            address: None,
        };
        !bans.holding(&author, now).is_empty()
    })
}
