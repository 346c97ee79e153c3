//! Settings for parts of the service that a test runs in its own process.

use std::time::Duration;

use duyet::config::{AddressCeiling, Config};

use super::SECRET;

/// Settings that open no port, send no mail and log nothing.
pub fn quiet_config() -> Config {
    Config {
        database: "sqlite:none.db".parse().expect("an address"),
        listen: "127.0.0.1:0".parse().expect("an address"),
        public_url: "http://binh-luan.bao.example".to_owned(),
        dashboard_url: "http://binh-luan.bao.example".to_owned(),
        smtp: None,
        mail_dir: "none".into(),
        mail_from: "Duyệt <duyet@bao.example>".to_owned(),
        reply_to: None,
        dkim: None,
        mail_pause: Duration::ZERO,
        mail_digest: Duration::from_secs(600),
        mail_ceiling: Some(6),
        secret: SECRET.as_bytes().to_vec(),
        rules: None,
        trusted_proxies: Vec::new(),
        outward_allow: Vec::new(),
        outward_ca: None,
        unicode_email: false,
        address_ceiling: AddressCeiling {
            comments: None,
            on_this_machine: false,
        },
        connections: None,
        workers: 1,
        log: String::new(),
        log_json: true,
        unknown: Vec::new(),
    }
}
