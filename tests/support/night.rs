//! A night at the newspaper: comments that come when a test says so, members who are mailed about them, and workers that live by the
//! test's clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use duyet::config::{Config, Smtp, SmtpTls};
use duyet::domain::{Instant, MailHabits, Moderator, Trace};
use duyet::notify::Worker;
use duyet::notify::mail::Mailer;
use duyet::rules::LiveRules;
use duyet::store::{Address, Store};
use mail_parser::MessageParser;
use tokio::sync::{Notify, watch};

use super::{App, Backend, MailServer, comment, mail_files, quiet_config};

const MINUTE: i64 = 60;

/// A database with comments whose notices have not come yet, and a worker that lives by the test's clock.
pub struct Night {
    pub app: App,
    pub store: Store,
    pub time: Arc<AtomicI64>,
    pub workers: Vec<Worker>,
    smtp: Option<Smtp>,
}

pub fn text_of(number: usize) -> String {
    format!("Câu số {number}.")
}

impl Night {
    /// So many comments were sent, and members are there who get mail about them.
    pub async fn of(mut app: App, comments: usize, members: &[&str]) -> Self {
        for number in 0..comments {
            app.reader()
                .submit(&comment(&text_of(number)))
                .await
                .expect(202);
        }
        app.server().kill();
        app.execute("update outbox set state = 'later'").await;
        for name in members {
            app.add_member(name, &[]);
        }
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let mut night = Self {
            app,
            store,
            time: Arc::new(AtomicI64::new(0)),
            workers: Vec::new(),
            smtp: None,
        };
        night.promise(0).await;
        night.set("2026-11-30T03:00:00Z");
        night.add_worker();
        night
    }

    /// Mails go to that server, whose steps have a minute each; to sign in as `duyet` with that password, where there is one.
    pub fn sends_to(&mut self, server: &MailServer, password: Option<&str>) {
        self.smtp = Some(Smtp {
            host: server.address().ip().to_string(),
            port: server.address().port(),
            tls: SmtpTls::None,
            sign_in: password.map(|password| ("duyet".to_owned(), password.to_owned())),
            hello: None,
            ca: None,
            patience: Duration::from_secs(60),
        });
        self.starts_again();
    }

    /// No mail leaves: where the folder for them should be stands a file.
    pub fn keeps_mails(&self) {
        std::fs::write(self.folder(), "").expect("a file");
    }

    /// From now on no mail leaves, and those that have left are gone.
    pub fn keeps_mails_from_now(&self) {
        std::fs::remove_dir_all(self.folder()).expect("removed");
        self.keeps_mails();
    }

    /// They leave again.
    pub fn lets_mails_go(&self) {
        std::fs::remove_file(self.folder()).expect("removed");
    }

    fn folder(&self) -> PathBuf {
        self.app.folder().join("digests")
    }

    /// The service is ended and started: what workers had in mind is gone.
    pub fn starts_again(&mut self) {
        self.workers.clear();
        self.add_worker();
    }

    /// Another replica, or a service that was started again.
    pub fn add_worker(&mut self) {
        let config = self.config();
        let rules = duyet::service::rules(&config).expect("the rules");
        let time = self.time.clone();
        let clock = Arc::new(move || Instant::from_micros(time.load(Ordering::SeqCst)));
        let worker = Worker::new(
            self.store.clone(),
            Mailer::new(&config).expect("a folder"),
            Arc::new(LiveRules::new(rules)),
            config,
            Arc::new(Notify::new()),
        );
        self.workers.push(worker.by(clock));
    }

    pub fn config(&self) -> Config {
        Config {
            database: self.store.address().clone(),
            mail_dir: self.folder(),
            smtp: self.smtp.clone(),
            ..quiet_config()
        }
    }

    pub fn set(&self, text: &str) {
        let at: jiff::Timestamp = text.parse().expect("a moment");
        self.time.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// The clock moves, or jumps.
    pub fn moves(&self, seconds: i64) {
        self.time.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub fn now(&self) -> Instant {
        Instant::from_micros(self.time.load(Ordering::SeqCst))
    }

    /// Now, as the database writes it.
    pub fn moment(&self) -> String {
        match self.app.backend {
            Backend::Sqlite => self.now().as_micros().to_string(),
            Backend::Postgres => format!("timestamptz '{}'", self.now()),
        }
    }

    /// The notice of a comment comes, as its intake would have written it now.
    pub async fn comes(&self, number: usize) {
        let due = self.moment();
        let of = format!("select id from comments where body = '{}'", text_of(number));
        self.app
            .execute(&format!(
                "update outbox set state = 'ready', run_at = {due} where comment_id = ({of})"
            ))
            .await;
    }

    /// What comes of that comment is urgent.
    pub async fn is_urgent(&self, number: usize) {
        let of = format!("select id from comments where body = '{}'", text_of(number));
        self.app
            .execute(&format!(
                "update outbox set kind = 'alert' where comment_id = ({of})"
            ))
            .await;
    }

    /// A round of each worker, all at once.
    pub async fn look(&self) {
        let (_, stop) = watch::channel(false);
        let rounds = self.workers.iter().map(|worker| worker.round(&stop));
        for round in futures_util::future::join_all(rounds).await {
            round.expect("a round");
        }
    }

    /// Looks every minute for so many.
    pub async fn minutes(&self, count: i64) {
        for _ in 0..count {
            self.moves(MINUTE);
            self.look().await;
        }
    }

    /// Looks every five minutes for so long.
    pub async fn passes(&self, seconds: i64) {
        let mut left = seconds;
        while left > 0 {
            let step = left.min(5 * MINUTE);
            self.moves(step);
            self.look().await;
            left -= step;
        }
    }

    /// Subject and text of each mail to a member.
    pub fn mails(&self, name: &str) -> Vec<(String, String)> {
        let mut mails = Vec::new();
        for path in mail_files(&self.folder()) {
            let bytes = std::fs::read(path).expect("a mail");
            let mail = MessageParser::default().parse(&bytes).expect("a mail");
            let to = mail.to().and_then(|to| to.first()).expect("To");
            if to.address() == Some(&format!("{}@bao.example", name.to_lowercase())) {
                let subject = mail.subject().unwrap_or_default().to_owned();
                mails.push((subject, mail.body_text(0).unwrap_or_default().into_owned()));
            }
        }
        mails
    }

    /// How often each comment was told to a member.
    pub fn told(&self, name: &str) -> BTreeMap<usize, usize> {
        let mails = self.mails(name);
        let times = |number: &usize| {
            let line = format!("  > {}", text_of(*number));
            mails
                .iter()
                .filter(|(_, text)| text.lines().any(|is| is == line))
                .count()
        };
        let all = (0..40).map(|number| (number, times(&number)));
        all.filter(|(_, times)| *times > 0).collect()
    }

    #[track_caller]
    pub fn told_once(&self, name: &str, count: usize) {
        let expected: BTreeMap<usize, usize> = (0..count).map(|number| (number, 1)).collect();
        assert_eq!(self.told(name), expected, "to {name}");
    }

    pub async fn member(&self, name: &str) -> Moderator {
        let email = format!("{}@bao.example", name.to_lowercase());
        let all = self.store.moderators().await.expect("members");
        let found = all.into_iter().find(|member| member.email == email);
        found.expect("a member")
    }

    pub async fn wants(&self, name: &str, habits: MailHabits) {
        let member = self.member(name).await.id;
        let trace = Trace::of_operator(self.now());
        let set = self.store.set_mail_habits(member, habits, trace);
        set.await.expect("set");
    }

    pub async fn promise(&self, minutes: u16) {
        let app = &self.app;
        app.done(
            &["site", "set", "bao", &format!("promised_minutes={minutes}")],
            "",
        );
        let site = self.store.site("bao".to_owned()).await.expect("a site");
        let kept = site.expect("a site").settings.promised_minutes;
        assert_eq!(kept, minutes);
    }
}
