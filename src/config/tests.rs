//! What of an environment and a file is taken, and what each wrong setting says.

use super::*;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn read(environment: &[(&str, &str)]) -> anyhow::Result<Config> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let environment: Vec<_> = environment.iter().map(own).collect();
    Config::read(&File::default(), &environment, &[("DUYET_SECRET", SECRET)])
}

fn error(environment: &[(&str, &str)]) -> String {
    read(environment)
        .err()
        .map(|error| format!("{error:#}"))
        .unwrap_or_default()
}

#[test]
fn nothing_needs_to_be_set_with_sqlite() {
    let config = read(&[]).expect("defaults");
    assert_eq!(config.database, Address::Sqlite("duyet.db".to_owned()));
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.dashboard_url, config.public_url);
    assert_eq!(config.smtp, None);
}

#[test]
fn each_wrong_setting_is_named() {
    for (name, value) in [
        ("DATABASE_URL", "mysql://x"),
        ("DUYET_LISTEN", "8080"),
        ("DUYET_PUBLIC_URL", "bao.vn"),
        ("DUYET_SMTP_URL", "mail.bao.vn"),
        ("DUYET_SMTP_URL", "smtp://mail.bao.vn?tls=none"),
        ("DUYET_MAIL_FROM", "Báo"),
        ("DUYET_MAIL_REPLY_TO", "Báo"),
        ("DUYET_DKIM_KEY", "key.pem"),
        ("DUYET_DKIM_SELECTOR", "duyet"),
        ("DUYET_SECRET", "short"),
        ("DUYET_TRUSTED_PROXIES", "10.0.0.0/40"),
        ("DUYET_LOG_FORMAT", "xml"),
        ("DUYET_UNICODE_EMAIL", "maybe"),
        ("DUYET_WORKERS", "many"),
        ("DUYET_MAIL_PAUSE", "-1"),
        ("DUYET_ADDRESS_CEILING", "lots"),
        ("DUYET_CONNECTIONS", "1.5"),
    ] {
        let message = error(&[(name, value)]);
        assert!(
            message.starts_with(name) && !message.contains('\n'),
            "{name}={value}: {message}"
        );
    }
}

#[test]
fn a_ceiling_that_was_set_holds_for_this_machine_too() {
    let ceiling = |environment: &[_]| read(environment).expect("well").address_ceiling;
    let default = ceiling(&[]);
    assert_eq!(
        (default.comments, default.on_this_machine),
        (Some(1_000), false)
    );
    let set = ceiling(&[("DUYET_ADDRESS_CEILING", "1000")]);
    assert_eq!((set.comments, set.on_this_machine), (Some(1_000), true));
    assert_eq!(ceiling(&[("DUYET_ADDRESS_CEILING", "0")]).comments, None);
}

#[test]
fn a_file_of_settings_knows_its_names() {
    assert!(toml::from_str::<File>("listen = \"0.0.0.0:80\"\nworkers = 4").is_ok());
    let error = toml::from_str::<File>("lisen = \"0.0.0.0:80\"")
        .unwrap_err()
        .to_string();
    assert!(error.contains("lisen"), "{error}");
}

#[test]
fn mails_are_signed_for_who_they_are_from() {
    let signed = |domain: &str| {
        let set = [
            ("DUYET_MAIL_FROM", "Báo <duyet@tin.bao.example>"),
            ("DUYET_DKIM_KEY", "key.pem"),
            ("DUYET_DKIM_SELECTOR", "duyet"),
            ("DUYET_DKIM_DOMAIN", domain),
        ];
        read(&set).map(|config| config.dkim.expect("set").domain)
    };
    assert_eq!(signed("").expect("well"), "tin.bao.example");
    assert_eq!(signed("bao.example").expect("well"), "bao.example");
    for other in ["o.example", "in.bao.example"] {
        let error = signed(other).expect_err("another's").to_string();
        assert!(error.starts_with("DUYET_DKIM_DOMAIN: "), "{error}");
    }
}
