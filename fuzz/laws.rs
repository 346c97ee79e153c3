//! What must hold at the front door, before the rules and in what we mail, for any bytes. A law that is broken panics.

use std::sync::LazyLock;

use duyet::domain::{Action, Instant, Lane, Locale, ProofFault, SiteId};
use duyet::intake::{
    Body, CommentFields, Email, EmailPolicy, Name, PostedForm, RobotCheck, folded,
};
use duyet::messages::Messages;
use duyet::notify::mail::held::{HeldArticle, HeldComment, HeldEvidence, HeldMail};
use duyet::notify::mail::message::Letter;
use duyet::notify::mail::naming::List;
use duyet::rules::{self, Context, Reserved, RuleSet, Subject, shipped};

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A name that passes is one line of what can be seen, is read again as itself, and has a key that is its own.
pub fn name(bytes: &[u8]) {
    let Ok(name) = Name::parse(&text(bytes)) else {
        return;
    };
    let shown = name.as_str();
    assert!(!shown.contains(|c: char| c.is_control() || is_bidi(c) || ends_line(c) || c == '<'));
    assert_eq!(Name::parse(shown).as_ref(), Ok(&name));
    assert_eq!(folded(&name.key()), name.key());
    let _ = Reserved::new(["Báo Đồng Nai"], ["Nguyễn Thị Lan"]).likeness(shown);
}

/// An address that passes is one line, is read again as itself, and reaches the same mailbox in A-labels; what is offered
/// instead of one that does not pass passes.
pub fn email(bytes: &[u8]) {
    let typed = text(bytes);
    for unicode_local_part in [false, true] {
        let policy = EmailPolicy { unicode_local_part };
        let email = match Email::parse_with(&typed, policy) {
            Ok(email) => email,
            Err(error) => {
                let meant = error.suggestion;
                assert!(meant.is_none_or(|meant| Email::parse_with(&meant, policy).is_ok()));
                continue;
            }
        };
        let shown = email.as_str();
        let strange = |c: char| {
            c.is_control() || c.is_whitespace() || is_bidi(c) || "<>\"(),:;[]\\".contains(c)
        };
        assert!(!shown.contains(strange) && shown.len() <= 254);
        assert!(unicode_local_part || shown.split('@').next().is_some_and(str::is_ascii));
        assert_eq!(Email::parse_with(shown, policy).as_ref(), Ok(&email));
        let for_mail =
            Email::parse_with(&email.for_mail(), policy).map(|mailed| mailed.key().to_owned());
        assert_eq!(for_mail.as_deref(), Ok(email.key()));
        let offered = email.suggestion();
        assert!(offered.is_none_or(|meant| Email::parse_with(&meant, policy).is_ok()));
        let _ = email.identity();
    }
}

/// A text that passes has `\n` for every end of a line and no other control than the tab, and is read again as itself.
pub fn body(bytes: &[u8]) {
    let Ok(body) = Body::parse(&text(bytes)) else {
        return;
    };
    let stored = body.as_str();
    let strange = |c: char| c != '\n' && c != '\t' && (c.is_control() || ends_line(c));
    assert!(!stored.contains(strange) && !stored.is_empty());
    assert_eq!(Body::parse(stored).as_ref(), Ok(&body));
}

/// Any bytes are a form, and no field of it makes the checks behind it panic.
pub fn form(bytes: &[u8]) {
    let fields = CommentFields::read(&PostedForm::urlencoded(bytes));
    name(fields.name.as_bytes());
    email(fields.email.as_bytes());
    body(fields.body.as_bytes());
    if let Ok(submission) = fields.submission() {
        assert_eq!(submission.name, fields.name);
        let check = RobotCheck::derive(b"secret");
        let site: SiteId = "01923000-0000-7000-8000-000000000001"
            .parse()
            .expect("a UUID");
        let now = Instant::from_micros(1_794_916_800_000_000);
        // Nobody has our stamp or our proof by chance.
        let signs = check.signs(&submission, site, now);
        assert_eq!((signs.haste, signs.proof), (0, None));
        let proof = check.proof(&submission, site, now);
        assert!(matches!(
            proof,
            Err(ProofFault::Missing | ProofFault::Wrong)
        ));
    }
}

/// Any text is judged, twice the same, and all evidence is a stretch of the text that says what it excerpts.
pub fn judge(bytes: &[u8]) {
    static RULES: LazyLock<RuleSet> =
        LazyLock::new(|| RuleSet::compile(&shipped()).expect("the shipped packs compile"));
    let body = text(bytes);
    let subject = Subject {
        name: &body,
        email: "",
        body: &body,
    };
    let verdict = rules::judge(&RULES, &Context::default(), &subject);
    assert!(verdict.score.is_finite() && verdict.score >= 0.0);
    for seen in &verdict.evidence {
        let (start, end) = (seen.start as usize, seen.end as usize);
        assert!(start <= end && end <= body.chars().count());
        let there: String = body.chars().skip(start).take(end - start).collect();
        assert_eq!(there, seen.excerpt);
    }
    assert_eq!(rules::judge(&RULES, &Context::default(), &subject), verdict);
}

/// All that such a mail has, as the parser writes it.
const FIELDS: [&str; 12] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "List-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
];

/// A mail has the fields that it should have and no others, in lines that every server passes on, and says what it was given.
pub fn mail(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0xff).map(text);
    let mut next = || parts.next().unwrap_or_default();
    let (to_name, subject, plain, html) = (next(), next(), next(), next());
    let letter = Letter {
        from: "Duyệt <duyet@bao.example>".parse().expect("an address"),
        reply_to: None,
        to_name,
        to: "lan@bao.example".parse().expect("an address"),
        subject,
        text: plain.clone(),
        html,
        message_id: "1@bao.example".to_owned(),
        thread: None,
        list: Some(List::of_site("duyet@bao.example", "bao")),
        unsubscribe: Some("https://bao.example/never".to_owned()),
    };
    let wire = letter.into_message().expect("a mail").formatted();
    assert!(
        wire.is_ascii()
            && wire
                .split(|byte| *byte == b'\n')
                .all(|line| line.len() <= 998)
    );
    let read = mail_parser::MessageParser::default()
        .parse(&wire)
        .expect("a mail");
    let mut names: Vec<&str> = read
        .headers()
        .iter()
        .map(mail_parser::Header::name)
        .collect();
    names.sort_unstable();
    assert_eq!(names, FIELDS);
    let shown = read.subject().unwrap_or_default();
    assert!(
        shown.chars().count() <= 120
            && !shown.contains(|c: char| c.is_control() || is_bidi(c) || ends_line(c))
    );
    let (said, told) = (
        plain.replace('\r', ""),
        read.body_text(0).expect("a text").replace("\r\n", "\n"),
    );
    assert_eq!(said.trim_end_matches('\n'), told.trim_end_matches('\n'));
}

/// An article's own address, which stands in the place of its title where it has none.
const ADDRESS: &str = "https://bao.example/bai.html";

/// A mail about a comment in which that was typed: the author, the text with its third to ninth letter seen, the article's title.
fn about(author: &str, body: &str, title: &str) -> HeldMail {
    let own = |path: &str| format!("https://duyet.example/{path}");
    let evidence = HeldEvidence {
        title: "Liên kết".to_owned(),
        excerpt: body.chars().skip(2).take(6).collect(),
        place: Some((2, 8)),
    };
    let comment = HeldComment {
        number: 1,
        author: author.to_owned(),
        body: body.to_owned(),
        answers: None,
        waiting: "12 phút".to_owned(),
        urgency: None,
        reports: Vec::new(),
        lane: Lane::Look.into(),
        evidence: vec![evidence],
        deeds: vec![(Action::Approve, own("decide/TOKEN"))],
        review_url: own("queue?comment=1"),
    };
    HeldMail {
        t: Messages::of(Locale::Vi),
        site_name: "Báo Sông Lam".to_owned(),
        articles: vec![HeldArticle {
            title: title.to_owned(),
            url: ADDRESS.to_owned(),
            comments: vec![comment],
        }],
        more: 0,
        oldest: "12 phút".to_owned(),
        risk: None,
        urgency: Vec::new(),
        reported: 0,
        late: 0,
        queue_url: own("queue"),
        habits_url: own("account#mail"),
    }
}

/// The tags of a page but for what marks evidence and what ends lines.
fn tags(html: &str) -> Vec<&str> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split(['>', ' ']).next());
    tags.filter(|tag| !matches!(tag.trim_start_matches('/'), "mark" | "sup" | "br"))
        .collect()
}

/// How many addresses stand in it that a mail program makes links of.
fn addresses(text: &str) -> usize {
    let has_scheme = |(at, _): &(usize, &str)| text[..*at].ends_with(char::is_alphanumeric);
    text.match_indices("://").filter(has_scheme).count()
}

/// A mail about a comment has the same frame and the same links whatever was typed into the comment: all of that is text in its
/// HTML, and stands behind the mark of quotation in its text.
pub fn held(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0xff).map(text);
    let mut next = || parts.next().unwrap_or_default();
    let (author, body, title) = (next(), next(), next());
    if title == ADDRESS {
        return;
    }
    // What is not cut: neither for its length nor for its lines.
    let body: String = body.replace(['\r', '\n'], " ");
    let body: String = body.chars().take(900).collect();
    let (typed, plain) = (about(&author, &body, &title), about("a", "aaaaaaaaa", "a"));
    let (html, as_usual) = (
        typed.html().expect("renders"),
        plain.html().expect("renders"),
    );
    assert_eq!(tags(&html), tags(&as_usual), "{html}");
    assert_eq!(addresses(&html), addresses(&as_usual), "{html}");
    let (said, as_usual) = (
        typed.text().expect("renders"),
        plain.text().expect("renders"),
    );
    let frame = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("  > "))
            .count()
    };
    assert_eq!(frame(&said), frame(&as_usual), "{said}");
    assert_eq!(addresses(&said), addresses(&as_usual), "{said}");
}
