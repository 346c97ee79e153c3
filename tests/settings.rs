//! The settings: read from a file and the environment, and refused where they are wrong.

use std::path::PathBuf;

use crate::support::{App, Backend, Keys, Setup, refusal, run};

#[tokio::test]
async fn each_wrong_setting_stops_the_start_with_one_line() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    for (name, value) in [
        ("DATABASE_URL", "mysql://root@localhost/duyet"),
        ("DATABASE_URL", "duyet.db"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_URL", "sqlite:no/such/folder/duyet.db"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere"),
        ("DUYET_LISTEN", "8080"),
        ("DUYET_LISTEN", "203.0.113.1:1"),
        ("DUYET_PUBLIC_URL", "bao.example"),
        ("DUYET_PUBLIC_URL", "ftp://bao.example"),
        ("DUYET_DASHBOARD_URL", "//bao.example"),
        ("DUYET_SMTP_URL", "mail.bao.example"),
        ("DUYET_SMTP_URL", "smtp://mail.bao.example?tls=none"),
        ("DUYET_SMTP_URL", "smtp://mail.bao.example?tls=maybe"),
        ("DUYET_SMTP_URL", "smtp://lan@mail.bao.example"),
        ("DUYET_SMTP_URL", "smtp://lan:mat#khau@mail.bao.example"),
        ("DUYET_MAIL_FROM", "Báo"),
        ("DUYET_MAIL_PAUSE", "soon"),
        ("DUYET_MAIL_DIGEST", "-1"),
        ("DUYET_MAIL_CEILING", "none"),
        ("DUYET_SECRET", "short"),
        ("DUYET_RULES", "no-such-folder"),
        ("DUYET_TRUSTED_PROXIES", "10.0.0.0/40"),
        ("DUYET_UNICODE_EMAIL", "maybe"),
        ("DUYET_WORKERS", "many"),
        ("DUYET_LOG", "duyet=loud"),
        ("DUYET_LOG_FORMAT", "xml"),
    ] {
        let mut settings = app.settings().clone();
        settings.insert("DUYET_LOG".to_owned(), "error".to_owned());
        settings.insert(name.to_owned(), value.to_owned());
        let told = refusal(&run(app.folder(), &settings, &["serve"], ""));
        assert!(told.contains(name), "{name}={value}: {told}");
    }
    let mut settings = app.settings().clone();
    settings.insert(
        "DATABASE_URL".to_owned(),
        "postgres://u:mat-khau@127.0.0.1:1/x".to_owned(),
    );
    settings.remove("DUYET_SECRET");
    let told = refusal(&run(app.folder(), &settings, &["serve"], ""));
    assert!(
        told.contains("DUYET_SECRET") && !told.contains("mat-khau"),
        "{told}"
    );
}

/// Whoever starts a second one by accident must find the database as it was.
#[tokio::test]
async fn an_address_that_is_taken_stops_the_start_before_anything_is_migrated() {
    let app = App::start(Backend::Sqlite).await;
    let mut settings = app.settings().clone();
    let taken = app.base().trim_start_matches("http://").to_owned();
    settings.insert("DUYET_LISTEN".to_owned(), taken);
    settings.insert("DUYET_LOG".to_owned(), "info".to_owned());
    settings.insert("DATABASE_URL".to_owned(), "sqlite:other.db".to_owned());
    let told = refusal(&run(app.folder(), &settings, &["serve"], ""));
    assert!(told.contains("DUYET_LISTEN"), "{told}");
    assert!(!app.folder().join("other.db").exists());
}

/// It would have us believe no mail server at all.
#[tokio::test]
async fn a_file_of_authorities_without_any_stops_the_start() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    let keys = Keys::of_a_signer("ed25519");
    for url in ["smtps://mail.bao.example", "smtp://127.0.0.1"] {
        let mut settings = app.settings().clone();
        settings.insert("DUYET_LOG".to_owned(), "error".to_owned());
        settings.insert("DUYET_SMTP_URL".to_owned(), url.to_owned());
        settings.insert("DUYET_SMTP_CA".to_owned(), keys.setting("key.pem"));
        let told = refusal(&run(app.folder(), &settings, &["serve"], ""));
        assert!(
            told.contains("DUYET_SMTP_CA") && told.contains("holds no certificate"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn the_file_of_settings_counts_and_the_environment_stands_over_it() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    let mut settings = app.settings().clone();
    settings.remove("DATABASE_URL");
    let file = |text: &str| std::fs::write(app.folder().join("duyet.toml"), text).expect("a file");
    file("database_url = \"sqlite:from-file.db\"\n");
    assert!(
        run(app.folder(), &settings, &["migrate"], "")
            .status
            .success()
    );
    assert!(app.folder().join("from-file.db").exists());
    settings.insert(
        "DATABASE_URL".to_owned(),
        "sqlite:from-environment.db".to_owned(),
    );
    assert!(
        run(app.folder(), &settings, &["migrate"], "")
            .status
            .success()
    );
    assert!(app.folder().join("from-environment.db").exists());
    for wrong in ["databse_url = \"x\"\n", "listen = 8080\n", "listen = \"\n"] {
        file(wrong);
        let told = refusal(&run(app.folder(), &settings, &["migrate"], ""));
        assert!(told.contains("duyet.toml"), "{told}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_secret_is_made_once_and_kept_from_others() {
    use std::os::unix::fs::PermissionsExt;
    let app = Setup::new(Backend::Sqlite)
        .unset("DUYET_SECRET")
        .start()
        .await;
    let before = secrets_in(&app);
    let [(path, secret)] = &before[..] else {
        panic!("not one secret: {before:?}")
    };
    let mode = std::fs::metadata(path)
        .expect("the secret's file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(secret.trim().len() >= 32);
    app.done(&["site", "list"], "");
    assert_eq!(secrets_in(&app), before);
}

/// Files beside the database that are neither it nor its log.
fn secrets_in(app: &App) -> Vec<(PathBuf, String)> {
    let files = std::fs::read_dir(app.folder())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.path());
    let others = files.filter(|path| path.is_file() && path.to_string_lossy().contains("secret"));
    others
        .map(|path| (path.clone(), std::fs::read_to_string(path).expect("text")))
        .collect()
}
