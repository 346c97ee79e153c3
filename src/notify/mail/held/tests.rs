//! The mail, read and looked at.

use super::*;
use crate::domain::{Lane, Locale};

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
        waiting: "12 phút".to_owned(),
        lane: lane.into(),
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
    let threat = "Tao sẽ đánh chết mày, cứ chờ đấy.";
    let advert = "Vay nhanh tại https://xau.example/vay <script>alert(1)</script>\n\n-- \nToà soạn";
    HeldMail {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        purpose: Purpose::Digest,
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
                        vec![evidence("Đe dọa", "đánh chết mày", threat)],
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
                        evidence("Mời vay tiền", "Vay nhanh", advert),
                        evidence("Liên kết trong ý kiến", "https://xau.example/vay", advert),
                    ],
                )],
            },
        ],
        more: 1,
        oldest: "2 giờ 5 phút".to_owned(),
        risk: Some(Category::Threat),
        is_urgent: true,
        is_about_reports: false,
        queue_url: "https://duyet.example/queue".to_owned(),
        habits_url: "https://duyet.example/account#mail".to_owned(),
    }
}

fn reminder(locale: Locale) -> HeldMail {
    HeldMail {
        purpose: Purpose::Reminder,
        is_urgent: false,
        risk: None,
        more: 0,
        ..mail(locale)
    }
}

fn reported(locale: Locale) -> HeldMail {
    let mut mail = HeldMail {
        is_about_reports: true,
        risk: None,
        ..mail(locale)
    };
    mail.articles.truncate(1);
    mail
}

#[test]
fn each_mail_reads_well_in_both_languages() {
    for locale in [Locale::Vi, Locale::En] {
        let mails = [
            ("held", mail(locale)),
            ("late", reminder(locale)),
            ("reported", reported(locale)),
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
        assert!(html.contains(
            "<mark title=\"Liên kết trong ý kiến\">https[:]//xau[.]example/vay</mark><sup>2</sup>"
        ));
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
    one.is_urgent = false;
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
        for mut long in [mail(locale), reminder(locale)] {
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
