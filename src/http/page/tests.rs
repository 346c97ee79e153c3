//! Every page, rendered with a hostile reader in it.

mod history;
mod lists;
mod members;
mod numbers;
mod reports;
mod rules;
mod sample;
mod settings;
mod webhooks;

use askama::Template;
use regex::Regex;

use super::*;
use crate::domain::{Locale, Status};
use crate::messages::Messages;
use sample::{demo, form_problem, pages, receipt, vi};

/// The page without its head and the blank lines that templates leave.
fn tidy(html: &str) -> String {
    let body = html.split("<body>").nth(1).unwrap_or(html);
    let lines: Vec<&str> = body
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n")
}

/// The words on the page, one line for each run.
fn words(html: &str) -> String {
    let tags = Regex::new("<[^>]*>").expect("pattern");
    tidy(&tags.replace_all(&tidy(html), "\n"))
}

#[test]
fn pages_in_vietnamese() {
    for (name, page) in pages(vi()) {
        insta::assert_snapshot!(format!("{name}_vi"), tidy(&page));
    }
}

#[test]
fn pages_in_english_say_the_same() {
    for (name, page) in pages(Messages::of(Locale::En)) {
        insta::assert_snapshot!(format!("{name}_en"), words(&page));
    }
}

#[test]
fn nothing_on_a_page_runs_or_comes_from_elsewhere() {
    // Pictures of ours are drawn with these shapes; what else SVG has can run or load.
    let shapes = Regex::new(
        r"^</?(svg|title|desc|defs|pattern|rect|path|circle|line|polyline|polygon|text)\b",
    )
    .expect("pattern");
    let active =
        Regex::new(r"(?i)^<(style|img|iframe|object)\b|\s(style|on[a-z]+)=").expect("pattern");
    let address = Regex::new(r#"\s(href|src|action)="([^"]*)""#).expect("pattern");
    let ours = Regex::new(r#"<script (type="module" )?src="/(assets/[a-z.]+|widget.js)"( defer| data-site="demo")?></script>"#)
        .expect("pattern");
    let tag = Regex::new(r"<[a-z/!][^<>]*>").expect("pattern");
    // Quoted values are text; only what stands outside them is markup.
    let quoted = Regex::new(r#"="[^"]*""#).expect("pattern");
    for (name, page) in [Locale::Vi, Locale::En]
        .into_iter()
        .flat_map(|locale| pages(Messages::of(locale)))
    {
        let mut is_svg = false;
        for tag in tag.find_iter(&page).map(|found| found.as_str()) {
            let bare = quoted.replace_all(tag, "=");
            assert!(!active.is_match(&bare), "{name}: {tag}");
            assert!(!is_svg || shapes.is_match(&bare), "{name}: {tag}");
            is_svg = (is_svg || bare.starts_with("<svg")) && bare != "</svg>";
        }
        assert!(!page.contains("<img"), "{name}");
        // A script is a file of ours, and has no text of its own.
        let scripts = page.matches("<script").count();
        assert_eq!(ours.find_iter(&page).count(), scripts, "{name}");
        for found in address.captures_iter(&page) {
            let to = &found[2];
            let known = to.starts_with(['/', '#'])
                || to == "https://bao.example/1.html"
                // Opens the program on a phone that makes the codes.
                || to.starts_with("otpauth://totp/");
            assert!(known, "{name} points to {to}");
        }
    }
}

#[test]
fn what_was_typed_comes_back_whole() {
    let page = form_problem(vi()).render().expect("renders");
    assert!(
        page.contains("Chào &#34;toà soạn&#34;\n&#60;img src=x"),
        "{page}"
    );
    assert!(page.contains("&#38;amp;</textarea>"), "{page}");
    assert!(
        page.contains(
            r#"aria-describedby="duyet-email-hint duyet-email-error" aria-invalid="true""#
        )
    );
    assert!(page.contains("value=\"lan@\""));
}

#[test]
fn labels_and_descriptions_point_to_something() {
    let reference =
        Regex::new(r#"\s(?:for|aria-describedby|aria-labelledby|href)="(\x23?[^"/:]+)""#)
            .expect("pattern");
    for (name, page) in pages(vi()) {
        for found in reference.captures_iter(&page) {
            for target in found[1].trim_start_matches('#').split(' ') {
                let count = page.matches(&format!(" id=\"{target}\"")).count();
                assert_eq!(count, 1, "{name}: #{target}");
            }
        }
    }
}

#[test]
fn an_article_without_comments_invites_and_a_closed_one_has_no_form() {
    let mut page = demo(vi());
    page.comments.clear();
    page.notice = None;
    let html = page.render().expect("renders");
    assert!(html.contains(&vi().get("demo-empty")) && html.contains("Ý kiến bạn đọc (0)"));
    assert!(html.contains("name=\"return\" value=\"/demo\"") && !html.contains("role=\"status\""));
    page.form = None;
    let html = page.render().expect("renders");
    assert!(html.contains(&vi().get("demo-closed")) && !html.contains("<form"));
}

#[test]
fn a_reply_names_whom_it_answers_only_where_its_place_does_not() {
    let html = demo(vi()).render().expect("renders");
    assert_eq!(html.matches("class=\"answers\"").count(), 1);
    assert!(html.contains("Trả lời Nguyễn Thị Lan"));
    assert!(html.contains("Ý kiến bạn đọc (3)"));
}

#[test]
fn spam_is_told_to_its_reader_as_not_published_and_never_as_spam() {
    let mut page = receipt(vi());
    page.status = Status::Spam;
    page.withdraw_action = None;
    page.editing = None;
    let html = page.render().expect("renders");
    assert!(html.contains(&vi().get("receipt-rejected")));
    assert!(!html.contains(&vi().status(Status::Spam)));
    assert!(!html.contains("<form"));
}

#[test]
fn every_style_sheet_that_a_page_asks_for_is_there() {
    let link = Regex::new(r#"href="/assets/([^"]+)""#).expect("pattern");
    for (name, page) in pages(vi()) {
        let mut count = 0;
        for found in link.captures_iter(&page) {
            let asset = asset::ASSETS.iter().find(|asset| asset.name == &found[1]);
            let asset = asset.expect("an asset of that name");
            assert!(!asset.bytes.is_empty(), "{name}");
            count += 1;
        }
        assert!(count >= 2, "{name} loads nothing");
    }
    for sheet in asset::ASSETS {
        assert!(
            !String::from_utf8_lossy(sheet.bytes).contains("url("),
            "{}",
            sheet.name
        );
    }
}

#[test]
fn only_web_addresses_become_links() {
    assert!(web_link("HTTPS://bao.example/").is_some());
    for bad in [
        "javascript:alert(1)",
        "//bao.example",
        "/demo",
        "data:text/html,x",
        "httpsx://a",
        "đ",
    ] {
        assert!(web_link(bad).is_none(), "{bad}");
    }
}
