//! A page of each kind, with a hostile reader on it.

use askama::Template;
use serde_json::json;

use super::super::api::Api;
use super::super::*;
use super::lists;
use crate::domain::{
    Action, BatchId, Category, CommentId, Evidence, Field, Instant, Lane, Locale, Role, Status,
    SubscriptionState, View,
};
use crate::messages::Messages;

pub const HOSTILE_NAME: &str = "<script>alert(1)</script>";
pub const HOSTILE_BODY: &str =
    "Chào \"toà soạn\"\n<img src=x onerror=alert(2)> </textarea>{{7*7}} ' &amp;";
pub const HOSTILE_LINK: &str = "javascript:alert(3)";

pub fn vi() -> Messages {
    Messages::of(Locale::Vi)
}

pub fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

pub fn id(last: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x019a_b0f2_3c00_7000_8000_0000_0000_0000 + last)
}

fn errors(t: Messages) -> Vec<FieldError> {
    ["name-required", "email-invalid", "article-foreign"]
        .into_iter()
        .map(|code| FieldError {
            field: match code.split('-').next().unwrap_or_default() {
                "article" => "article.url".to_owned(),
                field => field.to_owned(),
            },
            message: t.get(code),
        })
        .collect()
}

pub fn demo(t: Messages) -> DemoArticlePage {
    let comment = |number: u128, name: &str, body: &str, replies| PublicCommentView {
        id: id(number).to_string(),
        name: name.to_owned(),
        body: body.to_owned(),
        created_at: at("2026-11-23T07:03:00Z"),
        is_edited: false,
        newsroom: false,
        answers: None,
        replies,
        more: 0,
    };
    let reply = comment(2, "Nguyễn Thị Lan", "Tôi cũng nghĩ vậy.", vec![]);
    let mut deeper = comment(3, "Trần Văn Bình", "Vâng, thưa chị.", vec![]);
    deeper.answers = Some("Nguyễn Thị Lan".to_owned());
    DemoArticlePage {
        t,
        site: "demo".to_owned(),
        url: "https://bao.example/1.html".to_owned(),
        article: DemoArticle::sample(),
        comments: vec![comment(1, HOSTILE_NAME, HOSTILE_BODY, vec![reply, deeper])],
        form: Some(CommentForm::empty(
            "demo",
            "http://localhost:8080/demo",
            "/demo",
        )),
        notice: Some(Notice::Pending),
        queue_url: "/queue".to_owned(),
    }
}

/// What is published under an article, with more replies and more pages than stand here.
fn reading(t: Messages) -> ReadingPage {
    let mut comments = demo(t).comments;
    comments[0].more = 3;
    comments[0].replies[0].newsroom = true;
    comments[0].replies[1].is_edited = true;
    let first = "/sites/bao/articles?url=https%3A%2F%2Fbao.example%2F1.html";
    let order = |name, is_shown| ReadingOrder {
        name,
        href: format!("{first}&order={name}"),
        is_shown,
    };
    ReadingPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        site: "/sites/bao".to_owned(),
        url: "https://bao.example/1.html".to_owned(),
        count: 12,
        comments,
        orders: vec![
            order("reading-newest", true),
            order("reading-oldest", false),
            order("reading-replies", false),
        ],
        first: first.to_owned(),
        next: Some(format!("{first}&order=newest&after=x")),
        feed: Some("/sites/bao/feed.xml?article=https%3A%2F%2Fbao.example%2F1.html".to_owned()),
        form: None,
        answered: None,
        notice: Some(Notice::Published),
    }
}

pub fn form_problem(t: Messages) -> FormProblemPage {
    FormProblemPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        article_title: Some("Đảng bộ Văn phòng UBND tỉnh làm theo lời Bác".to_owned()),
        refusal: None,
        form: CommentForm {
            name: "\" autofocus onfocus=\"alert(4)".to_owned(),
            email: "lan@".to_owned(),
            body: HOSTILE_BODY.to_owned(),
            parent: Some(id(1).to_string()),
            errors: errors(t),
            suggestion: Some("<b>lan@gmail.com".to_owned()),
            stamp: Some("AAZ\"><b>".to_owned()),
            proof: Some("eyJ\"><b>".to_owned()),
            website: "https://\"><b>".to_owned(),
            consent: Some(ConsentBox {
                version: "2026-01".to_owned(),
                text: "Tôi đồng ý <b>để tòa soạn</b> lưu họ tên và email.".to_owned(),
                ticked: true,
            }),
            tell: Some(true),
            asks_article: true,
            ..CommentForm::empty("demo", HOSTILE_LINK, "/demo")
        },
    }
}

fn form_refused(t: Messages) -> FormProblemPage {
    let mut page = form_problem(t);
    page.form.errors.clear();
    page.form.asks_article = false;
    page.refusal = Some(Refusal::of(t, "too-many"));
    page
}

fn thanks(t: Messages) -> FormThanksPage {
    FormThanksPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        status: Status::Pending,
        receipt_url: Some("/receipts/token".to_owned()),
        return_to: Some(HOSTILE_LINK.to_owned()),
        suggestion: Some("<b>lan@gmail.com".to_owned()),
        will_be_told: true,
    }
}

pub fn receipt(t: Messages) -> ReceiptPage {
    ReceiptPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        status: Status::Pending,
        name: HOSTILE_NAME.to_owned(),
        body: HOSTILE_BODY.to_owned(),
        article_url: HOSTILE_LINK.to_owned(),
        sent_at: at("2026-11-23T07:03:00Z"),
        decided_at: None,
        reason: None,
        withdraw_action: Some("/receipts/token".to_owned()),
        edited_at: None,
        unsaved: None,
        editing: Some(EditForm {
            action: "/receipts/token/edit".to_owned(),
            revision: 1,
            until: at("2026-11-23T07:18:00Z"),
            body: HOSTILE_BODY.to_owned(),
            error: Some("Sai <b>rồi".to_owned()),
        }),
        notice: None,
    }
}

/// One that was edited and then rejected.
fn receipt_rejected(t: Messages) -> ReceiptPage {
    ReceiptPage {
        status: Status::Rejected,
        reason: Some(t.reason(crate::domain::Reason::PersonalData)),
        decided_at: Some(at("2026-11-23T08:03:00Z")),
        edited_at: Some(at("2026-11-23T07:10:00Z")),
        withdraw_action: None,
        editing: None,
        unsaved: Some(Unsaved {
            body: HOSTILE_BODY.to_owned(),
            error: t.get("problem-edit-settled-detail"),
        }),
        notice: Some(ReceiptNotice::Edited),
        ..receipt(t)
    }
}

fn mailbox(t: Messages, state: SubscriptionState) -> MailboxPage {
    MailboxPage {
        t,
        site_name: "Báo <b>Sông Lam".to_owned(),
        state,
        confirm_action: "/mail/token/confirm".to_owned(),
        never_action: "/mail/token/never".to_owned(),
        from_page: "from_page",
        just: state != SubscriptionState::Asked,
    }
}

fn problem(t: Messages) -> ProblemPage {
    ProblemPage {
        home: Some("/".to_owned()),
        request_id: Some("019ab0f2".to_owned()),
        ..ProblemPage::of(t, 503, "busy")
    }
}

pub fn seen(
    title: &str,
    category: Category,
    field: Field,
    place: (u32, u32),
    text: &str,
) -> EvidenceView {
    EvidenceView {
        title: title.to_owned(),
        seen: Evidence {
            rule: format!("vi.{category}.core"),
            category,
            field,
            start: place.0,
            end: place.1,
            excerpt: text.to_owned(),
            weight: 2.5,
            view: View::Toneless,
            cluster: None,
        },
    }
}

pub fn card(
    number: u128,
    lane: Lane,
    name: &str,
    body: &str,
    evidence: Vec<EvidenceView>,
) -> QueueCard {
    QueueCard {
        id: CommentId(id(number)),
        revision: 1,
        status: Status::Pending,
        lane,
        score: 2.5,
        name: name.to_owned(),
        email: "lan@example.vn".to_owned(),
        body: body.to_owned(),
        site_name: "Báo Sông Lam".to_owned(),
        article_title: Some("Đảng bộ Văn phòng UBND tỉnh làm theo lời Bác".to_owned()),
        article_section: Some("Xây dựng Đảng".to_owned()),
        article_url: "https://bao.example/1.html".to_owned(),
        parent: None,
        created_at: at("2026-11-23T03:53:00Z"),
        consent: None,
        is_elsewhere: false,
        evidence,
        unheard: None,
        sample: None,
        likened: Vec::new(),
        decided: None,
        article_open: true,
        author_key: "lan@thu.example".to_owned(),
        site_key: "bao".to_owned(),
        notes: Vec::new(),
        holder: None,
        history: None,
        network: Some("203.0.113.0/24".to_owned()),
        may_ban: true,
        alike: None,
        signs: crate::domain::Signs::default(),
        reports: None,
    }
}

pub fn desk(place: Place, role: Role) -> Desk {
    Desk {
        moderator: "Nguyễn Thị Lan".to_owned(),
        role,
        has_sections_alone: false,
        csrf: "csrf-token".to_owned(),
        place,
        sending: crate::store::SendingTrouble::default(),
        stopped_hooks: Vec::new(),
        stopped_models: Vec::new(),
    }
}

fn decided_card() -> QueueCard {
    let mut decided = card(3, Lane::LikelyFine, "Lê Thị Hoa", "Bài viết hay.", vec![]);
    decided.status = Status::Approved;
    decided.decided = Some(DecidedView {
        by: "Lan".to_owned(),
        action: Action::Approve,
        at: at("2026-11-23T07:03:00Z"),
        reason: None,
        batch: BatchId(id(9)),
        is_own: false,
        because: None,
    });
    decided
}

pub fn queue(t: Messages) -> QueuePage {
    let name_mark = seen(
        "Thẻ HTML trong tên",
        Category::Spam,
        Field::Name,
        (0, 8),
        "<script>",
    );
    let word = seen(
        "Từ tục",
        Category::Profanity,
        Field::Body,
        (0, 9),
        "Đồ ngu vl",
    );
    let mut again = seen("Nhiều người gửi", Category::Repeat, Field::Body, (0, 0), "");
    again.seen.view = View::Context;
    again.seen.cluster = Some(crate::domain::Cluster {
        first: CommentId(id(1)),
        comments: 5,
        emails: 3,
        addresses: 2,
        articles: 1,
    });
    let insult = seen("Lời xúc phạm", Category::Insult, Field::Body, (3, 6), "ngu");
    let mut answered = card(
        2,
        Lane::LikelyBad,
        "Trần Văn Bình",
        "Đồ ngu vl! Gọi 0912 345 678 nhé.",
        vec![
            again,
            word,
            insult,
            seen(
                "Số điện thoại",
                Category::Contact,
                Field::Body,
                (15, 27),
                "0912 345 678",
            ),
        ],
    );
    answered.likened = vec![LikenedView {
        told: t.with("learn-like-rejected", &[("share", "0,97".into())]),
        words: vec![(3, 6), (7, 9)],
        is_taught: true,
    }];
    answered.sample = Some(Action::Reject);
    answered.consent = Some(crate::domain::Agreed {
        version: "2026-01".to_owned(),
        at: answered.created_at,
    });
    answered.parent = Some(ParentView {
        name: HOSTILE_NAME.to_owned(),
        body: HOSTILE_BODY.to_owned(),
    });
    let mut hostile = card(1, Lane::Look, HOSTILE_NAME, HOSTILE_BODY, vec![name_mark]);
    hostile.article_url = HOSTILE_LINK.to_owned();
    hostile.article_title = None;
    let decided = decided_card();
    QueuePage {
        t,
        desk: desk(Place::Queue, Role::Admin),
        now: at("2026-11-23T07:03:30Z"),
        filter: QueueFilter::Lane(Lane::Look),
        view: "lane=look".to_owned(),
        orders: Some(QueueOrders {
            by_risk: true,
            oldest: "/queue?lane=look".to_owned(),
            risk: "/queue?lane=look&order=risk".to_owned(),
        }),
        narrowing: Narrowing::default(),
        tabs: QueueFilter::TABS
            .into_iter()
            .map(|filter| QueueTab {
                filter,
                href: format!("/queue?{}", filter.query()),
                more: false,
                count: Some(12),
                oldest: matches!(filter, QueueFilter::Lane(_)).then(|| at("2026-11-22T03:53:00Z")),
            })
            .collect(),
        cards: vec![hostile, answered, decided],
        notice: Some(QueueNotice::Done {
            action: Action::Approve,
            count: 1,
            batch: BatchId(id(9)),
            lost: 0,
        }),
        elsewhere: None,
        next: Some("/queue?lane=look&after=3".to_owned()),
        after: None,
    }
}

fn docs(t: Messages) -> DocsPage {
    let document = json!({
        "info": {"title": "Duyệt", "version": "0.1.0", "description": "Takes `comments` in.\n\n<script>alert(5)</script>"},
        "tags": [{"name": "readers"}],
        "paths": {"/api/v1/sites/{site}/comments": {"post": {
            "tags": ["readers"], "operationId": "submit", "summary": "Send a comment",
            "parameters": [{"name": "site", "in": "path", "required": true, "description": "The site's key.",
                "schema": {"type": "string"}, "example": "demo"}],
            "requestBody": {"content": {"application/json": {"schema": {
                "type": "object", "required": ["name"],
                "properties": {"name": {"type": "string", "description": "Shown under the comment.", "example": "Lan"}}}}}},
            "responses": {"202": {"description": "Accepted.", "content": {"application/json": {
                "example": {"status": "pending"}}}}, "404": {"description": "No such site."}}
        }}}
    });
    DocsPage {
        t,
        api: Api::read(&document, "https://duyet.example"),
        base: "https://duyet.example".to_owned(),
        pinned: "/assets/widget.0123456789abcdef.js".to_owned(),
        integrity: "sha384-AbCd".to_owned(),
    }
}

/// Every page in one language, by name.
pub fn pages(t: Messages) -> Vec<(&'static str, String)> {
    let mut empty = queue(t);
    empty.cards.clear();
    empty.notice = Some(QueueNotice::Conflict {
        by: "Lan".to_owned(),
        action: Action::Approve,
        at: at("2026-11-23T07:03:00Z"),
    });
    empty.next = None;
    [
        ("demo", demo(t).render()),
        ("reading", reading(t).render()),
        ("form_problem", form_problem(t).render()),
        ("form_refused", form_refused(t).render()),
        ("form_thanks", thanks(t).render()),
        ("receipt", receipt(t).render()),
        ("receipt_rejected", receipt_rejected(t).render()),
        (
            "mailbox_asked",
            mailbox(t, SubscriptionState::Asked).render(),
        ),
        (
            "mailbox_confirmed",
            mailbox(t, SubscriptionState::Confirmed).render(),
        ),
        (
            "mailbox_refused",
            mailbox(t, SubscriptionState::Refused).render(),
        ),
        ("problem", problem(t).render()),
        ("queue", queue(t).render()),
        ("queue_empty", empty.render()),
        ("docs", docs(t).render()),
    ]
    .into_iter()
    .chain(lists::pages(t))
    .chain(super::history::pages(t))
    .chain(super::rules::pages(t))
    .chain(super::reports::pages(t))
    .chain(super::settings::pages(t))
    .chain(super::webhooks::pages(t))
    .map(|(name, page)| (name, page.expect("renders")))
    .chain(super::members::pages(t))
    .chain(super::numbers::pages(t))
    .collect()
}
