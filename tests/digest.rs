//! When moderators are told what waits, by clocks that the tests bring: each is told once, and nothing is lost.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use duyet::domain::{MailHabits, Pace, QuietHours, Zone};
use mail_parser::MessageParser;

use crate::support::{App, Backend, Night, Setup, comment, mail_files, on_both, text_of};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn pace(pace: Pace) -> MailHabits {
    MailHabits {
        pace,
        ..MailHabits::default()
    }
}

on_both!(
    the_first_is_told_at_once_and_the_next_in_digests,
    async |app: App| {
        let night = Night::of(app, 9, &["Lan"]).await;
        night.comes(0).await;
        night.look().await;
        night.told_once("Lan", 1);
        for number in 1..=3 {
            night.comes(number).await;
            night.passes(2 * MINUTE).await;
        }
        assert_eq!(night.mails("Lan").len(), 1);
        night.passes(4 * MINUTE).await;
        let mails = night.mails("Lan");
        assert_eq!(mails.len(), 2);
        assert!(
            mails
                .iter()
                .any(|(subject, _)| subject.starts_with("3 bình luận chờ duyệt"))
        );
        night.told_once("Lan", 4);
        // No more than six within an hour, even to who wants each at once; what comes then is in the first mail after it.
        night.wants("Lan", pace(Pace::AtOnce)).await;
        for number in 4..9 {
            night.comes(number).await;
            night.passes(MINUTE).await;
        }
        assert_eq!(night.mails("Lan").len(), 6);
        night.passes(HOUR).await;
        night.told_once("Lan", 9);
    }
);

on_both!(
    a_mail_server_that_comes_back_is_no_flood,
    async |app: App| {
        let night = Night::of(app, 20, &["Lan"]).await;
        night.wants("Lan", pace(Pace::AtOnce)).await;
        night.keeps_mails();
        for number in 0..20 {
            night.comes(number).await;
            night.passes(15 * MINUTE).await;
        }
        night.lets_mails_go();
        night.passes(12 * HOUR).await;
        night.told_once("Lan", 20);
        // One that was written before, and all the rest.
        assert_eq!(night.mails("Lan").len(), 2);
    }
);

on_both!(
    what_was_told_as_urgent_is_not_told_again_with_the_rest,
    async |app: App| {
        let night = Night::of(app, 4, &["Lan"]).await;
        let urgent = |number: usize| {
            let of = format!("select id from comments where body = '{}'", text_of(number));
            format!("update outbox set kind = 'alert' where comment_id = ({of})")
        };
        night.comes(0).await;
        night.look().await;
        // They wait for the next digest when one turns out to be urgent.
        for number in 1..=2 {
            night.comes(number).await;
        }
        night.passes(MINUTE).await;
        night.told_once("Lan", 1);
        night.app.execute(&urgent(1)).await;
        night.comes(1).await;
        night.passes(MINUTE).await;
        assert_eq!(night.told("Lan"), BTreeMap::from([(0, 1), (1, 1)]));
        night.passes(HOUR).await;
        night.told_once("Lan", 3);
        // What is said of it afterwards is new.
        let ordinary = urgent(1).replace("'alert'", "'notice'");
        night.app.execute(&ordinary).await;
        night.comes(1).await;
        night.comes(3).await;
        night.passes(HOUR).await;
        let told = BTreeMap::from([(0, 1), (1, 2), (2, 1), (3, 1)]);
        assert_eq!(night.told("Lan"), told);
    }
);

on_both!(
    who_turns_mail_off_and_on_again_misses_nothing_that_was_on_its_way,
    async |app: App| {
        let night = Night::of(app, 3, &["Lan"]).await;
        night.keeps_mails();
        night.comes(0).await;
        night.look().await;
        night.wants("Lan", pace(Pace::Off)).await;
        night.lets_mails_go();
        night.comes(1).await;
        night.passes(5 * HOUR).await;
        night.told_once("Lan", 0);
        night.wants("Lan", pace(Pace::Digest)).await;
        night.moves(5);
        night.look().await;
        night.told_once("Lan", 2);
        night.comes(2).await;
        night.passes(2 * HOUR).await;
        night.told_once("Lan", 3);
    }
);

on_both!(each_is_told_as_they_want, async |app: App| {
    let night = Night::of(app, 6, &["Lan", "Minh", "Hoa", "An"]).await;
    night.wants("Minh", pace(Pace::Off)).await;
    night.wants("Hoa", pace(Pace::Hourly)).await;
    night.wants("An", pace(Pace::TwiceADay)).await;
    // 10:00 in Vietnam; the second time of the day is 16:00.
    for number in 0..6 {
        night.comes(number).await;
        night.passes(11 * MINUTE).await;
    }
    let count = |name: &str| night.mails(name).len();
    assert_eq!(["Lan", "Minh", "Hoa", "An"].map(count), [6, 0, 2, 0]);
    night.passes(5 * HOUR).await;
    assert_eq!(["Lan", "Minh", "Hoa", "An"].map(count), [6, 0, 2, 1]);
    for name in ["Lan", "Hoa", "An"] {
        night.told_once(name, 6);
    }
    // Who turns mail on again is told of what waits still.
    night.wants("Minh", pace(Pace::Digest)).await;
    night.passes(5 * MINUTE).await;
    night.told_once("Minh", 6);
});

on_both!(
    quiet_hours_keep_everything_for_the_morning,
    async |app: App| {
        let night = Night::of(app, 4, &["Lan", "Minh"]).await;
        let quiet = |zone: &str| MailHabits {
            quiet: QuietHours::of_minutes(22 * 60, 6 * 60),
            zone: Zone::named(zone).expect("a zone"),
            ..MailHabits::default()
        };
        night.wants("Lan", quiet("Asia/Ho_Chi_Minh")).await;
        // The night in which clocks in Berlin go from 2 to 3.
        night.wants("Minh", quiet("Europe/Berlin")).await;
        night.set("2026-03-28T21:30:00Z");
        for number in 0..4 {
            night.comes(number).await;
            night.passes(20 * MINUTE).await;
        }
        assert_eq!(
            (night.mails("Lan").len(), night.mails("Minh").len()),
            (0, 0)
        );
        night.set("2026-03-28T22:59:00Z");
        night.look().await;
        assert_eq!(
            (night.mails("Lan").len(), night.mails("Minh").len()),
            (0, 0)
        );
        night.passes(MINUTE).await;
        assert_eq!(
            (night.mails("Lan").len(), night.mails("Minh").len()),
            (1, 0)
        );
        night.set("2026-03-29T03:59:00Z");
        night.look().await;
        assert_eq!(night.mails("Minh").len(), 0);
        night.passes(MINUTE).await;
        assert_eq!(night.mails("Minh").len(), 1);
        night.told_once("Lan", 4);
        night.told_once("Minh", 4);
    }
);

on_both!(
    what_was_tried_in_vain_waits_for_the_morning_too,
    async |app: App| {
        let night = Night::of(app, 1, &["Lan"]).await;
        let quiet = MailHabits {
            quiet: QuietHours::of_minutes(22 * 60, 6 * 60),
            zone: Zone::named("Asia/Ho_Chi_Minh").expect("a zone"),
            ..MailHabits::default()
        };
        night.wants("Lan", quiet).await;
        night.set("2026-11-29T14:55:00Z");
        night.comes(0).await;
        night.look().await;
        assert_eq!(night.mails("Lan").len(), 1);
        // As after an attempt that failed: the server is back when it is night.
        for mail in mail_files(&night.app.folder().join("digests")) {
            std::fs::remove_file(mail).expect("a mail");
        }
        night.set("2026-11-29T15:10:00Z");
        let due = night.moment();
        night
            .app
            .execute(&format!(
                "update outbox set state = 'ready', attempts = 3, run_at = {due}, last_error = '451 4.7.1 later' where kind = 'mail'"
            ))
            .await;
        night.look().await;
        night.passes(HOUR).await;
        assert_eq!(night.mails("Lan").len(), 0);
        let tries = "select sum(attempts) from outbox where kind = 'mail'";
        assert_eq!(night.app.count(tries).await, 3, "to wait is no attempt");
        night.set("2026-11-29T23:00:00Z");
        night.look().await;
        assert_eq!(night.mails("Lan").len(), 1);
    }
);

on_both!(
    what_is_urgent_in_a_digest_leaves_at_night_too,
    async |app: App| {
        let night = Night::of(app, 1, &["Lan", "Minh"]).await;
        let quiet = |urgent_in_quiet| MailHabits {
            quiet: QuietHours::of_minutes(22 * 60, 6 * 60),
            zone: Zone::named("Asia/Ho_Chi_Minh").expect("a zone"),
            urgent_in_quiet,
            ..MailHabits::default()
        };
        night.wants("Lan", quiet(true)).await;
        night.wants("Minh", quiet(false)).await;
        // The threat comes with the first digest, and the server is back when it is night.
        night.keeps_mails();
        night.set("2026-11-29T14:55:00Z");
        night.is_urgent(0).await;
        night.comes(0).await;
        night.look().await;
        night.lets_mails_go();
        night.set("2026-11-29T15:10:00Z");
        night.look().await;
        night.told_once("Lan", 1);
        night.passes(HOUR).await;
        assert_eq!(night.mails("Minh").len(), 0, "who wants it in the morning");
        night.set("2026-11-29T23:00:00Z");
        night.look().await;
        night.told_once("Minh", 1);
        night.told_once("Lan", 1);
    }
);

on_both!(
    clocks_that_jump_lose_nothing_and_tell_nothing_twice,
    async |app: App| {
        let mut night = Night::of(app, 16, &["Lan", "Minh", "An"]).await;
        night.wants("Minh", pace(Pace::Hourly)).await;
        night.wants("An", pace(Pace::TwiceADay)).await;
        let jumps = [HOUR, -HOUR, DAY, -DAY, -HOUR, HOUR, -DAY, DAY];
        for (place, jump) in jumps.into_iter().enumerate() {
            night.comes(2 * place).await;
            night.passes(MINUTE).await;
            night.moves(jump);
            night.comes(2 * place + 1).await;
            night.look().await;
            night.passes(3 * MINUTE).await;
            if place % 3 == 2 {
                // The service ends and starts again.
                night.workers.clear();
                night.add_worker();
            }
        }
        night.passes(2 * DAY).await;
        for name in ["Lan", "Minh", "An"] {
            night.told_once(name, 16);
        }
        assert_eq!(
            night
                .app
                .count("select count(*) from outbox where state = 'ready'")
                .await,
            0
        );
    }
);

on_both!(replicas_tell_each_once, async |app: App| {
    let mut night = Night::of(app, 12, &["Lan", "Minh"]).await;
    night.wants("Minh", pace(Pace::AtOnce)).await;
    night.add_worker();
    night.add_worker();
    for number in 0..6 {
        night.comes(2 * number).await;
        night.look().await;
        // Gathered now, and told to Lan in a round that gathers nothing.
        night.comes(2 * number + 1).await;
        night.look().await;
        night.passes(30 * MINUTE).await;
    }
    night.told_once("Lan", 12);
    night.told_once("Minh", 12);
    assert_eq!(night.mails("Minh").len(), 12);
    let mails = "select count(*) from outbox where kind = 'mail'";
    assert_eq!(night.app.count(mails).await, 24);
});

on_both!(
    what_is_decided_before_the_mail_leaves_is_not_told,
    async |app: App| {
        let night = Night::of(app, 3, &["Lan"]).await;
        night.comes(0).await;
        night.look().await;
        night.comes(1).await;
        night.passes(MINUTE).await;
        night
            .app
            .execute("update comments set status = 'spam' where body = 'Câu số 1.'")
            .await;
        night.passes(20 * MINUTE).await;
        assert_eq!(night.mails("Lan").len(), 1);
        // Nor did that take the turn of the next.
        night.comes(2).await;
        night.look().await;
        assert_eq!(night.told("Lan"), BTreeMap::from([(0, 1), (2, 1)]));
    }
);

on_both!(
    what_is_urgent_comes_first_however_much_came_before,
    async |app: App| {
        let last = 204;
        let night = Night::of(app, last + 1, &["Lan"]).await;
        let bad = format!(
            "update comments set lane = 'likely_bad' where body = '{}'",
            text_of(last)
        );
        night.app.execute(&bad).await;
        let asleep = QuietHours::of_minutes(22 * 60, 6 * 60);
        night
            .wants(
                "Lan",
                MailHabits {
                    quiet: asleep,
                    ..pace(Pace::Digest)
                },
            )
            .await;
        night.set("2026-11-30T17:00:00Z");
        for number in 0..=last {
            night.comes(number).await;
        }
        night.is_urgent(last).await;
        night.passes(HOUR).await;
        assert!(night.mails("Lan").is_empty());
        night.set("2026-11-30T23:30:00Z");
        night.look().await;
        let mails = night.mails("Lan");
        assert_eq!(mails.len(), 1);
        let first = mails[0].1.lines().find(|line| line.starts_with("  > "));
        assert_eq!(first, Some(format!("  > {}", text_of(last)).as_str()));
    }
);

on_both!(
    who_has_other_sites_or_sections_is_told_nothing_of_it,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let night = Night::of(app, 2, &["Lan"]).await;
        night.app.add_member("Hoa", &["--site", "khac"]);
        night.app.add_member("Minh", &["--site", "bao"]);
        let minh = "select moderator_id, site_id, 'Thể thao' from moderator_sites";
        let of = "where moderator_id = (select id from moderators where name = 'Minh')";
        night
            .app
            .execute(&format!("insert into moderator_sections {minh} {of}"))
            .await;
        for number in 0..2 {
            night.comes(number).await;
            night.passes(20 * MINUTE).await;
        }
        night.told_once("Lan", 2);
        assert_eq!(
            (night.mails("Hoa").len(), night.mails("Minh").len()),
            (0, 0)
        );
    }
);

on_both!(
    what_waits_longer_than_promised_is_reminded_of_once,
    async |app: App| {
        let night = Night::of(app, 2, &["Lan", "Minh"]).await;
        night.wants("Minh", pace(Pace::Off)).await;
        night.promise(240).await;
        // The comments have come at the time of the machine that runs this.
        let begin = duyet::clock::now().as_micros();
        night.time.store(begin, Ordering::SeqCst);
        night.comes(0).await;
        night.comes(1).await;
        night.look().await;
        night.passes(3 * HOUR + 50 * MINUTE).await;
        assert_eq!(night.mails("Lan").len(), 1);
        // A clock that is ahead for a while, comes back, and gets there by itself.
        night.moves(HOUR);
        night.look().await;
        night.passes(10 * MINUTE).await;
        let reminded = |night: &Night| {
            let mails = night.mails("Lan");
            mails
                .iter()
                .filter(|(subject, _)| subject.contains("quá hẹn"))
                .count()
        };
        assert_eq!(reminded(&night), 1);
        night.moves(-HOUR);
        night.passes(3 * HOUR).await;
        assert_eq!(reminded(&night), 1);
        assert!(
            night
                .mails("Lan")
                .iter()
                .any(|(_, text)| text.contains("đã quá thời hạn hẹn"))
        );
        night
            .app
            .execute("update comments set status = 'approved'")
            .await;
        night.passes(HOUR).await;
        night
            .app
            .execute("update comments set status = 'pending' where body = 'Câu số 0.'")
            .await;
        night.passes(HOUR).await;
        assert_eq!(reminded(&night), 1, "of the same nobody is reminded twice");
        assert_eq!(night.mails("Minh").len(), 0);
    }
);

on_both!(
    a_reminder_counts_what_is_late_apart_from_what_is_new,
    async |app: App| {
        let night = Night::of(app, 4, &["Lan", "Minh"]).await;
        night
            .app
            .execute("update moderators set locale = 'en' where name = 'Minh'")
            .await;
        night.promise(240).await;
        // The first has come at the time of the machine that runs this.
        let begin = duyet::clock::now().as_micros();
        night.time.store(begin, Ordering::SeqCst);
        night.comes(0).await;
        night.look().await;
        night.passes(3 * HOUR + 55 * MINUTE).await;
        night.moves(5 * MINUTE);
        let now = night.moment();
        night
            .app
            .execute(&format!(
                "update comments set created_at = {now} where body <> '{}'",
                text_of(0)
            ))
            .await;
        for number in 1..=3 {
            night.comes(number).await;
        }
        night.look().await;
        let last = |name: &str| {
            let mut mails = night.mails(name);
            mails.retain(|(_, text)| text.contains(&text_of(3)));
            mails.remove(0)
        };
        let (subject, text) = last("Lan");
        assert_eq!(subject, "4 bình luận chờ duyệt, 1 đã quá hẹn — Báo Ví Dụ");
        let heading = "4 bình luận chờ duyệt, 1 bình luận đã quá thời hạn hẹn với bạn đọc — ";
        assert!(text.starts_with(heading), "{text}");
        let (subject, text) = last("Minh");
        assert_eq!(
            subject,
            "4 comments wait for review, 1 has waited too long — Báo Ví Dụ"
        );
        let heading =
            "4 comments wait for review, 1 has waited longer than readers were promised — ";
        assert!(text.starts_with(heading), "{text}");
    }
);

on_both!(
    a_reminder_of_what_was_decided_meanwhile_says_nothing_of_it,
    async |app: App| {
        let night = Night::of(app, 2, &["Lan"]).await;
        night.promise(240).await;
        let begin = duyet::clock::now().as_micros();
        night.time.store(begin, Ordering::SeqCst);
        night.comes(0).await;
        night.look().await;
        night.passes(3 * HOUR + 55 * MINUTE).await;
        night.moves(5 * MINUTE);
        let now = night.moment();
        night
            .app
            .execute(&format!(
                "update comments set created_at = {now} where body = '{}'",
                text_of(1)
            ))
            .await;
        night.comes(1).await;
        night.keeps_mails_from_now();
        night.look().await;
        night
            .app
            .execute(&format!(
                "update comments set status = 'approved' where body = '{}'",
                text_of(0)
            ))
            .await;
        night.lets_mails_go();
        night.passes(HOUR).await;
        let mails = night.mails("Lan");
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].0, "1 bình luận chờ duyệt — Báo Ví Dụ");
    }
);

/// Through the intake: what threatens is told at once, the rest with its digest.
#[tokio::test]
async fn a_threat_is_mailed_at_once() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = Setup::new(backend)
            .set("DUYET_MAIL_DIGEST", "3600")
            .set("DUYET_MAIL_CEILING", "6")
            .start()
            .await;
        app.add_member("Lan", &[]);
        let mails = || {
            let files = mail_files(&app.folder().join("mail"));
            let read = files
                .iter()
                .map(|file| std::fs::read(file).expect("a mail"));
            let subject = |bytes: Vec<u8>| {
                let mail = MessageParser::default().parse(&bytes).expect("a mail");
                mail.subject().unwrap_or_default().to_owned()
            };
            let mut subjects: Vec<String> = read.map(subject).collect();
            subjects.sort();
            subjects
        };
        let count = |count: usize| async move {
            crate::support::eventually("a mail", async || (mails().len() == count).then_some(()))
                .await;
        };
        app.reader()
            .submit(&comment("Bài viết hay."))
            .await
            .expect(202);
        count(1).await;
        app.reader()
            .submit(&comment("Cảm ơn toà soạn."))
            .await
            .expect(202);
        app.reader()
            .submit(&comment("Tao sẽ đánh chết mày, cứ chờ đấy."))
            .await
            .expect(202);
        count(2).await;
        let subjects = mails();
        assert_eq!(subjects[0], "1 bình luận chờ duyệt — Báo Ví Dụ");
        assert_eq!(
            subjects[1],
            "Khẩn: lời đe doạ — 1 bình luận chờ duyệt — Báo Ví Dụ"
        );
    }
}
