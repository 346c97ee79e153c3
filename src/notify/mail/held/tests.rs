//! The mail, read and looked at.

use super::*;
use crate::domain::{Instant, Lane, Locale, ReportReason};

fn evidence(title: &str, excerpt: &str, body: &str) -> HeldEvidence {
    let start = body.find(excerpt).map(|at| body[..at].chars().count());
    HeldEvidence {
        title: title.to_owned(),
        excerpt: excerpt.to_owned(),
        place: start.map(|start| (start, start + excerpt.chars().count())),
    }
}

fn held(
    number: usize,
    author: &str,
    body: &str,
    lane: Lane,
    evidence: Vec<HeldEvidence>,
) -> HeldComment {
    let deeds = [Action::Approve, Action::Reject, Action::Spam];
    HeldComment {
        number,
        author: author.to_owned(),
        body: body.to_owned(),
        answers: None,
        waiting: String::new(),
        lane: lane.into(),
        urgency: None,
        reports: Vec::new(),
        evidence,
        deeds: deeds
            .iter()
            .map(|action| {
                (
                    *action,
                    format!("https://duyet.example/decide/TOKEN-{number}-{action}"),
                )
            })
            .collect(),
        review_url: format!("https://duyet.example/queue?comment={number}"),
    }
}

fn mail(locale: Locale) -> HeldMail {
    let t = Messages::of(locale);
    // As the worker has it from the messages and the packs, in the moderator's language.
    let [threats, loans, links] = match locale {
        Locale::Vi => ["Đe doạ", "Mời vay tiền", "Liên kết trong ý kiến"],
        Locale::En => ["Threat", "Offer of a loan", "Link in the comment"],
    };
    let waited = |minutes: i64| {
        let now = Instant::from_micros(minutes * 60_000_000);
        t.wait(Instant::from_micros(0), now)
    };
    let threat = "Tao sẽ đánh chết mày, cứ chờ đấy.";
    let advert = "Vay nhanh tại https://xau.example/vay <script>alert(1)</script>\n\n-- \nToà soạn";
    let mut mail = HeldMail {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        articles: vec![
            HeldArticle {
                title: "Cầu mới thông xe trước Tết".to_owned(),
                url: "https://bao.example/xa-hoi/cau-moi.html".to_owned(),
                comments: vec![
                    held(
                        1,
                        "Khách",
                        threat,
                        Lane::LikelyBad,
                        vec![evidence(threats, "đánh chết mày", threat)],
                    ),
                    held(
                        2,
                        "Trần Văn Bình",
                        "Bài viết hay.\nMong báo viết thêm.",
                        Lane::LikelyFine,
                        Vec::new(),
                    ),
                ],
            },
            HeldArticle {
                title: "https://bao.example/xay-dung-dang/1.html".to_owned(),
                url: "https://bao.example/xay-dung-dang/1.html".to_owned(),
                comments: vec![held(
                    3,
                    "<img src=x>\r\nBcc: all@example.vn",
                    advert,
                    Lane::Look,
                    vec![
                        evidence(loans, "Vay nhanh", advert),
                        evidence(links, "https://xau.example/vay", advert),
                    ],
                )],
            },
        ],
        more: 1,
        oldest: waited(125),
        risk: Some(Category::Threat),
        urgency: vec![Urgency::Threat],
        reported: 0,
        late: 0,
        queue_url: "https://duyet.example/queue".to_owned(),
        habits_url: "https://duyet.example/account#mail".to_owned(),
    };
    for article in &mut mail.articles {
        for comment in &mut article.comments {
            comment.waiting = waited(12);
        }
    }
    let comments = &mut mail.articles[0].comments;
    comments[0].urgency = Some(Urgency::Threat);
    let parent = "Cầu nào cũng tắc.\nXem xau.example";
    comments[1].answers = Some(("Lê <b>An".to_owned(), parent.to_owned()));
    mail
}

fn reminder(locale: Locale) -> HeldMail {
    let mail = HeldMail {
        urgency: Vec::new(),
        risk: None,
        more: 0,
        ..mail(locale)
    };
    HeldMail {
        late: mail.count(),
        ..mail
    }
}

/// What is new, and what has waited for too long.
fn partly_late(locale: Locale) -> HeldMail {
    HeldMail {
        late: 1,
        urgency: Vec::new(),
        ..mail(locale)
    }
}

/// What waits, and what is public and was reported.
fn mixed(locale: Locale) -> HeldMail {
    let mut mail = HeldMail {
        risk: None,
        urgency: vec![Urgency::PersonalData],
        reported: 1,
        more: 0,
        ..mail(locale)
    };
    let comments = &mut mail.articles[0].comments;
    comments[0] = reported(locale).articles.remove(0).comments.remove(0);
    mail
}

/// In our words alone.
fn counted(locale: Locale) -> HeldMail {
    let mail = mail(locale);
    HeldMail {
        more: mail.count(),
        articles: Vec::new(),
        ..mail
    }
}

fn reported(locale: Locale) -> HeldMail {
    let mut mail = HeldMail {
        risk: None,
        urgency: vec![Urgency::PersonalData, Urgency::TakeDown],
        ..mail(locale)
    };
    mail.articles.truncate(1);
    mail.reported = mail.count();
    let reports = [
        (
            ReportReason::PersonalData,
            "Đó là nhà tôi\nBcc: x@thu.example",
        ),
        (ReportReason::Unlawful, ""),
    ];
    let reports = reports.map(|(reason, note)| HeldReport {
        reason: mail.t.report_reason(reason),
        note: note.to_owned(),
        at: "14:03".to_owned(),
    });
    for comment in &mut mail.articles[0].comments {
        comment.lane = QueueLane::Reported;
        comment.urgency = Some(Urgency::PersonalData);
        comment.reports = reports.to_vec();
    }
    mail
}

#[test]
fn what_is_public_is_not_counted_among_what_waits() {
    let mixed = |locale| {
        let mail = HeldMail {
            reported: 1,
            risk: None,
            urgency: Vec::new(),
            ..mail(locale)
        };
        (mail.subject(), mail.heading())
    };
    let (subject, heading) = mixed(Locale::Vi);
    assert!(subject.starts_with("3 bình luận chờ duyệt, 1 bị báo cáo — "));
    assert_eq!(
        heading,
        "3 bình luận chờ duyệt, 1 bình luận đã đăng bị báo cáo"
    );
    assert!(
        mixed(Locale::En)
            .0
            .starts_with("3 comments wait for review, 1 reported — ")
    );
}

#[test]
fn what_is_late_is_counted_apart_from_the_rest() {
    let told = |locale, late, reported| {
        let mail = HeldMail {
            late,
            reported,
            risk: None,
            ..partly_late(locale)
        };
        let subject = mail.subject();
        let (subject, _) = subject.rsplit_once(" — ").expect("the site");
        (subject.to_owned(), mail.heading())
    };
    let told = |locale, late, reported, subject: &str, heading: &str| {
        let expected = (subject.to_owned(), heading.to_owned());
        assert_eq!(told(locale, late, reported), expected);
    };
    told(
        Locale::Vi,
        2,
        1,
        "3 bình luận chờ duyệt, 1 bị báo cáo, 2 đã quá hẹn",
        "3 bình luận chờ duyệt, 1 bình luận đã đăng bị báo cáo, 2 bình luận đã quá thời hạn hẹn với bạn đọc",
    );
    told(
        Locale::En,
        2,
        0,
        "4 comments wait for review, 2 have waited too long",
        "4 comments wait for review, 2 have waited longer than readers were promised",
    );
    told(
        Locale::En,
        1,
        4,
        "4 published comments were reported, 1 has waited too long",
        "Readers reported 4 published comments, 1 has waited longer than readers were promised",
    );
    told(
        Locale::Vi,
        4,
        1,
        "4 bình luận chờ quá hẹn",
        "4 bình luận đã quá thời hạn hẹn với bạn đọc",
    );
    told(
        Locale::Vi,
        0,
        0,
        "4 bình luận chờ duyệt",
        "4 bình luận chờ duyệt",
    );
}

#[test]
fn each_mail_reads_well_in_both_languages() {
    for locale in [Locale::Vi, Locale::En] {
        let mails = [
            ("held", mail(locale)),
            ("late", reminder(locale)),
            ("partly_late", partly_late(locale)),
            ("reported", reported(locale)),
            ("mixed", mixed(locale)),
            ("counted", counted(locale)),
        ];
        for (name, mail) in mails {
            let text = mail.text().expect("renders");
            let whole = format!("{}\n\n{text}", mail.subject());
            insta::assert_snapshot!(format!("{name}_text_{locale}"), whole);
            let html = mail.html().expect("renders");
            insta::assert_snapshot!(format!("{name}_html_{locale}"), html);
        }
    }
}

#[test]
fn what_readers_typed_is_text_and_no_address() {
    for locale in [Locale::Vi, Locale::En] {
        let (text, html) = (
            mail(locale).text().expect("renders"),
            mail(locale).html().expect("renders"),
        );
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        for part in [&text, &html] {
            assert!(
                !part.contains("xau.example") && !part.contains("all@"),
                "{part}"
            );
        }
        assert!(text.contains("https[:]//xau[.]example/vay"), "{text}");
        assert!(html.contains("\">https[:]//xau[.]example/vay</mark><sup>2</sup>"));
        // Every link is ours, and nothing is fetched.
        for link in html.split("href=\"").skip(1) {
            assert!(link.starts_with("https://duyet.example/"), "{link:.60}");
        }
        for fetched in ["src=\"", "url(", "@import", "<link", "background="] {
            assert!(!html.contains(fetched), "{fetched}");
        }
    }
}

#[test]
fn the_subject_counts_what_is_not_shown_names_the_worst_and_stays_on_one_line() {
    let mut one = mail(Locale::En);
    one.urgency.clear();
    assert_eq!(
        one.subject(),
        "4 comments wait for review (worst: Threat) — Báo Sông Lam"
    );
    one.articles.truncate(1);
    one.articles[0].comments.truncate(1);
    (one.more, one.risk) = (0, None);
    one.site_name = "Báo\r\nBcc: x@example.vn".to_owned();
    assert_eq!(
        one.subject(),
        "1 comment waits for review — Báo Bcc: x@example.vn"
    );
    one.t = Messages::of(Locale::Vi);
    assert!(one.subject().starts_with("1 bình luận chờ duyệt — "));
}

#[test]
fn no_subject_is_longer_than_is_shown() {
    for locale in [Locale::Vi, Locale::En] {
        for mut long in [mail(locale), partly_late(locale), reminder(locale)] {
            long.site_name = "Báo Điện tử của Đảng bộ ".repeat(20);
            let subject = long.subject();
            let letters = subject.graphemes(true).count();
            assert!((100..=120).contains(&letters), "{letters}: {subject}");
            assert!(subject.contains('4') || subject.contains('3'), "{subject}");
            assert!(subject.ends_with('…'), "{subject}");
        }
    }
}

#[test]
fn no_line_of_the_text_part_is_a_readers_own() {
    let text = mail(Locale::Vi).text().expect("renders");
    assert!(text.lines().any(|line| line == "  > -- "), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
}

#[test]
fn a_long_comment_is_cut_between_letters() {
    let mut held = mail(Locale::Vi).articles.remove(0).comments.remove(0);
    held.evidence.clear();
    held.body = "e\u{302}\u{323}".repeat(SHOWN_LETTERS + 1);
    assert!(held.is_cut());
    assert!(held.start().ends_with("e\u{302}\u{323}…"));
    held.body = "e\u{302}\u{323}".repeat(SHOWN_LETTERS);
    assert!(!held.is_cut());
    assert_eq!(held.start(), held.body);
}

#[test]
fn an_urgent_mail_says_why_it_is_and_not_what_weighs_most() {
    let mut urgent = mail(Locale::Vi);
    urgent.risk = Some(Category::Spam);
    assert_eq!(
        urgent.subject(),
        "Khẩn: lời đe doạ — 4 bình luận chờ duyệt — Báo Sông Lam"
    );
    urgent.urgency = vec![Urgency::PersonalData, Urgency::TakeDown];
    let why = "lộ thông tin riêng, báo cáo vi phạm pháp luật";
    assert!(urgent.subject().starts_with(&format!("Khẩn: {why} — ")));
    for part in [urgent.text(), urgent.html()] {
        let part = part.expect("renders");
        assert!(part.contains(&format!("Khẩn: {why}.")), "{part}");
        assert!(!part.contains("Quảng cáo"), "{part}");
    }
}

#[test]
fn what_is_published_is_kept_or_taken_down_and_not_approved() {
    let text = reported(Locale::Vi).text().expect("renders");
    for said in [
        "Bình luận này đang được đăng.",
        "bệnh tật…): “Đó là nhà tôi Bcc: x[@]thu[.]example” (14:03)",
        "   Giữ lại: ",
        "   Gỡ xuống: ",
        "Bị báo cáo 12 phút trước",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for said in [
        "Vì sao bị giữ",
        "   Duyệt: ",
        "   Từ chối: ",
        "Đã chờ",
        "chờ người duyệt",
    ] {
        assert!(!text.contains(said), "{said}: {text}");
    }
}

#[test]
fn what_is_marked_is_what_is_listed_by_the_same_number() {
    let mut held = mail(Locale::Vi).articles.remove(0).comments.remove(0);
    held.body = "Đồ ngu. Đồ ngốc.\nTao giết mày.".to_owned();
    let seen = |excerpt: &str| evidence(excerpt, excerpt, &held.body);
    let nowhere = HeldEvidence {
        title: "Mạng lạ".to_owned(),
        excerpt: String::new(),
        place: None,
    };
    held.evidence = vec![
        seen("giết mày"),
        nowhere,
        seen("ngốc"),
        seen("ngu"),
        seen("giết"),
        seen("Tao"),
        seen("Đồ"),
    ];
    let titles: Vec<String> = held
        .listed()
        .iter()
        .map(|(number, seen)| format!("{number} {}", seen.title))
        .collect();
    assert_eq!(
        titles,
        [
            "1 ngu",
            "2 ngốc",
            "3 Tao",
            "4 giết mày",
            "5 giết",
            "6 Mạng lạ"
        ]
    );
    assert_eq!(held.quoted(), ["Đồ ngu. Đồ ngốc.", "Tao giết mày."]);
    let numbers: Vec<usize> = held
        .marked()
        .into_iter()
        .flat_map(|mark| mark.numbers)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(held.unlisted(), 1);
}

/// What a program shows that knows no style: the text between tags.
fn without_style(html: &str) -> String {
    let (_, body) = html.split_once("</style>").expect("a style");
    let mut shown = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag");
        if tag == "br" {
            shown.push('\n');
        }
        shown.push_str(text);
    }
    shown
}

#[test]
fn without_style_buttons_stand_apart_and_lines_end() {
    let shown = without_style(&mail(Locale::Vi).html().expect("renders"));
    assert!(shown.contains("Duyệt · Từ chối · Rác"), "{shown}");
    assert!(
        shown.contains("Bài viết hay.\nMong báo viết thêm."),
        "{shown}"
    );
}

#[test]
fn the_button_that_stands_out_is_the_one_that_is_likely_right() {
    let held = mail(Locale::Vi).articles.remove(0).comments;
    assert_eq!(held[0].likely(), Some(Action::Reject), "a threat");
    assert_eq!(held[1].likely(), Some(Action::Approve), "nothing was seen");
    assert!(held[0].is_bad() && !held[1].is_bad());
    let mut seen = held[1].clone();
    seen.evidence = held[0].evidence.clone();
    assert!(!seen.is_bad(), "likely fine with something seen");
    seen.lane = QueueLane::Look;
    assert_eq!(seen.likely(), None, "nobody knows");
}

#[test]
fn what_was_seen_is_quoted_around_its_place_and_not_at_length() {
    let mut held = mail(Locale::Vi).articles.remove(0).comments.remove(0);
    held.body = format!("{}Tao giết mày{}", "dài ".repeat(400), " hết".repeat(400));
    let start = 1_600;
    held.evidence = vec![HeldEvidence {
        title: "Đe doạ ".repeat(100),
        excerpt: "Tao giết mày".to_owned(),
        place: Some((start, start + 12)),
    }];
    let quoted = held.seen(&held.evidence[0]);
    assert!(quoted.starts_with('…') && quoted.ends_with('…'), "{quoted}");
    assert!(quoted.contains("dài Tao giết mày hết"), "{quoted}");
    let letters = |text: &str| text.graphemes(true).count();
    assert!((150..=202).contains(&letters(&quoted)), "{quoted}");
    assert!(letters(&held.evidence[0].what()) <= 201);
    held.evidence[0] = HeldEvidence {
        excerpt: held.body.clone(),
        place: None,
        ..held.evidence[0].clone()
    };
    assert_eq!(letters(&held.seen(&held.evidence[0])), 200);
    held.evidence = vec![held.evidence[0].clone(); 9];
    assert_eq!((held.listed().len(), held.unlisted()), (6, 3));
    held.body = "dòng\n".repeat(100);
    assert_eq!(held.quoted().len(), 20);
}
