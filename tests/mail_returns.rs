//! A mail server that is back: what waited for it leaves within about a minute, whoever found it away and however the service was
//! started since. By clocks that the tests bring.

use duyet::domain::{Locale, Trouble};
use duyet::messages::Messages;
use duyet::store::{Scope, SendNow};

use tokio::sync::watch;

use crate::support::{
    App, Backend, Delivery, MailServer, Mode, Night, comment_on, eventually, on_both, text_of,
};

const HOUR: i64 = 3600;

/// As after many attempts: what waits is tried by itself after three more hours, and no sooner.
async fn was_often_tried(night: &Night) {
    let later = match night.app.backend {
        Backend::Sqlite => "run_at + 10800000000",
        Backend::Postgres => "run_at + interval '3 hours'",
    };
    let change =
        format!("update outbox set run_at = {later} where kind = 'mail' and state = 'ready'");
    night.app.execute(&change).await;
}

async fn count(night: &Night, what: &str) -> i64 {
    let query = format!("select cast({what} as bigint) from outbox where kind = 'mail'");
    night.app.count(&query).await
}

/// How often a member was told of a comment by a server.
fn told(server: &MailServer, name: &str, number: usize) -> usize {
    let line = format!("  > {}", text_of(number));
    let mails = server.to(&format!("{}@bao.example", name.to_lowercase()));
    let with = mails
        .iter()
        .filter(|mail| mail.text().lines().any(|is| is == line));
    with.count()
}

on_both!(
    a_server_that_is_back_is_noticed_within_a_minute,
    async |app: App| {
        let night = Night::of(app, 2, &["Lan"]).await;
        night.keeps_mails();
        night.comes(0).await;
        night.look().await;
        was_often_tried(&night).await;
        let (attempts, claims) = ("sum(attempts)", "sum(lease)");
        let before = (count(&night, attempts).await, count(&night, claims).await);
        night.minutes(10).await;
        let after = (count(&night, attempts).await, count(&night, claims).await);
        assert_eq!(after, (before.0, before.1 + 10), "to ask is no attempt");
        night.lets_mails_go();
        night.moves(65);
        night.look().await;
        night.told_once("Lan", 1);
        night.is_urgent(1).await;
        night.comes(1).await;
        night.look().await;
        night.told_once("Lan", 2);
    }
);

on_both!(
    of_all_replicas_and_mails_one_asks_in_a_minute,
    async |app: App| {
        let mut night = Night::of(app, 1, &["Lan", "Minh", "Hoa"]).await;
        night.keeps_mails();
        night.add_worker();
        night.comes(0).await;
        night.look().await;
        was_often_tried(&night).await;
        let before = count(&night, "sum(lease)").await;
        for _ in 0..30 {
            night.moves(20);
            night.look().await;
        }
        let asked = count(&night, "sum(lease)").await - before;
        assert_eq!(asked, 10, "in ten minutes");
        night.lets_mails_go();
        night.moves(65);
        night.look().await;
        for name in ["Lan", "Minh", "Hoa"] {
            night.told_once(name, 1);
        }
    }
);

on_both!(
    whatever_a_server_said_of_itself_all_leaves_once_it_takes_mails,
    async |app: App| {
        let mut night = Night::of(app, 7, &["Lan"]).await;
        let mut server = MailServer::away();
        night.sends_to(&server, None);
        let away = [
            Mode::Sender("451 4.3.0 try again later"),
            Mode::Recipient("421 4.3.2 shutting down"),
            Mode::Recipient("451 Temporary local problem - please try later"),
            Mode::Recipient("450 4.7.1 Client host rejected: cannot find your hostname"),
            Mode::Recipient("451 4.4.3 no name server answers"),
            Mode::Message("451 4.3.0 the disk is full"),
            Mode::Message("451 4.7.1 try again later"),
        ];
        for (number, mode) in away.into_iter().enumerate() {
            server.reopen(mode);
            night.comes(number).await;
            night.look().await;
            was_often_tried(&night).await;
            assert_eq!(told(&server, "Lan", number), 0, "{mode:?}");
            // Whoever corrects a setting starts the service again.
            night.starts_again();
            server.reopen(Mode::Accept);
            night.moves(65);
            night.look().await;
            assert_eq!(told(&server, "Lan", number), 1, "{mode:?}");
            night.moves(HOUR);
        }
    }
);

on_both!(
    the_first_mail_that_is_taken_brings_all_others,
    async |app: App| {
        let mut night = Night::of(app, 2, &["Lan", "Minh"]).await;
        let mut server = MailServer::away();
        night.sends_to(&server, None);
        night.comes(0).await;
        night.look().await;
        was_often_tried(&night).await;
        night.starts_again();
        server.reopen(Mode::Accept);
        // Nobody has asked since, and somebody new is mailed.
        night.app.add_member("Hoa", &[]);
        night.comes(1).await;
        night.look().await;
        for name in ["Lan", "Minh", "Hoa"] {
            assert_eq!(told(&server, name, 0), 1, "to {name}");
        }
    }
);

on_both!(
    a_mailbox_that_puts_off_has_its_own_time_and_keeps_no_alert_back,
    async |app: App| {
        let mut night = Night::of(app, 4, &["Lan", "Minh"]).await;
        let mut server = MailServer::open(Mode::PutsOff(
            "lan@bao.example",
            "450 4.2.0 greylisted, come back",
        ));
        night.sends_to(&server, None);
        for number in [1, 3] {
            night.is_urgent(number).await;
        }
        for number in [0, 1] {
            night.comes(number).await;
            night.look().await;
            assert_eq!(told(&server, "Minh", number), 1);
        }
        was_often_tried(&night).await;
        night.moves(HOUR);
        let theirs = format!(
            "select sum(attempts) from outbox where kind = 'mail' and state = 'ready' and created_at < {}",
            night.moment()
        );
        let before = night.app.count(&theirs).await;
        // What others are sent meanwhile says nothing of that mailbox, and nobody asks in between.
        night.comes(2).await;
        night.look().await;
        night.moves(65);
        night.look().await;
        assert_eq!(told(&server, "Minh", 2), 1);
        assert!(server.to("lan@bao.example").is_empty());
        assert_eq!(night.app.count(&theirs).await, before);
        night.moves(65);
        server.reopen(Mode::Accept);
        night.comes(3).await;
        night.look().await;
        assert_eq!((told(&server, "Lan", 3), told(&server, "Minh", 3)), (1, 1));
    }
);

on_both!(
    an_alert_that_is_put_off_while_others_are_taken_keeps_the_next_back_for_minutes,
    async |app: App| {
        let mut night = Night::of(app, 4, &["Lan", "Minh"]).await;
        // It says that this is of the server, which takes what is for others.
        let mut server = MailServer::open(Mode::PutsOff("lan@bao.example", "452 4.3.1 no room"));
        night.sends_to(&server, None);
        for number in 0..4 {
            night.is_urgent(number).await;
        }
        let waiting = "select count(*) from outbox where kind = 'mail' and state = 'ready'";
        // The first comes with what is new, which waits by itself; the third is kept back by the second.
        for (number, waits) in [(0, 1), (1, 2), (2, 2), (3, 3)] {
            night.comes(number).await;
            night.look().await;
            assert_eq!(told(&server, "Minh", number), 1);
            assert_eq!(night.app.count(waiting).await, waits, "with {number}");
            night.moves(65);
            night.look().await;
        }
        server.reopen(Mode::Accept);
        night.moves(65);
        night.look().await;
        for number in 0..4 {
            assert_eq!(told(&server, "Lan", number), 1, "{number}");
        }
    }
);

on_both!(
    a_mail_that_is_put_off_in_any_words_keeps_its_member_from_nothing,
    async |app: App| {
        let mut night = Night::of(app, 4, &["Lan"]).await;
        let server = MailServer::open(Mode::Dislikes("451 4.7.1 suspicious, try again later"));
        night.sends_to(&server, None);
        night.comes(0).await;
        night.look().await;
        // With its words in it: without them it is put off as well.
        let refused = || {
            let mut handed = server.handed();
            handed.retain(|mail| !mail.taken && mail.text().contains("  > "));
            handed.len()
        };
        assert_eq!(refused(), 1);
        night.app.add_member("Minh", &[]);
        for (number, minutes) in [(1, 11), (2, 10), (3, 10)] {
            night.comes(number).await;
            for _ in 0..minutes {
                night.look().await;
                night.moves(60);
            }
            night.look().await;
            let told = |name| told(&server, name, number);
            assert_eq!((told("Lan"), told("Minh")), (1, 1), "with {number}");
        }
        // Nobody is mailed anything else, and it has its own time still.
        night.minutes(90).await;
        assert_eq!(told(&server, "Lan", 0), 0);
        assert!((6..10).contains(&refused()), "{}", refused());
    }
);

/// A server that puts off whatever has two comments' words in it, as often as it comes; nobody is mailed anything else.
async fn words_that_are_put_off_silence_nobody(app: App, names: &[&str], said: &'static str) {
    let mut night = Night::of(app, 5, names).await;
    let server = MailServer::open(Mode::Words(r"Câu\ssố\s[01]\.", said));
    night.sends_to(&server, None);
    let is_told = |number| {
        for name in names {
            assert_eq!(told(&server, name, number), 1, "{name} of {number}");
        }
    };
    // In our words alone: how many wait, and where.
    let counted = |name: &str| {
        let mails = server.to(&format!("{}@bao.example", name.to_lowercase()));
        let mut counted: Vec<String> = mails.iter().map(Delivery::text).collect();
        counted.retain(|text| !text.contains("  > "));
        for text in &counted {
            assert!(text.starts_with("1 bình luận chờ duyệt"), "{text}");
            assert!(
                text.contains("http://binh-luan.bao.example/queue"),
                "{text}"
            );
        }
        counted.len()
    };
    night.comes(0).await;
    night.look().await;
    night.is_urgent(1).await;
    night.is_urgent(2).await;
    night.minutes(1).await;
    night.comes(1).await;
    night.look().await;
    night.minutes(1).await;
    // A threat that nothing is wrong with, while the one before cannot leave.
    night.comes(2).await;
    night.look().await;
    assert!(server.taken().is_empty(), "it may be of the server still");
    // Within the two minutes after which what is urgent leaves in any case; which of its tries it is hangs on chance.
    night.minutes(2).await;
    is_told(2);
    for name in names {
        assert_eq!(counted(name), 1, "the threat is told to {name}");
    }
    night.comes(3).await;
    night.minutes(7).await;
    is_told(3);
    for name in names {
        assert_eq!(counted(name), 2, "so is the other to {name}");
    }
    night.comes(4).await;
    night.minutes(10).await;
    is_told(4);
    assert_eq!(
        count(&night, "sum(case state when 'ready' then 1 else 0 end)").await,
        0
    );
    let handed = server.handed().len();
    night.minutes(90).await;
    assert_eq!(
        server.handed().len(),
        handed,
        "nothing is sent again and again"
    );
    assert!(handed <= 20 * names.len(), "{handed}");
}

/// What a server says that dislikes a mail and does not say so.
const SUSPICIOUS: &str = "451 4.7.1 suspicious, try again later";

on_both!(
    words_that_are_put_off_keep_nothing_from_who_is_alone,
    async |app: App| words_that_are_put_off_silence_nobody(app, &["Lan"], SUSPICIOUS).await
);

on_both!(
    words_that_are_put_off_for_all_keep_nothing_from_anybody,
    async |app: App| words_that_are_put_off_silence_nobody(app, &["Lan", "Minh"], SUSPICIOUS).await
);

on_both!(
    words_that_are_put_off_without_a_status_are_no_mailboxs,
    async |app: App| {
        let said = "450 try again later";
        words_that_are_put_off_silence_nobody(app, &["Lan"], said).await;
    }
);

on_both!(
    what_waited_for_a_server_is_not_without_its_words_at_the_first_no,
    async |app: App| {
        let mut night = Night::of(app, 1, &["Lan"]).await;
        let mut server = MailServer::away();
        night.sends_to(&server, None);
        night.is_urgent(0).await;
        night.comes(0).await;
        night.minutes(30).await;
        server.reopen(Mode::Later(1));
        night.minutes(5).await;
        assert_eq!(server.taken().len(), 1);
        assert_eq!(told(&server, "Lan", 0), 1, "with what the reader wrote");
    }
);

on_both!(
    what_is_put_off_in_our_words_as_well_waits_for_the_server,
    async |app: App| {
        let mut night = Night::of(app, 2, &["Lan", "Minh"]).await;
        let mut server = MailServer::open(Mode::Message("452 4.3.1 no room left"));
        night.sends_to(&server, None);
        night.is_urgent(0).await;
        night.comes(0).await;
        night.minutes(10).await;
        was_often_tried(&night).await;
        let handed = server.handed().len();
        night.minutes(10).await;
        let asked = server.handed().len() - handed;
        assert!((8..=22).contains(&asked), "one mail asks for all: {asked}");
        server.reopen(Mode::Accept);
        night.moves(65);
        night.look().await;
        for name in ["Lan", "Minh"] {
            assert_eq!(told(&server, name, 0), 1, "to {name}");
        }
    }
);

on_both!(
    the_attempts_of_an_outage_are_not_the_mailboxs,
    async |app: App| {
        let mut night = Night::of(app, 1, &["Lan"]).await;
        let mut server = MailServer::away();
        night.sends_to(&server, None);
        night.comes(0).await;
        night.look().await;
        was_often_tried(&night).await;
        let often = "update outbox set attempts = 8 where kind = 'mail'";
        night.app.execute(often).await;
        night.moves(4 * HOUR);
        server.reopen(Mode::PutsOff(
            "lan@bao.example",
            "450 4.2.0 <lan@bao.example>: Recipient address rejected: Greylisted",
        ));
        night.look().await;
        server.reopen(Mode::Accept);
        night.moves(120);
        night.look().await;
        assert_eq!(told(&server, "Lan", 0), 1);
    }
);

#[tokio::test]
async fn what_an_operator_must_mend_kills_no_mail() {
    let app = App::start(Backend::Sqlite).await;
    let mut night = Night::of(app, 2, &["Lan"]).await;
    let mut server = MailServer::away();
    night.sends_to(&server, None);
    let refusals = [
        Mode::Message(
            "554 5.2.252 SendAsDenied; duyet@bao.example not allowed to send as info@bao.example",
        ),
        Mode::Recipient("454 4.7.1 <lan@bao.example>: Relay access denied"),
    ];
    for (number, mode) in refusals.into_iter().enumerate() {
        server.reopen(mode);
        night.comes(number).await;
        night.look().await;
        let waits =
            "select count(*) from outbox where kind = 'mail' and state = 'ready' and is_ours";
        assert_eq!(night.app.count(waits).await, 1, "{mode:?}");
        night.moves(HOUR);
        night.look().await;
        assert_eq!(night.app.count(waits).await, 1, "{mode:?}");
        server.reopen(Mode::Accept);
        night.starts_again();
        night.moves(HOUR);
        night.look().await;
        assert_eq!(told(&server, "Lan", number), 1, "{mode:?}");
        night.moves(HOUR);
    }
}

on_both!(
    of_many_mails_one_signs_in_with_a_wrong_password,
    async |app: App| {
        let names = [
            "Lan", "Minh", "Hoa", "An", "Chi", "Giang", "Khoa", "Linh", "Nam", "Thu",
        ];
        let mut night = Night::of(app, 1, &names).await;
        let mut server = MailServer::open(Mode::SignIn("khác"));
        night.sends_to(&server, Some("mật"));
        night.comes(0).await;
        night.look().await;
        assert_eq!(server.tries(), 1);
        // As when it was left alone for long enough: who starts again knows nothing of that.
        night.starts_again();
        night.moves(HOUR);
        night.look().await;
        assert_eq!(server.tries(), 2);
        server.reopen(Mode::SignIn("mật"));
        night.starts_again();
        night.moves(HOUR);
        night.look().await;
        for name in names {
            assert_eq!(told(&server, name, 0), 1, "to {name}");
        }
    }
);

on_both!(a_new_start_tries_at_once, async |app: App| {
    let mut night = Night::of(app, 1, &["Lan"]).await;
    let mut server = MailServer::open(Mode::SignIn("khác"));
    night.sends_to(&server, Some("mật"));
    night.comes(0).await;
    night.look().await;
    assert_eq!(server.tries(), 1);
    night.look().await;
    assert_eq!(server.tries(), 1, "while it goes on");
    night.starts_again();
    night.look().await;
    assert_eq!(server.tries(), 2);
    night.look().await;
    assert_eq!(server.tries(), 2, "once");
    server.reopen(Mode::SignIn("mật"));
    night.starts_again();
    night.look().await;
    assert_eq!(told(&server, "Lan", 0), 1);
});

#[tokio::test]
async fn a_persons_press_is_tried_at_once_and_rest_costs_no_attempt() {
    let app = App::start(Backend::Sqlite).await;
    let mut night = Night::of(app, 1, &["Lan"]).await;
    let mut server = MailServer::open(Mode::SignIn("mật"));
    night.sends_to(&server, Some("mật"));
    server.reopen(Mode::SignIn("khác"));
    night.comes(0).await;
    night.look().await;
    assert_eq!(server.tries(), 1);
    // The server is left alone, by the machine's clock: it is not asked, and the mail has lost nothing.
    for _ in 0..5 {
        night.moves(30);
        night.look().await;
    }
    assert_eq!(server.tries(), 1);
    assert_eq!(count(&night, "max(attempts)").await, 1);
    server.reopen(Mode::SignIn("mật"));
    let site = night.store.site("bao".to_owned()).await.expect("a site");
    let scope = Scope::of([site.expect("a site").id]);
    let waiting = night
        .store
        .outbox(scope.clone(), duyet::store::OutboxState::Ready, 10);
    let mail = waiting.await.expect("a list").remove(0).id;
    let sent = night.store.send_now(scope, mail, night.now()).await;
    assert_eq!(sent.expect("sent"), SendNow::Due);
    night.look().await;
    assert_eq!(told(&server, "Lan", 0), 1);
}

on_both!(
    a_mail_on_its_way_keeps_an_older_one_of_another_replica_back,
    async |app: App| {
        app.add_site("pho", "https://pho.example");
        for site in ["bao", "pho"] {
            app.done(&["site", "set", site, "tell_decision=true"], "");
            let article = format!("https://{site}.example/cau-moi.html");
            let mut comment = comment_on(&article, &text_of(0));
            comment["tell"] = true.into();
            app.reader_of(site).submit(&comment).await.expect(202);
        }
        let mut night = Night::of(app, 0, &[]).await;
        let server = MailServer::open(Mode::Hangs);
        night.sends_to(&server, None);
        night.add_worker();
        let due = async |site: &str| {
            let now = night.moment();
            let of = format!("select id from sites where key = '{site}'");
            night
                .app
                .execute(&format!(
                    "update outbox set state = 'ready', run_at = {now} where kind = 'mail' and site_id = ({of})"
                ))
                .await;
        };
        // The question of the second site is with the server when the older one of the first is due.
        due("pho").await;
        let (_, stop) = watch::channel(false);
        let older = async {
            eventually("a mail on its way", async || {
                (server.handed().len() == 1).then_some(())
            })
            .await;
            night.moves(1);
            due("bao").await;
            night.workers[1].round(&stop).await.expect("a round");
        };
        tokio::select! {
            biased;
            ended = night.workers[0].round(&stop) => panic!("the server has answered: {ended:?}"),
            () = older => {}
        }
        assert_eq!(server.handed().len(), 1, "two mails within an hour");
    }
);

/// The dead letter that there is, in words.
async fn dead_letter(night: &Night) -> String {
    let query = "select last_error as text from outbox where kind = 'mail' and state = 'dead'";
    let kept = night.app.texts(query).await;
    let trouble = Trouble::read(kept.first().expect("a dead letter")).expect("as we keep it");
    Messages::of(Locale::En).trouble(&trouble)
}

on_both!(
    a_mail_that_may_have_arrived_comes_once_more_and_never_again,
    async |app: App| {
        let mut night = Night::of(app, 3, &["Lan"]).await;
        let mut server = MailServer::away();
        night.sends_to(&server, None);
        for (number, mode) in [Mode::Riddles, Mode::Drops(9)].into_iter().enumerate() {
            server.reopen(mode);
            let before = server.handed().len();
            night.comes(number).await;
            night.look().await;
            assert_eq!(server.handed().len(), before + 1, "{mode:?}");
            // What goes wrong in between is not forgotten over.
            server.close();
            night.moves(HOUR);
            night.look().await;
            server.reopen(mode);
            for _ in 0..10 {
                night.moves(HOUR);
                night.look().await;
            }
            let handed = server.handed().split_off(before);
            assert_eq!(handed.len(), 2, "{mode:?}");
            assert_eq!(handed[0].id(), handed[1].id());
            let told = dead_letter(&night).await;
            assert!(told.contains("may have arrived"), "{told}");
            night
                .app
                .execute("update outbox set state = 'done' where state = 'dead'")
                .await;
        }
    }
);

on_both!(
    what_is_urgent_waits_for_no_mail_that_the_server_thinks_about,
    async |app: App| {
        let names = [
            "Lan", "Minh", "Hoa", "An", "Chi", "Giang", "Khoa", "Linh", "Nam", "Thu",
        ];
        let mut night = Night::of(app, 2, &names).await;
        let server = MailServer::open(Mode::Hangs);
        night.sends_to(&server, None);
        night.is_urgent(1).await;
        night.comes(0).await;
        let handed = async |count: usize| {
            eventually("as many mails with the server", async || {
                let handed = server.handed();
                (handed.len() >= count).then_some(handed)
            })
            .await
        };
        let (_, stop) = watch::channel(false);
        let meanwhile = async {
            // As many as a site may have there, though more are due.
            assert_eq!(handed(8).await.len(), 8);
            night.comes(1).await;
            let all = handed(16).await;
            assert_eq!(all.len(), 16);
            let urgent = all[8..].iter().filter(|mail| {
                let line = format!("  > {}", text_of(1));
                mail.text().lines().any(|is| is == line)
            });
            assert_eq!(urgent.count(), 8);
        };
        tokio::select! {
            biased;
            ended = night.workers[0].round(&stop) => panic!("the server has answered: {ended:?}"),
            () = meanwhile => {}
        }
    }
);
