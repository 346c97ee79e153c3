//! A fresh database for each test, on either kind, and direct looks into it for what HTTP does not show.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use tokio_postgres::NoTls;
use uuid::Uuid;

use super::process;

/// Which kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database of one test; gone when dropped.
pub struct Database {
    /// What the service is told as `DATABASE_URL`.
    pub url: String,
    backend: Backend,
    name: String,
}

impl Database {
    /// A new one with no rows, as `duyet migrate` leaves it. The file of SQLite lies in `folder`.
    pub async fn create(backend: Backend, folder: &Path) -> Self {
        match backend {
            Backend::Sqlite => {
                let file = folder.join("duyet.db");
                std::fs::copy(migrated_file(), &file).expect("a copy");
                let name = file.display().to_string();
                Self {
                    url: format!("sqlite:{name}"),
                    backend,
                    name,
                }
            }
            Backend::Postgres => {
                let name = format!("duyet_{}", Uuid::now_v7().simple());
                let mut url =
                    url::Url::parse(cluster()).expect("DUYET_TEST_POSTGRES is an address");
                let template = migrated_template().await;
                admin(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                url.set_path(&name);
                Self {
                    url: url.into(),
                    backend,
                    name,
                }
            }
        }
    }

    /// A number: `select count(*) from …`.
    pub async fn number(&self, query: &str) -> i64 {
        let query = format!("SELECT ({query}) AS number");
        match self.backend {
            Backend::Sqlite => {
                let row: Number = sql_query(query)
                    .get_result(&mut self.sqlite())
                    .expect("a query that is right");
                row.number
            }
            Backend::Postgres => self.rows(&query).await[0].get(0),
        }
    }

    /// The texts of a query's one column, which must be called `text`.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        match self.backend {
            Backend::Sqlite => {
                let rows: Vec<Line> = sql_query(query)
                    .load(&mut self.sqlite())
                    .expect("a query that is right");
                rows.into_iter().map(|row| row.text).collect()
            }
            Backend::Postgres => self
                .rows(query)
                .await
                .iter()
                .map(|row| row.get("text"))
                .collect(),
        }
    }

    /// Changes what no call of the service changes.
    pub async fn execute(&self, statement: &str) {
        match self.backend {
            Backend::Sqlite => self
                .sqlite()
                .batch_execute(statement)
                .expect("a statement that is right"),
            Backend::Postgres => execute(&self.url, statement).await,
        }
    }

    fn sqlite(&self) -> SqliteConnection {
        let mut connection = SqliteConnection::establish(&self.name).expect("the file is there");
        connection
            .batch_execute("PRAGMA busy_timeout = 10000")
            .expect("a setting");
        connection
    }

    async fn rows(&self, query: &str) -> Vec<tokio_postgres::Row> {
        connect(&self.url)
            .await
            .query(query, &[])
            .await
            .expect("a query that is right")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.backend == Backend::Postgres {
            let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            // A thread, because the runtime of the test cannot be waited for from within itself.
            let dropped = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                runtime.expect("a runtime").block_on(admin(&statement));
            });
            let _ = dropped.join();
        }
    }
}

/// The file that new ones are copies of: forty migrations cost more than most tests. Made by the first test that needs it.
fn migrated_file() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{}.db", template_name()));
    if !file.exists() {
        // Several tests may be the first. Each makes its own, and the last to finish gives the name.
        let own = tempfile::tempdir_in(folder).expect("a folder");
        migrate(own.path(), "sqlite:duyet.db");
        std::fs::rename(own.path().join("duyet.db"), &file).expect("a new name");
    }
    file
}

/// The database that new ones are copies of, likewise.
async fn migrated_template() -> String {
    let name = template_name();
    let admin = connect(cluster()).await;
    let is_there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if admin.query(&is_there, &[]).await.expect("rows").is_empty() {
        // The lock is given back with the connection.
        let lock = "SELECT pg_advisory_lock(hashtext('duyet_template'))";
        admin.execute(lock, &[]).await.expect("the lock");
        if admin.query(&is_there, &[]).await.expect("rows").is_empty() {
            let making = format!("{name}_making");
            let statements = [
                format!("DROP DATABASE IF EXISTS {making}"),
                format!("CREATE DATABASE {making}"),
            ];
            for statement in statements {
                admin.batch_execute(&statement).await.expect("a statement");
            }
            let mut url = url::Url::parse(cluster()).expect("an address");
            url.set_path(&making);
            let folder = tempfile::tempdir().expect("a folder");
            migrate(folder.path(), url.as_str());
            let rename = format!("ALTER DATABASE {making} RENAME TO {name}");
            admin.batch_execute(&rename).await.expect("a new name");
        }
    }
    name
}

/// A name that changes with each build of the service, so that a template is never older than its migrations.
fn template_name() -> String {
    let binary = std::fs::metadata(env!("CARGO_BIN_EXE_duyet")).expect("the binary");
    let built = binary.modified().expect("its time");
    let built = built.duration_since(std::time::UNIX_EPOCH);
    format!("duyet_{:x}", built.expect("not before 1970").as_nanos())
}

fn migrate(folder: &Path, url: &str) {
    let settings = [("DATABASE_URL".to_owned(), url.to_owned())].into();
    let output = process::run(folder, &settings, &["migrate"], "");
    assert!(output.status.success(), "duyet migrate: {output:?}");
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

async fn admin(statement: &str) {
    execute(cluster(), statement).await;
}

async fn execute(url: &str, statement: &str) {
    connect(url)
        .await
        .batch_execute(statement)
        .await
        .expect("a statement that is right");
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .expect("PostgreSQL answers");
    tokio::spawn(connection);
    client
}

/// The address of a PostgreSQL that may be used: the one that `scripts/with-postgres` has named, or one that the same
/// script starts now and removes as soon as this process is gone, however it went.
fn cluster() -> &'static str {
    static CLUSTER: OnceLock<String> = OnceLock::new();
    CLUSTER.get_or_init(|| std::env::var("DUYET_TEST_POSTGRES").unwrap_or_else(|_| start_cluster()))
}

fn start_cluster() -> String {
    const UNTIL_WE_ARE_GONE: &str = "echo \"$DUYET_TEST_POSTGRES\"; exec >&-; while kill -0 \"$1\" 2>/dev/null; do sleep 0.2; done";
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-postgres");
    let mut started = Command::new(script)
        .args([
            "sh",
            "-c",
            UNTIL_WE_ARE_GONE,
            "sh",
            &std::process::id().to_string(),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("scripts/with-postgres runs");
    let mut url = String::new();
    let printed = started.stdout.take().expect("its output");
    BufReader::new(printed)
        .read_line(&mut url)
        .expect("its first line");
    assert!(
        url.starts_with("postgres"),
        "scripts/with-postgres has started no server"
    );
    // It ends after us, so nobody needs to know how.
    std::thread::spawn(move || started.wait());
    url.trim().to_owned()
}
