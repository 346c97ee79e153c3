use core::net::{Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::*;
use crate::domain::{Ban, BanId, Instant, SiteId};
use crate::intake::folded;

fn ban(kind: BanKind, typed: &str) -> Ban {
    let target = BanTarget::read(kind, typed).expect("a ban");
    Ban {
        id: BanId(Uuid::nil()),
        site: SiteId(Uuid::nil()),
        kind,
        pattern: target.pattern,
        key: target.key,
        reason: "quảng cáo".to_owned(),
        expires_at: None,
        created_by: "Lan".to_owned(),
        created_at: Instant::from_micros(0),
        lifted_by: None,
        lifted_at: None,
    }
}

const NOBODY: Author<'static> = Author {
    name: "",
    name_key: "",
    email: "",
    email_key: "",
    address: None,
};

fn holds(bans: &Bans, author: &Author<'_>) -> bool {
    !bans.holding(author, Instant::from_micros(1)).is_empty()
}

fn holds_name(typed: &str, name: &str) -> bool {
    let bans = Bans::new([&ban(BanKind::Name, typed)]);
    let name_key = &folded(name);
    holds(&bans, &Author { name_key, ..NOBODY })
}

fn refused(kind: BanKind, typed: &str) -> &'static str {
    BanTarget::read(kind, typed).expect_err(typed).code
}

#[test]
fn an_email_is_banned_in_all_its_spellings() {
    let bans = Bans::new([&ban(BanKind::Email, "Lan.Nguyen+bao@Gmail.com")]);
    for (email_key, banned) in [
        ("lannguyen@gmail.com", true),
        ("lannguyen@bao.vn", false),
        ("", false),
    ] {
        let author = Author {
            email_key,
            ..NOBODY
        };
        assert_eq!(holds(&bans, &author), banned, "{email_key}");
    }
    assert_eq!(refused(BanKind::Email, "lan"), "email-invalid");
    assert_eq!(refused(BanKind::Email, ""), "email-required");
}

#[test]
fn a_name_is_banned_whole_or_by_its_pattern() {
    for (typed, name, banned) in [
        ("Nguyễn Văn Hoà", "nguyen  VĂN hòa", true),
        ("Nguyễn Văn Hoà", "Nguyễn Văn Hoàng", false),
        ("Nguyễn Văn Hoà", "Anh Nguyễn Văn Hoà", false),
        ("Hoà*", "Hoàng", true),
        ("Hoà *", "Hoàng", false),
        ("Hoà *", "Hòa Bình", true),
        ("Hoà *", "Hoà", false),
        ("*cá độ*", "Nhà cái cá độ 88", true),
        ("*cá độ*", "Cá-Độ", true),
        ("* vay *", "Cho vay nhanh", true),
        ("* vay *", "Cho vaynhanh", false),
        ("a*b*c", "abc", true),
        ("a*b*c", "acb", false),
        ("a*bc", "abc", true),
        ("ab*bc", "abc", false),
        ("**ab**", "cabd", true),
        ("김철*", "김철수", true),
    ] {
        assert_eq!(holds_name(typed, name), banned, "{typed} for {name}");
    }
    for typed in ["", "*", "a*", "* *", "?!*"] {
        assert_eq!(refused(BanKind::Name, typed), "ban-name-wide", "{typed}");
    }
    assert_eq!(refused(BanKind::Name, "a\u{7}bc"), "ban-name-control");
    assert_eq!(refused(BanKind::Name, &"a".repeat(81)), "text-too-long");
}

#[test]
fn a_range_has_one_spelling() {
    for (typed, key) in [
        ("203.0.113.7", "203.0.113.7/32"),
        (" 203.0.113.7/24 ", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("::ffff:203.0.113.7/120", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::4/128", "2001:db8:1:2::4/128"),
        ("2001:db8:1::/48", "2001:db8:1::/48"),
    ] {
        let target = BanTarget::read(BanKind::Address, typed).expect(typed);
        assert_eq!((target.key.as_str(), target.pattern.as_str()), (key, key));
    }
    for (typed, code) in [
        ("0.0.0.0/0", "ban-address-wide"),
        ("10.0.0.0/15", "ban-address-wide"),
        ("2001::/31", "ban-address-wide"),
        ("::ffff:0.0.0.0/96", "ban-address-wide"),
        ("203.0.113", "ban-address-invalid"),
        ("203.0.113.7/33", "ban-address-invalid"),
        ("bao.vn", "ban-address-invalid"),
        ("", "ban-address-invalid"),
    ] {
        assert_eq!(refused(BanKind::Address, typed), code, "{typed}");
    }
}

#[test]
fn what_is_lifted_or_over_holds_for_nobody() {
    let at = Instant::from_micros;
    let author = Author {
        email_key: "a@b.vn",
        ..NOBODY
    };
    let mut ended = ban(BanKind::Email, "a@b.vn");
    ended.expires_at = Some(at(10));
    let bans = Bans::new([&ended]);
    assert_eq!(bans.holding(&author, at(9)).len(), 1);
    assert_eq!(bans.holding(&author, at(10)), []);
    assert!(ended.holds_at(at(9)) && !ended.holds_at(at(10)));
    let mut lifted = ban(BanKind::Email, "a@b.vn");
    lifted.lifted_at = Some(at(1));
    assert_eq!(Bans::new([&lifted]).holding(&author, at(2)), []);
    assert!(!lifted.holds_at(at(2)));
    // Another ban of the same mailbox goes on.
    let both = Bans::new([&ended, &ban(BanKind::Email, "a@b.vn")]);
    assert_eq!(both.holding(&author, at(20)).len(), 1);
}

/// The same name, its tones put as others put them, in other letters' size and in the other normal form.
fn typed_otherwise() -> impl Strategy<Value = (String, String)> {
    const WORDS: &[(&str, &str)] = &[
        ("Hoà", "Hòa"),
        ("Thuỷ", "Thủy"),
        ("Đặng", "ĐẶNG"),
        ("Nguyễn", "nguyễn"),
        ("Khoẻ", "Khỏe"),
        ("Lý", "LÝ"),
        ("Quý", "quý"),
    ];
    let word = (proptest::sample::select(WORDS), any::<bool>(), 0..4_u8);
    proptest::collection::vec(word, 1..5).prop_map(|words| {
        let one: Vec<&str> = words.iter().map(|((one, _), ..)| *one).collect();
        let other: Vec<String> = words
            .iter()
            .map(|((one, other), swaps, form)| {
                let word = if *swaps { other } else { one };
                match form {
                    0 => word.nfd().collect(),
                    1 => word.to_uppercase(),
                    2 => word.to_lowercase().nfd().collect(),
                    _ => (*word).to_owned(),
                }
            })
            .collect();
        (one.join(" "), other.join("  "))
    })
}

proptest! {
    #[test]
    fn a_ban_of_a_range_holds_for_each_address_within_and_none_without(
        network: u32, prefix in 16_u8..=32, address: u32, near: bool,
    ) {
        let shared = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
        // Half of them within: hardly one of chance would be.
        let address = if near { (network & shared) | (address & !shared) } else { address };
        let typed = format!("{}/{prefix}", Ipv4Addr::from(network));
        let bans = Bans::new([&ban(BanKind::Address, &typed)]);
        let is_within = network & shared == address & shared;
        for ip in [IpAddr::from(Ipv4Addr::from(address)), Ipv4Addr::from(address).to_ipv6_mapped().into()] {
            prop_assert_eq!(holds(&bans, &Author { address: Some(ip), ..NOBODY }), is_within, "{} {}", typed, ip);
        }
    }

    #[test]
    fn the_same_of_ipv6(network: u128, prefix in 32_u8..=128, address: u128, near: bool) {
        let shared = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
        let address = if near { (network & shared) | (address & !shared) } else { address };
        let (network, address) = (Ipv6Addr::from(network), Ipv6Addr::from(address));
        prop_assume!(network.to_ipv4_mapped().is_none() && address.to_ipv4_mapped().is_none());
        let typed = format!("{network}/{prefix}");
        let bans = Bans::new([&ban(BanKind::Address, &typed)]);
        let is_within = u128::from(network) & shared == u128::from(address) & shared;
        let author = Author { address: Some(address.into()), ..NOBODY };
        prop_assert_eq!(holds(&bans, &author), is_within, "{} {}", typed, address);
    }

    #[test]
    fn a_ban_of_a_name_holds_however_it_is_typed((one, other) in typed_otherwise()) {
        prop_assert!(holds_name(&one, &other), "{} {}", one, other);
        prop_assert!(holds_name(&other, &one), "{} {}", other, one);
        let pattern = format!("{other}*");
        prop_assert!(holds_name(&pattern, &one), "{} {}", pattern, one);
        prop_assert!(!holds_name(&one, &format!("{other} Q")), "{} is another", other);
    }

    #[test]
    fn a_pattern_holds_for_what_it_was_made_of(name in "[a-zđăâ]{1,6}( [a-zđăâ]{1,5}){1,3}", cut in 0_usize..20) {
        let chars: Vec<char> = name.chars().collect();
        let cut = cut.min(chars.len());
        let pattern: String = chars[..cut].iter().chain(&['*']).chain(&chars[cut..]).collect();
        if let Ok(target) = BanTarget::read(BanKind::Name, &pattern) {
            let held = Bans::new([&Ban { key: target.key, ..ban(BanKind::Name, "ab") }]);
            let name_key = &folded(&name);
            prop_assert!(holds(&held, &Author { name_key, ..NOBODY }), "{:?} {:?}", pattern, name);
        }
    }
}
