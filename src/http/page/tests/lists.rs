//! The lists beside the queue, with hostile names, reasons and titles on them.

use askama::Template;

use super::super::*;
use super::sample::{HOSTILE_BODY, HOSTILE_LINK, HOSTILE_NAME, at, card, desk, id, seen};
use crate::domain::{
    Action, ArticleId, ArticleState, BanId, BanKind, BatchId, Category, CommentId, Field, Lane,
    MailAdvice, MailFault, MailTrouble, OutboxId, Presence, Role, Status, Trouble,
};
use crate::messages::Messages;
use crate::store::GivenUp;

const NOW: &str = "2026-11-23T07:03:30Z";

pub fn sites() -> Vec<SiteChoice> {
    [("bao", "Báo Sông Lam"), ("khac", "<i>Báo Khác</i>")]
        .map(|(key, name)| SiteChoice {
            key: key.to_owned(),
            name: name.to_owned(),
        })
        .into()
}

fn ban(number: u128, kind: BanKind, pattern: &str) -> BanView {
    BanView {
        id: BanId(id(number)),
        kind,
        pattern: pattern.to_owned(),
        reason: HOSTILE_BODY.to_owned(),
        created_by: "Lan".to_owned(),
        created_at: at("2026-11-22T03:53:00Z"),
        expires_at: None,
        lifted: None,
        in_force: true,
        caught: Some(3),
        last: Some((CommentId(id(1)), at("2026-11-23T06:00:00Z"))),
    }
}

fn bans_of_all_kinds() -> Vec<BanView> {
    let mut over = ban(2, BanKind::Address, "203.0.113.0/24");
    (over.in_force, over.expires_at) = (false, Some(at("2026-11-22T04:00:00Z")));
    let mut lifted = ban(3, BanKind::Email, "lan@example.vn");
    (lifted.in_force, lifted.last, lifted.caught) = (false, None, Some(0));
    lifted.lifted = Some((HOSTILE_NAME.to_owned(), at("2026-11-23T01:00:00Z")));
    let mut ending = ban(4, BanKind::Email, "hoa@example.vn");
    ending.expires_at = Some(at("2026-12-23T07:00:00Z"));
    vec![ban(1, BanKind::Name, HOSTILE_NAME), ending, over, lifted]
}

fn bans(t: Messages) -> BansPage {
    let told = ["ban-known", "text-required"].map(|code| t.get(code));
    let errors = ["pattern", "reason"].into_iter().zip(told);
    BansPage {
        t,
        desk: desk(Place::Bans, Role::Editor),
        now: at(NOW),
        sites: sites(),
        form: BanForm {
            kind: BanKind::Name,
            pattern: HOSTILE_NAME.to_owned(),
            reason: HOSTILE_BODY.to_owned(),
            errors: errors
                .map(|(field, message)| FieldError {
                    field: field.to_owned(),
                    message,
                })
                .collect(),
            ..BanForm::empty("bao")
        },
        may_ban: true,
        bans: bans_of_all_kinds(),
        notice: Some(BanNotice::Rejected {
            id: BanId(id(1)),
            count: 500,
            left: 2,
            batch: BatchId(id(9)),
        }),
        next: Some("/bans?site=bao&after=3".to_owned()),
        is_first: false,
    }
}

fn bans_of_a_moderator(t: Messages) -> BansPage {
    BansPage {
        desk: desk(Place::Bans, Role::Moderator),
        sites: sites().split_off(1),
        form: BanForm::empty("bao"),
        may_ban: false,
        bans: Vec::new(),
        notice: None,
        next: None,
        is_first: true,
        ..bans(t)
    }
}

pub fn cards(t: Messages) -> Vec<BriefCard> {
    let mark = seen("Thẻ HTML", Category::Spam, Field::Name, (0, 8), "<script>");
    let mut settled = card(1, Lane::Look, HOSTILE_NAME, HOSTILE_BODY, vec![mark]);
    settled.status = Status::Rejected;
    settled.decided = Some(DecidedView {
        by: t.ban(BanKind::Email),
        action: Action::Reject,
        at: at("2026-11-23T07:00:00Z"),
        reason: None,
        batch: BatchId(id(9)),
        is_own: false,
        because: Some(t.get("because-ban-email")),
    });
    let waiting = card(2, Lane::LikelyFine, "Lê Thị Hoa", "Bài viết hay.", vec![]);
    vec![
        BriefCard {
            card: settled,
            decisions: vec![format!("{HOSTILE_NAME} đã duyệt")],
        },
        BriefCard {
            card: waiting,
            decisions: Vec::new(),
        },
    ]
}

fn author(t: Messages) -> AuthorPage {
    AuthorPage {
        t,
        desk: desk(Place::Authors, Role::Editor),
        now: at(NOW),
        sites: sites(),
        site: "bao".to_owned(),
        email: "\" autofocus onfocus=\"alert(4)".to_owned(),
        error: None,
        author: Some(AuthorView {
            email_key: "<b>lan@example.vn".to_owned(),
            counts: Status::ALL.iter().map(|status| (*status, 2)).collect(),
            is_cut: true,
            may_lift: true,
            names: vec![
                (HOSTILE_NAME.to_owned(), 3, at("2026-11-23T06:00:00Z")),
                ("Lan".to_owned(), 1, at("2026-11-22T06:00:00Z")),
            ],
            first_seen: Some(at("2026-11-01T06:00:00Z")),
            last_seen: Some(at("2026-11-23T06:00:00Z")),
            cards: cards(t),
            bans: bans_of_all_kinds().split_off(3),
            form: Some(BanForm {
                pattern: "<b>lan@example.vn".to_owned(),
                ..BanForm::empty("bao")
            }),
            next: Some("/authors?site=bao&after=3".to_owned()),
            is_first: true,
        }),
    }
}

fn nobody(t: Messages) -> AuthorPage {
    AuthorPage {
        sites: Vec::new(),
        email: "lan@".to_owned(),
        error: Some(t.get("email-invalid")),
        author: None,
        ..author(t)
    }
}

fn article(number: u128, title: Option<&str>) -> ArticleView {
    ArticleView {
        id: ArticleId(id(number)),
        title: title.map(str::to_owned),
        section: Some("Xây dựng Đảng".to_owned()),
        author: Some(HOSTILE_NAME.to_owned()),
        presence: Presence::Published,
        url: "https://bao.example/1.html".to_owned(),
        site_name: "Báo Sông Lam".to_owned(),
        open: true,
        is_shut: false,
        closes_at: None,
        premoderate: false,
        created_at: at("2026-11-01T06:00:00Z"),
        waiting: 3,
    }
}

fn articles(t: Messages) -> ArticleListPage {
    let until = ArticleView {
        closes_at: Some(at("2026-11-30T11:00:00Z")),
        premoderate: true,
        ..article(2, Some("Đảng bộ Văn phòng UBND tỉnh"))
    };
    let over = ArticleView {
        open: false,
        closes_at: Some(at("2026-11-20T11:00:00Z")),
        waiting: 0,
        ..article(3, Some("Lúa được mùa"))
    };
    let gone = ArticleView {
        presence: Presence::Unpublished,
        open: false,
        ..article(5, Some("Bài đã gỡ"))
    };
    let hostile = ArticleView {
        open: false,
        section: Some(HOSTILE_NAME.to_owned()),
        url: HOSTILE_LINK.to_owned(),
        ..article(4, None)
    };
    ArticleListPage {
        t,
        desk: desk(Place::Articles, Role::Moderator),
        now: at(NOW),
        sites: sites(),
        site: "khac".to_owned(),
        sought: HOSTILE_BODY.to_owned(),
        state: Some(ArticleState::Open),
        busiest: true,
        articles: vec![article(1, Some(HOSTILE_NAME)), until, over, gone, hostile],
        next: Some(ArticleId(id(4))),
        is_first: false,
    }
}

fn one_article(t: Messages) -> ArticlePage {
    ArticlePage {
        t,
        desk: desk(Place::Articles, Role::Editor),
        now: at(NOW),
        article: ArticleView {
            closes_at: Some(at("2026-11-30T11:00:00Z")),
            ..article(1, Some(HOSTILE_NAME))
        },
        may_change: true,
        is_changed: true,
        error: Some(t.get("article-closes-past")),
        typed_date: "2026-11-30T18:00".to_owned(),
        counts: vec![
            (Status::Pending, 3),
            (Status::Approved, 12),
            (Status::Rejected, 0),
        ],
        shown: Status::Pending,
        cards: cards(t),
        next: Some("/articles/1?status=pending&after=3".to_owned()),
        is_first: false,
    }
}

fn closed_article(t: Messages) -> ArticlePage {
    ArticlePage {
        desk: desk(Place::Articles, Role::Moderator),
        article: ArticleView {
            open: false,
            premoderate: true,
            url: HOSTILE_LINK.to_owned(),
            ..article(1, None)
        },
        may_change: false,
        is_changed: false,
        error: None,
        cards: Vec::new(),
        next: None,
        is_first: true,
        ..one_article(t)
    }
}

fn letter(number: u128, words: &str, attempts: i32) -> OutgoingView {
    let kind = (number % 2 == 1).then_some(crate::store::MailKind::Digest);
    let to = (number % 2 == 1).then(|| format!("{HOSTILE_NAME} <l…@bao.example>"));
    OutgoingView {
        id: OutboxId(id(number)),
        site: "Báo Sông Lam".to_owned(),
        what: Outgoing::Mail(kind, to),
        comment: None,
        created_at: at("2026-11-22T06:00:00Z"),
        at: at("2026-11-23T06:00:00Z"),
        attempts,
        words: words.to_owned(),
    }
}

fn about_comment(number: u128, what: Outgoing, words: &str) -> OutgoingView {
    OutgoingView {
        what,
        comment: Some(CommentId(id(number))),
        ..letter(number, words, 5)
    }
}

fn given_up(count: i64, why: &str) -> GivenUp {
    GivenUp {
        count,
        why: Some(why.to_owned()),
    }
}

fn outbox(t: Messages) -> OutboxPage {
    let mut desk = desk(Place::Outbox, Role::Editor);
    let refused = Trouble::Mail(MailTrouble {
        what: MailFault::Said {
            words: format!("535 5.7.8 {HOSTILE_NAME}"),
        },
        advice: Some(MailAdvice::WrongSignIn),
    });
    desk.sending.fault = Some(refused.kept());
    desk.sending.unanswered = given_up(2, HOSTILE_BODY);
    desk.sending.untold = given_up(1, &Trouble::of_status(403).kept());
    OutboxPage {
        t,
        desk,
        now: at(NOW),
        notice: Some(OutboxNotice::Again),
        dead: vec![
            letter(1, HOSTILE_BODY, 1),
            letter(2, "550 5.1.1", 13),
            about_comment(4, Outgoing::Question, HOSTILE_BODY),
            about_comment(5, Outgoing::Decision, &t.trouble(&Trouble::of_status(403))),
        ],
        waiting: vec![
            letter(3, "535 5.7.8", 2),
            about_comment(
                6,
                Outgoing::Question,
                &t.trouble(&Trouble::Late { millis: 2_500 }),
            ),
            about_comment(
                7,
                Outgoing::Decision,
                &t.trouble(&Trouble::Late { millis: 15_000 }),
            ),
        ],
    }
}

fn nothing_failed(t: Messages) -> OutboxPage {
    OutboxPage {
        desk: desk(Place::Outbox, Role::Admin),
        notice: None,
        dead: Vec::new(),
        waiting: Vec::new(),
        ..outbox(t)
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    vec![
        ("bans", bans(t).render()),
        ("bans_of_a_moderator", bans_of_a_moderator(t).render()),
        ("author", author(t).render()),
        ("author_nobody", nobody(t).render()),
        ("articles", articles(t).render()),
        ("article", one_article(t).render()),
        ("article_closed", closed_article(t).render()),
        ("outbox", outbox(t).render()),
        ("outbox_empty", nothing_failed(t).render()),
    ]
}
