//! What a password must be. Long rather than odd: rules of what must be in it make it no harder to guess (NIST SP 800-63B-4,
//! 3.1.1.2), and one that everybody takes is guessed first.

use crate::intake::{FieldError, folded};

/// As few characters as a password may have.
pub const MIN_CHARS: usize = 10;
/// As many bytes: more would only be hashed.
pub const MAX_BYTES: usize = 512;

/// The commonest of ten characters and more, here and elsewhere, without marks and capitals. Shorter ones are refused anyway.
const COMMONEST: [&str; 64] = [
    "1234567890",
    "0123456789",
    "1234567891",
    "12345678910",
    "123456789a",
    "a123456789",
    "0987654321",
    "9876543210",
    "1234512345",
    "1231231231",
    "1111111111",
    "0000000000",
    "9999999999",
    "8888888888",
    "1122334455",
    "1020304050",
    "123456789123",
    "123123123123",
    "1234567899",
    "q123456789",
    "qwertyuiop",
    "qwerty12345",
    "qwerty123456",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "q1w2e3r4t5",
    "asdfghjkl;",
    "asdfghjkl1",
    "zxcvbnm123",
    "abcdefghij",
    "abcdef12345",
    "abc1234567",
    "abcd123456",
    "abc123456789",
    "aa123456789",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "p@ssw0rd123",
    "p@ssword123",
    "administrator",
    "adminadmin",
    "admin12345",
    "admin123456",
    "admin@1234",
    "welcome123",
    "letmein123",
    "iloveyou123",
    "matkhau123",
    "matkhau1234",
    "matkhau12345",
    "matkhaumoi",
    "matkhau123456",
    "anhyeuem123",
    "emyeuanh123",
    "anhyeuem12",
    "yeuemnhieu",
    "vietnam123",
    "vietnam1234",
    "hanoi12345",
    "saigon1234",
    "toasoan123",
    "baodientu1",
];

/// Letters alone, so that `lan@bao.vn` is found in `Lan@Bao.VN`.
fn plain(text: &str) -> String {
    folded(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Refuses a password that is too short, too long, among the commonest, or what anybody would try first: their own name or
/// email, or ours.
pub fn check_password(
    field: &str,
    password: &str,
    email: &str,
    name: &str,
) -> Result<(), FieldError> {
    let wrong = |code| Err(FieldError::new(field, code));
    let length = password.chars().count();
    if length < MIN_CHARS {
        return Err(FieldError::new(field, "password-short")
            .with("min", MIN_CHARS)
            .with("length", length));
    }
    if password.len() > MAX_BYTES {
        return Err(FieldError::new(field, "password-long").with("max", MAX_BYTES));
    }
    let (given, typed) = (plain(password), password.to_lowercase());
    let local = email.split('@').next().unwrap_or_default();
    // `duyet` itself is short of ten; what is made of it by repetition or digits is not.
    let obvious = [email, name, local, "duyet", "duyệt bình luận"];
    let bare = given.trim_end_matches(|c: char| c.is_ascii_digit());
    if obvious
        .iter()
        .map(|text| plain(text))
        .any(|own| !own.is_empty() && (given == own || bare == own))
    {
        return wrong("password-own");
    }
    let mut letters = password.chars();
    let first = letters.next();
    let is_common = COMMONEST
        .iter()
        .any(|common| *common == typed || *common == given);
    if is_common || letters.all(|c| Some(c) == first) {
        return wrong("password-common");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(password: &str) -> Option<&'static str> {
        let wrong = check_password(
            "password",
            password,
            "lan.nguyen@bao.example",
            "Nguyễn Thị Lan",
        );
        wrong.err().map(|error| error.code)
    }

    #[test]
    fn only_length_and_being_known_count() {
        for good in [
            "con cò bay lả",
            "aaaaaaaaab",
            "          x",
            "cầu mới qua sông",
            "0912345678x",
        ] {
            assert_eq!(told(good), None, "{good}");
        }
        for (bad, code) in [
            ("", "password-short"),
            ("123456789", "password-short"),
            ("ắắắắắắắắắ", "password-short"),
            ("1234567890", "password-common"),
            ("MatKhau123", "password-common"),
            ("Mật khẩu mới", "password-common"),
            ("matkhaumoi", "password-common"),
            ("zzzzzzzzzzzzzz", "password-common"),
            ("lan.nguyen@bao.example", "password-own"),
            ("LAN.NGUYEN", "password-own"),
            ("lan.nguyen2026", "password-own"),
            ("Nguyễn Thị Lan", "password-own"),
            ("nguyenthilan1990", "password-own"),
            ("duyet123456", "password-own"),
        ] {
            assert_eq!(told(bad), Some(code), "{bad}");
        }
        assert_eq!(told(&"ắ".repeat(171)), Some("password-long"));
        assert_eq!(told(&"ắo".repeat(128)), None);
    }

    #[test]
    fn the_commonest_are_refused_however_they_are_typed() {
        for common in COMMONEST {
            assert_eq!(common.to_lowercase(), common);
            assert_eq!(told(common), Some("password-common"), "{common}");
            assert_eq!(told(&common.to_uppercase()), Some("password-common"));
        }
    }
}
