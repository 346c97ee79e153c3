mod table;

use proptest::prelude::*;

use super::*;

const UNICODE: EmailPolicy = EmailPolicy {
    unicode_local_part: true,
};

#[test]
fn all_spellings_of_a_mailbox_have_one_key_and_are_kept_as_typed() {
    for (typed, key, for_mail) in [
        ("lan@bao.vn", "lan@bao.vn", "lan@bao.vn"),
        (
            " Lan.Nguyen+bao@Gmail.com ",
            "lannguyen@gmail.com",
            "Lan.Nguyen+bao@gmail.com",
        ),
        (
            "o'neil@example.co.uk",
            "o'neil@example.co.uk",
            "o'neil@example.co.uk",
        ),
        ("Lan+x@BAO.vn", "lan+x@bao.vn", "Lan+x@bao.vn"),
        (
            "a@việtnam.vn",
            "a@xn--vitnam-jk8b.vn",
            "a@xn--vitnam-jk8b.vn",
        ),
        (
            "a@VIỆTNAM.vn",
            "a@xn--vitnam-jk8b.vn",
            "a@xn--vitnam-jk8b.vn",
        ),
        (
            "a@vie\u{323}\u{302}tnam.vn",
            "a@xn--vitnam-jk8b.vn",
            "a@xn--vitnam-jk8b.vn",
        ),
        (
            "a@xn--vitnam-jk8b.vn",
            "a@xn--vitnam-jk8b.vn",
            "a@xn--vitnam-jk8b.vn",
        ),
    ] {
        let email = Email::parse(typed).expect(typed);
        assert_eq!(email.as_str(), typed.trim());
        assert_eq!(
            (email.key(), email.for_mail().as_str()),
            (key, for_mail),
            "{typed}"
        );
    }
}

#[test]
fn members_are_told_apart_by_what_they_typed() {
    let identity = |typed| Email::parse(typed).expect("an address").identity();
    assert_eq!(identity("Lan.A+1@Gmail.com"), "lan.a+1@gmail.com");
    assert_ne!(identity("lan.a@gmail.com"), identity("lana@gmail.com"));
}

#[test]
fn letters_of_all_scripts_wait_for_a_setting() {
    for (typed, key) in [
        ("hoà@bao.vn", "hoà@bao.vn"),
        ("Ho\u{300}a@bao.vn", "hòa@bao.vn"),
        ("用户@example.com", "用户@example.com"),
        ("उपयोगकर्ता@example.com", "उपयोगकर्ता@example.com"),
    ] {
        let refused = Email::parse(typed).expect_err(typed);
        assert_eq!(refused.code, "email-unicode", "{typed}");
        let email = Email::parse_with(typed, UNICODE).expect(typed);
        assert_eq!((email.as_str(), email.key()), (typed, key));
    }
    for typed in [
        "\u{202e}a@bao.vn",
        "a\u{200b}b@bao.vn",
        "a\u{a0}b@bao.vn",
        "a\u{3164}@bao.vn",
        "\u{301}a@bao.vn",
        "a.\u{301}b@bao.vn",
        "😀@bao.vn",
        "a“b@bao.vn",
        &format!("{}@bao.vn", "ộ".repeat(22)),
    ] {
        assert!(Email::parse_with(typed, UNICODE).is_err(), "{typed:?}");
    }
}

#[test]
fn what_is_refused_comes_with_what_may_have_been_meant() {
    let refused = |typed: &str| {
        let error = Email::parse(typed).expect_err(typed);
        (error.code, error.suggestion)
    };
    let meant = |code, address: &str| (code, Some(address.to_owned()));
    assert_eq!(
        refused("lan@gmail.con"),
        meant("email-domain", "lan@gmail.com")
    );
    assert_eq!(
        refused("lan@yahoo.com.vm"),
        meant("email-domain", "lan@yahoo.com.vn")
    );
    assert_eq!(refused("lan@gmail"), meant("email-domain", "lan@gmail.com"));
    assert_eq!(
        refused("lan@gmail,com"),
        meant("email-domain", "lan@gmail.com")
    );
    assert_eq!(
        refused("lan.gmail.com"),
        meant("email-invalid", "lan@gmail.com")
    );
    assert_eq!(
        refused("hoà@gmail.com"),
        meant("email-unicode", "hoa@gmail.com")
    );
    assert_eq!(
        refused("Lan @gmail.com"),
        meant("email-invalid", "Lan@gmail.com")
    );
    assert_eq!(refused("lan"), ("email-invalid", None));
}

#[test]
fn what_may_be_a_slip_is_taken_and_asked_about() {
    let asked = |typed| Email::parse(typed).expect("an address").suggestion();
    assert_eq!(asked("Lan.1@gmial.com").as_deref(), Some("Lan.1@gmail.com"));
    assert_eq!(
        asked("lan@vietel.com.vn").as_deref(),
        Some("lan@viettel.com.vn")
    );
    assert_eq!(asked("lan@gmail.com"), None);
    assert_eq!(asked("lan@bao.vn"), None);
    // No such ending today, and nobody's that we know: the root zone grows.
    assert_eq!(asked("lan@toasoan.con"), None);
}

/// Text that looks like an address often enough to pass.
fn addresslike() -> impl Strategy<Value = String> {
    let local = "[a-zA-Z0-9._+'độ\u{301}\u{202e}\u{200d} \"\r\n<>-]{0,24}";
    let domain = "[a-zA-Z0-9.độ\u{ad}\u{3002}\\[\\]:-]{0,24}";
    prop_oneof![
        any::<String>(),
        (local, domain, "(\\.[a-z]{2,5})?").prop_map(|(l, d, t)| format!("{l}@{d}{t}")),
    ]
}

proptest! {
    #[test]
    fn what_passes_is_one_line_of_what_it_may_have(typed in addresslike(), unicode_local_part: bool) {
        let policy = EmailPolicy { unicode_local_part };
        match Email::parse_with(&typed, policy) {
            Ok(email) => {
                let shown = email.as_str();
                prop_assert!(!shown.chars().any(|c| c.is_control() || c.is_whitespace() || "<>\"(),:;[]\\".contains(c)));
                prop_assert!(!shown.chars().any(crate::text::is_invisible));
                prop_assert!(shown.len() <= MAX_BYTES && email.for_mail().len() <= MAX_BYTES);
                prop_assert!(email.domain().is_ascii() && email.domain().contains('.'));
                prop_assert_eq!(Email::parse_with(shown, policy), Ok(email.clone()));
                prop_assert_eq!(typed.trim_matches(' '), shown);
            }
            Err(error) => if let Some(meant) = error.suggestion {
                prop_assert!(Email::parse_with(&meant, policy).is_ok());
            }
        }
    }

    #[test]
    fn a_key_is_an_address_with_itself_as_key(local in "[a-zA-Z0-9._+'-]{1,20}", domain in "([a-zA-Z0-9.-]{1,20}\\.[a-z]{2,5}|gmail\\.com|yahoo\\.com|pm\\.me)") {
        if let Ok(email) = Email::parse(&format!("{local}@{domain}")) {
            // A key need not be an address: a mailbox called `.` is none. It is a mailbox's one name all the same.
            if let Ok(key) = Email::parse(email.key()) {
                prop_assert_eq!(key.key(), email.key());
            }
            let mailed = Email::parse(&email.for_mail());
            prop_assert_eq!(mailed.as_ref().map(Email::key), Ok(email.key()));
        }
    }
}
