//! The pages people see: plain structs that a handler fills and a compiled template renders.
//!
//! Nothing here reads a store or a clock. What a reader typed is a `String` like any other and is
//! escaped by the template; an address becomes a link only where [`web_link`] lets it.

pub mod account;
pub mod answer;
pub mod api;
pub mod articles;
pub mod asset;
pub mod author;
pub mod backtest;
pub mod bans;
pub mod brief;
pub mod card;
pub mod card_part;
mod chart;
pub mod demo;
pub mod desk;
pub mod docs;
pub mod entrance;
pub mod form;
pub mod frame;
pub mod history;
pub mod mailbox;
pub mod mailed;
pub mod members;
pub mod mute;
pub mod numbers;
pub mod numbers_model;
pub mod outbox;
pub mod qr;
pub mod reading;
pub mod receipt;
pub mod report;
pub mod reports;
pub mod rules;
pub mod settings;
pub mod site_words;
#[cfg(test)]
mod tests;
pub mod webhooks;

pub use account::{
    AccountPage, CodesPage, HabitsForm, LanguageChoice, PhonePage, PhoneView, SessionView,
};
pub use answer::{FormProblemPage, FormThanksPage, ProblemPage, Refusal};
pub use articles::{ArticleListPage, ArticlePage, ArticleView};
pub use author::{AuthorPage, AuthorView};
pub use backtest::{BacktestPage, BacktestPart, SampleView, ShiftView};
pub use bans::{BanForm, BanNotice, BanTerm, BanView, BansPage};
pub use brief::{BriefCard, SiteChoice};
pub use card::{DecidedView, EvidenceView, LikenedView, NoteView, ParentView, QueueCard};
pub use card_part::CardPart;
pub use demo::{DemoArticle, DemoArticlePage, Notice, PublicCommentView};
pub use desk::{Chip, Narrowing, QueueFilter, QueueNotice, QueueOrders, QueuePage, QueueTab};
pub use docs::DocsPage;
pub use entrance::{CodePage, ForgottenPage, SentPage, SignInPage, WelcomePage};
pub use form::{CommentForm, ConsentBox, FieldError};
pub use frame::{Desk, Place};
pub use history::{HistoryForm, HistoryLink, HistoryPage, HistoryRow};
pub use mailbox::MailboxPage;
pub use mailed::{MailedOtherPage, MailedPage, MailedState};
pub use members::{MemberForm, MemberPage, MemberRow, MembersPage, SiteBinding};
pub use mute::MutePage;
pub use numbers::{BusyArticle, NumbersPage, RuleRow};
pub use numbers_model::{ModelNumbers, WrongRow};
pub use outbox::{OutboxNotice, OutboxPage, Outgoing, OutgoingView};
pub use reading::{ReadingOrder, ReadingPage};
pub use receipt::{EditForm, ReceiptNotice, ReceiptPage, Unsaved};
pub use report::{ReportPage, ReportThanksPage};
pub use rules::{PackView, RuleNotice, RulePage, RuleView, RulesPage};
pub use settings::{ByItselfForm, CmsForm, SecretView, SettingsForm, SettingsNotice, SettingsPage};
pub use site_words::{SiteWordsPage, WordForm, WordList, WordView};
pub use webhooks::{
    DeliveryView, WebhookForm, WebhookNotice, WebhookPage, WebhookSecretPage, WebhookView,
    WebhooksPage,
};

/// `address` where it may become a link: a page on the web, and nothing that runs (`javascript:`,
/// `data:`). The schemes of addresses are case-insensitive (RFC 3986, 3.1).
#[must_use]
pub fn web_link(address: &str) -> Option<&str> {
    let scheme_is = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (scheme_is("https://") || scheme_is("http://")).then_some(address)
}
