//! The service under test: its settings, its process, its database.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use super::{Backend, Browser, Database, Moderator, Reader, Server, Wire, eventually, process};

/// Signs the receipts of every test.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Every member's who has one.
pub const PASSWORD: &str = "con-cò-bay-lả-bay-la";

/// A service that is about to be started.
pub struct Setup {
    backend: Backend,
    settings: BTreeMap<String, String>,
    rules: Option<String>,
    command: &'static str,
    bare: bool,
}

impl Setup {
    /// With the settings that fit most tests.
    pub fn new(backend: Backend) -> Self {
        let settings = [
            ("DUYET_LISTEN", "127.0.0.1:0"),
            ("DUYET_PUBLIC_URL", "http://binh-luan.bao.example"),
            ("DUYET_SECRET", SECRET),
            ("DUYET_MAIL_DIR", "mail"),
            ("DUYET_MAIL_PAUSE", "0"),
            ("DUYET_MAIL_DIGEST", "0"),
            ("DUYET_MAIL_CEILING", "0"),
            ("DUYET_LOG_FORMAT", "json"),
            ("DUYET_WORKERS", "2"),
        ];
        let settings = settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        Self {
            backend,
            settings,
            rules: None,
            command: "serve",
            bare: false,
        }
    }

    /// Another setting, or another value.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.insert(name.to_owned(), value.to_owned());
        self
    }

    /// One setting less.
    pub fn unset(mut self, name: &str) -> Self {
        self.settings.remove(name);
        self
    }

    /// Rules of its own instead of those that are shipped: one pack.
    pub fn rules(mut self, pack: &str) -> Self {
        self.rules = Some(pack.to_owned());
        self.set("DUYET_RULES", "rules")
    }

    /// `duyet demo` instead of `duyet serve`.
    pub fn demo(mut self) -> Self {
        self.command = "demo";
        self.bare().set("DUYET_LOG", "info")
    }

    /// Without the site `bao`.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Makes the database and the site, but starts no server.
    pub async fn prepare(self) -> App {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::create(self.backend, folder.path()).await;
        let mut settings = self.settings;
        settings.insert("DATABASE_URL".to_owned(), database.url.clone());
        if let Some(pack) = self.rules {
            std::fs::create_dir(folder.path().join("rules")).expect("a folder");
            std::fs::write(folder.path().join("rules/house.toml"), pack).expect("a pack");
        }
        let app = App {
            server: None,
            backend: self.backend,
            settings,
            command: self.command,
            database,
            folder,
        };
        if !self.bare {
            app.add_site("bao", "https://bao.example");
        }
        app
    }

    /// Makes all of it and starts the server.
    pub async fn start(self) -> App {
        let mut app = self.prepare().await;
        app.serve();
        app
    }
}

/// A service with its database. The process ends and the database goes when it is dropped.
pub struct App {
    server: Option<Server>,
    /// On which database it runs.
    pub backend: Backend,
    settings: BTreeMap<String, String>,
    command: &'static str,
    database: Database,
    folder: TempDir,
}

impl App {
    /// The usual service: site `bao` of <https://bao.example>, the rules that are shipped.
    pub async fn start(backend: Backend) -> Self {
        Setup::new(backend).start().await
    }

    /// Starts the server; after the first time at the same address, so that everybody finds it again.
    pub fn serve(&mut self) {
        let server = Server::start(self.folder.path(), &self.settings, self.command);
        let address = server.base.trim_start_matches("http://").to_owned();
        self.settings.insert("DUYET_LISTEN".to_owned(), address);
        self.server = Some(server);
    }

    /// The running server.
    pub fn server(&mut self) -> &mut Server {
        self.server.as_mut().expect("the server was started")
    }

    /// Kills the server without warning and starts it again.
    pub fn restart(&mut self) {
        self.server().kill();
        self.serve();
    }

    fn running(&self) -> &Server {
        self.server.as_ref().expect("the server was started")
    }

    /// What the server has logged, a JSON object a line.
    pub fn log(&self) -> String {
        self.running().log()
    }

    /// The log once that stands in it: lines are written behind the answers.
    pub async fn logged(&self, what: &str) -> String {
        eventually("a line of the log", async || {
            let log = self.log();
            log.contains(what).then_some(log)
        })
        .await
    }

    /// What the server has printed.
    pub fn printed(&self) -> String {
        self.running().printed()
    }

    /// `http://ADDRESS`.
    pub fn base(&self) -> &str {
        &self.running().base
    }

    /// Where the service runs: its mail lies here in `mail/`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the service is told by its environment.
    pub fn settings(&self) -> &BTreeMap<String, String> {
        &self.settings
    }

    /// Runs `duyet ARGUMENTS` with the same settings.
    pub fn command(&self, arguments: &[&str], input: &str) -> Output {
        process::run(self.folder.path(), &self.settings, arguments, input)
    }

    /// The same, where nobody reads what it prints.
    pub fn unread(&self, arguments: &[&str], input: &str) -> Output {
        process::run_unread(self.folder.path(), &self.settings, arguments, input)
    }

    /// The same, ended once that is among what it has printed; all of that.
    pub fn prints(&self, arguments: &[&str], awaited: &str) -> String {
        process::printed_at_once(self.folder.path(), &self.settings, arguments, awaited)
    }

    /// The same, where it must succeed: what it prints.
    pub fn done(&self, arguments: &[&str], input: &str) -> String {
        let output = self.command(arguments, input);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("it prints UTF-8")
    }

    /// Adds a site.
    pub fn add_site(&self, key: &str, origin: &str) -> String {
        self.done(
            &[
                "site",
                "add",
                key,
                "--name",
                "Báo Ví Dụ",
                "--origin",
                origin,
            ],
            "",
        )
    }

    /// Adds a member, `lan@bao.example` for `Lan`, with further arguments of `moderator add`.
    pub fn add_member(&self, name: &str, more: &[&str]) -> String {
        let email = format!("{}@bao.example", name.to_lowercase());
        let mut arguments = vec!["moderator", "add", &email, "--name", name];
        arguments.extend(more);
        self.done(&arguments, PASSWORD);
        email
    }

    /// A new member with a token, for all sites.
    pub fn moderator(&self, name: &str) -> Moderator {
        self.member(name, &[])
    }

    /// A new member with a token, and further arguments of `moderator add`.
    pub fn member(&self, name: &str, more: &[&str]) -> Moderator {
        let email = self.add_member(name, more);
        let printed = self.done(&["token", "add", &email], "");
        let token = printed
            .split_whitespace()
            .max_by_key(|word| word.len())
            .expect("a token");
        Moderator::new(self.wire(), token)
    }

    /// A new member with a password, at the dashboard and not signed in.
    pub fn visitor(&self, name: &str) -> Browser {
        self.add_member(name, &["--password-stdin"]);
        self.browser()
    }

    /// Somebody with a browser.
    pub fn browser(&self) -> Browser {
        Browser::new(self.base())
    }

    /// A reader of `bao`.
    pub fn reader(&self) -> Reader {
        Reader::new(self.wire(), "bao")
    }

    /// A reader of another site.
    pub fn reader_of(&self, site: &str) -> Reader {
        Reader::new(self.wire(), site)
    }

    /// Anybody.
    pub fn wire(&self) -> Wire {
        Wire::new(self.base())
    }

    /// How many rows the query counts.
    pub async fn count(&self, query: &str) -> i64 {
        self.database.number(query).await
    }

    /// The texts of the column `text`.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        self.database.texts(query).await
    }

    /// Changes what no call changes.
    pub async fn execute(&self, statement: &str) {
        self.database.execute(statement).await;
    }
}
