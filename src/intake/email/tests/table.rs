//! Addresses by the rule that makes them well or ill. Where we are stricter than the RFCs the row says whose advice that is.

use crate::intake::{Email, EmailPolicy};

/// Accepted.
#[rustfmt::skip]
const WELL: &[(&str, &str)] = &[
    ("a@b.vn", "RFC 5321 4.1.2: Mailbox = Local-part \"@\" Domain; one character is an Atom"),
    ("lan@example.com", "RFC 5321 4.1.2: Local-part = Dot-string"),
    ("LAN@example.com", "RFC 5321 2.4: the local part may be in either case"),
    ("lan@EXAMPLE.COM", "RFC 5321 2.4: domains are not case-sensitive"),
    ("0912345678@example.com", "RFC 5322 3.2.3: atext has DIGIT"),
    ("1@example.com", "RFC 5322 3.2.3: atext has DIGIT; a digit may come first"),
    ("lan!@example.com", "RFC 5322 3.2.3: atext has !"),
    ("lan#1@example.com", "RFC 5322 3.2.3: atext has #"),
    ("lan$@example.com", "RFC 5322 3.2.3: atext has $"),
    ("lan%bao@example.com", "RFC 5322 3.2.3: atext has %"),
    ("lan&hoa@example.com", "RFC 5322 3.2.3: atext has &"),
    ("o'neil@example.com", "RFC 5322 3.2.3: atext has '"),
    ("lan*@example.com", "RFC 5322 3.2.3: atext has *"),
    ("lan+bao@example.com", "RFC 5322 3.2.3: atext has +; RFC 5233: subaddressing"),
    ("+@example.com", "RFC 5322 3.2.3: an atom may be a sign alone"),
    ("lan-bao@example.com", "RFC 5322 3.2.3: atext has -"),
    ("-lan@example.com", "RFC 5322 3.2.3: a hyphen may come first in an atom"),
    ("lan-@example.com", "RFC 5322 3.2.3: a hyphen may come last in an atom"),
    ("lan/bao@example.com", "RFC 5322 3.2.3: atext has /"),
    ("lan=bao@example.com", "RFC 5322 3.2.3: atext has ="),
    ("lan?@example.com", "RFC 5322 3.2.3: atext has ?"),
    ("lan^@example.com", "RFC 5322 3.2.3: atext has ^"),
    ("_lan@example.com", "RFC 5322 3.2.3: atext has _"),
    ("lan_nguyen@example.com", "RFC 5322 3.2.3: atext has _"),
    ("`lan@example.com", "RFC 5322 3.2.3: atext has `"),
    ("{lan}@example.com", "RFC 5322 3.2.3: atext has { and }"),
    ("lan|bao@example.com", "RFC 5322 3.2.3: atext has |"),
    ("~lan@example.com", "RFC 5322 3.2.3: atext has ~"),
    ("!#$%&'*+-/=?^_`{|}~@example.com", "RFC 5322 3.2.3: every sign of atext"),
    ("lan.nguyen@example.com", "RFC 5321 4.1.2: Dot-string = Atom *(\".\" Atom)"),
    ("l.a.n@example.com", "RFC 5321 4.1.2: Dot-string of several atoms"),
    ("nguyen.thi.lan.90@example.com", "RFC 5321 4.1.2: Dot-string of several atoms"),
    ("lan.-.x@example.com", "RFC 5321 4.1.2: any atom between dots"),
    ("lan@a.b.c.d.example.com", "RFC 5321 4.1.2: Domain = sub-domain *(\".\" sub-domain)"),
    ("lan@example.co.uk", "RFC 5321 4.1.2: several sub-domains"),
    ("lan@example.com.vn", "RFC 5321 4.1.2: several sub-domains"),
    ("lan@hcm.vnn.vn", "RFC 5321 4.1.2: several sub-domains"),
    ("lan@x.vn", "RFC 5321 4.1.2: sub-domain = Let-dig [Ldh-str]; one character will do"),
    ("lan@1.vn", "RFC 1123 2.1: a label may be a digit"),
    ("lan@123.vn", "RFC 1123 2.1: a label may be all digits below the top"),
    ("lan@24h.com.vn", "RFC 1123 2.1: a label may begin with a digit"),
    ("lan@3com.com", "RFC 1123 2.1: a label may begin with a digit"),
    ("lan@bao-dong-nai.vn", "RFC 5321 4.1.2: Ldh-str has hyphens within"),
    ("lan@a-b.vn", "RFC 5321 4.1.2: Ldh-str has hyphens within"),
    ("lan@a--b.vn", "RFC 952: hyphens may stand side by side, but for places 3 and 4 (RFC 5891 4.2.3.1)"),
    ("lan@example.museum", "RFC 3696 2: the top label has no fixed length"),
    ("lan@example.technology", "RFC 3696 2: the top label has no fixed length"),
    ("lan@example.photography", "RFC 3696 2: the top label has no fixed length"),
    ("lan@xn--vitnam-jk8b.vn", "RFC 5890 2.3.2.1: an A-label"),
    ("lan@việtnam.vn", "RFC 5890 2.3.2.1: a U-label, which is the same domain as its A-label"),
    ("lan@VIỆTNAM.vn", "UTS #46 4: mapping lowers case"),
    ("lan@vie\u{323}\u{302}tnam.vn", "UTS #46 4: mapping composes"),
    ("lan@bücher.example", "RFC 5890 2.3.2.1: a U-label"),
    ("lan@faß.example", "RFC 5891, and UTS #46 non-transitional: ß is a letter of its own"),
    ("lan@例え.テスト", "RFC 5890 2.3.2.1: U-labels throughout, the top one too"),
    ("lan@xn--r8jz45g.xn--zckzah", "RFC 5890 2.3.2.1: A-labels throughout"),
    ("lan@пример.рф", "RFC 5890 2.3.2.1: a U-label of one script"),
    ("lan@उदाहरण.भारत", "RFC 5890 2.3.2.1: a U-label with combining marks"),
    ("lan@مثال.example", "RFC 5893: a right-to-left label"),
    ("test.test@iana.org", "RFC 5321 4.1.2: Dot-string"),
    ("user+mailbox@example.com", "RFC 3696 3: an example of its own"),
    ("customer/department=shipping@example.com", "RFC 3696 3: an example of its own"),
    ("$A12345@example.com", "RFC 3696 3: an example of its own"),
    ("!def!xyz%abc@example.com", "RFC 3696 3: an example of its own"),
    ("_somename@example.com", "RFC 3696 3: an example of its own"),
    ("john.q.public@example.com", "RFC 5322 A.1.1: of its example"),
    ("mary@example.net", "RFC 5322 A.1.1: of its example"),
    ("postmaster@example.com", "RFC 5321 4.5.1: every domain has it"),
    (" lan@example.com ", "the spaces around an address are the form's, not the address's (HTML, input type=email)"),
];

/// Refused.
#[rustfmt::skip]
const ILL: &[(&str, &str)] = &[
    ("", "RFC 5321 4.1.2: Mailbox has an at sign with something on either side"),
    ("lan", "RFC 5321 4.1.2: no at sign"),
    ("example.com", "RFC 5321 4.1.2: no at sign"),
    ("@", "RFC 5321 4.1.2: nothing on either side"),
    ("@example.com", "RFC 5321 4.1.2: no Local-part"),
    ("lan@", "RFC 5321 4.1.2: no Domain"),
    ("lan@@example.com", "RFC 5322 3.2.3: atext has no @"),
    ("lan@bao@example.com", "RFC 5322 3.2.3: atext has no @"),
    (".lan@example.com", "RFC 5321 4.1.2: Dot-string begins with an Atom"),
    ("lan.@example.com", "RFC 5321 4.1.2: Dot-string ends with an Atom"),
    ("lan..nguyen@example.com", "RFC 5321 4.1.2: an Atom between dots"),
    ("lan...nguyen@example.com", "RFC 5321 4.1.2: an Atom between dots"),
    (".@example.com", "RFC 5321 4.1.2: an Atom beside the dot"),
    ("lan nguyen@example.com", "RFC 5322 3.2.3: atext has no space"),
    ("lan @example.com", "RFC 5322 3.2.3: a space before the at sign is obsolete folding (4.4)"),
    ("lan@ example.com", "RFC 5322 4.4: a space after the at sign is obsolete folding"),
    ("lan@example .com", "RFC 5321 4.1.2: a label has no space"),
    ("lan@example. com", "RFC 5322 4.4: a space in a domain is obsolete folding"),
    ("lan\tnguyen@example.com", "RFC 5322 3.2.3: atext has no tab"),
    ("lan\0@example.com", "RFC 5321 4.1.2: no control character"),
    ("lan\u{7}@example.com", "RFC 5321 4.1.2: no control character"),
    ("lan\u{7f}@example.com", "RFC 5321 4.1.2: no control character"),
    ("lan\u{80}@example.com", "RFC 5321 4.1.2: no control character, those of Latin-1 neither"),
    ("lan@example.com\r\n", "RFC 5321 2.3.8: CR LF ends the line"),
    ("\r\nlan@example.com", "RFC 5321 2.3.8: CR LF ends the line"),
    ("lan@example.com\n", "RFC 5321 2.3.8: no bare LF"),
    ("lan@example.com\r", "RFC 5321 2.3.8: no bare CR"),
    ("lan@exam\r\nple.com", "RFC 5322 2.2.3: no folding"),
    ("lan\r\n @example.com", "RFC 5322 2.2.3: no folding"),
    ("lan@example.com\r\nBcc: mai@example.net", "RFC 5322 2.2: the next line is another header field"),
    ("lan@example.com\u{2028}x", "RFC 6532 3: Unicode's line separator is no letter of an address"),
    ("lan(x)@example.com", "RFC 5322 3.2.2: no comment (RFC 5321 4.1.2 has none)"),
    ("(x)lan@example.com", "RFC 5322 3.2.2: no comment"),
    ("lan@(x)example.com", "RFC 5322 3.2.2: no comment"),
    ("lan@example.com(x)", "RFC 5322 3.2.2: no comment"),
    ("lan@exa(x)mple.com", "RFC 5322 3.2.2: no comment"),
    ("<lan@example.com>", "RFC 5322 3.4: angle brackets belong to angle-addr"),
    ("Lan <lan@example.com>", "RFC 5322 3.4: a display name belongs to name-addr"),
    ("lan@example.com, mai@example.com", "RFC 5322 3.4: one address, not an address-list"),
    ("lan@example.com;mai@example.com", "RFC 5322 3.4: one address, not a group"),
    ("Ban: lan@example.com;", "RFC 5322 3.4: one address, not a group"),
    ("@a.example,@b.example:lan@example.com", "RFC 5321 appendix C: no source route"),
    ("mailto:lan@example.com", "RFC 5322 3.2.3: atext has no colon"),
    ("lan,x@example.com", "RFC 5322 3.2.3: atext has no comma"),
    ("lan;x@example.com", "RFC 5322 3.2.3: atext has no semicolon"),
    ("lan:x@example.com", "RFC 5322 3.2.3: atext has no colon"),
    ("lan<x@example.com", "RFC 5322 3.2.3: atext has no <"),
    ("lan>x@example.com", "RFC 5322 3.2.3: atext has no >"),
    ("lan[x@example.com", "RFC 5322 3.2.3: atext has no ["),
    ("lan]x@example.com", "RFC 5322 3.2.3: atext has no ]"),
    ("lan\\x@example.com", "RFC 5322 3.2.3: atext has no backslash"),
    ("lan\\@x@example.com", "RFC 5322 3.2.3: a quoted-pair stands in quotes only"),
    ("lan\"x@example.com", "RFC 5322 3.2.3: atext has no quotation mark"),
    ("\"lan@example.com", "RFC 5322 3.2.4: quotes are closed"),
    ("lan\"@example.com", "RFC 5322 3.2.4: quotes are opened"),
    ("\"lan\"x@example.com", "RFC 5321 4.1.2: Quoted-string is the whole Local-part"),
    ("\"lan\".\"x\"@example.com", "RFC 5322 4.4: words in quotes between dots are obsolete"),
    ("\"lan nguyen\"@example.com", "RFC 5321 4.1.2 advises against mailboxes that need a Quoted-string; we take none"),
    ("\"lan\"@example.com", "RFC 5321 4.1.2: a Quoted-string, though it need not be one; we take none"),
    ("\"\"@example.com", "RFC 5321 4.1.2: an empty Quoted-string"),
    ("\"lan@home\"@example.com", "RFC 5321 4.1.2: a Quoted-string; we take none"),
    ("\"<script>alert(1)</script>\"@example.com", "RFC 5321 4.1.2: a Quoted-string; we take none"),
    ("lan@localhost", "two labels at least (RFC 5321 2.3.5: a fully-qualified name)"),
    ("lan@bao", "two labels at least (RFC 5321 2.3.5)"),
    ("lan@vn", "two labels at least (RFC 5321 2.3.5)"),
    ("lan@.com", "RFC 5321 4.1.2: a label has a character"),
    ("lan@.", "RFC 5321 4.1.2: a label has a character"),
    ("lan@.example.com", "RFC 5321 4.1.2: a Domain begins with a label"),
    ("lan@example.com.", "RFC 5321 2.3.5: no dot at the end of a Domain"),
    ("lan@example..com", "RFC 5321 4.1.2: a label between dots"),
    ("lan@-example.com", "RFC 5321 4.1.2: a label begins with Let-dig"),
    ("lan@example-.com", "RFC 5321 4.1.2: a label ends with Let-dig"),
    ("lan@-.com", "RFC 5321 4.1.2: a label is not a hyphen alone"),
    ("lan@example.-com", "RFC 5321 4.1.2: a label begins with Let-dig"),
    ("lan@example.com-", "RFC 5321 4.1.2: a label ends with Let-dig"),
    ("lan@exam_ple.com", "RFC 5321 4.1.2: Ldh-str has no _"),
    ("lan@exam!ple.com", "RFC 5321 4.1.2: Ldh-str has no !"),
    ("lan@exam+ple.com", "RFC 5321 4.1.2: Ldh-str has no +"),
    ("lan@exam/ple.com", "RFC 5321 4.1.2: Ldh-str has no /"),
    ("lan@exam'ple.com", "RFC 5321 4.1.2: Ldh-str has no '"),
    ("lan@exam%70le.com", "RFC 5321 4.1.2: Ldh-str has no %"),
    ("lan@example.com:25", "RFC 5321 4.1.2: a Domain has no port"),
    ("lan@example.com/x", "RFC 5321 4.1.2: a Domain has no path"),
    ("lan@example.com?subject=x", "RFC 6068 2: header fields belong to a mailto URI"),
    ("lan@ab--c.com", "RFC 5891 4.2.3.1: no hyphens in places 3 and 4 but in A-labels"),
    ("lan@xn--.com", "RFC 5890 2.3.2.1: not the form of an A-label"),
    ("lan@xn--a.com", "RFC 5891 5.4: an A-label that stands for no U-label"),
    ("lan@xn--viTnam-zzzzzz.vn", "RFC 5891 5.4: an A-label that stands for no U-label"),
    ("lan@[127.0.0.1]", "RFC 5321 4.1.3: an address literal; we take none"),
    ("lan@[IPv6:2001:db8::1]", "RFC 5321 4.1.3: an address literal; we take none"),
    ("lan@[IPv6:::1]", "RFC 5321 4.1.3: an address literal; we take none"),
    ("lan@[::1]", "RFC 5321 4.1.3: not even an address literal"),
    ("lan@[example.com]", "RFC 5322 3.4.1: a domain-literal; we take none"),
    ("lan@x[127.0.0.1]", "RFC 5321 4.1.2: a Domain or a literal, not both"),
    ("lan@<img src=x onerror=alert(1)>[::1]", "RFC 5321 4.1.2: a Domain or a literal, not markup before one"),
    ("lan@x\r\nBcc: v.x.vn[127.0.0.1]", "RFC 5321 4.1.2: no line break"),
    ("lan@' OR 1=1 --[1.1.1.1]", "RFC 5321 4.1.2: Ldh-str has none of this"),
    ("lan@127.0.0.1", "RFC 3696 2: the top label is not all digits; RFC 5321 4.1.3 wants brackets"),
    ("lan@example.123", "RFC 3696 2: the top label is not all digits"),
    ("lan@1", "two labels at least; RFC 3696 2: not all digits"),
    ("lan@example.c", "RFC 1591 2: country codes have two letters, others more; the root zone has none of one"),
    ("hoà@example.com", "RFC 6531 3.3: a setting; RFC 5321 2.3.11 has ASCII only"),
    ("用户@example.com", "RFC 6531 3.3: a setting; RFC 5321 2.3.11 has ASCII only"),
    ("ｌａｎ@example.com", "RFC 5321 2.3.11: full-width letters are not ASCII"),
    ("la\u{200b}n@example.com", "RFC 5321 2.3.11: a zero-width space is not ASCII"),
    ("\u{202e}lan@example.com", "RFC 5321 2.3.11: an override of direction is not ASCII"),
    ("\u{feff}lan@example.com", "RFC 5321 2.3.11: a byte order mark is not ASCII"),
    ("lan\u{a0}@example.com", "RFC 5321 2.3.11: a no-break space is not ASCII"),
    ("lan＠example.com", "RFC 5321 4.1.2: a full-width at sign is none"),
    ("lan@exa\u{200b}mple.com", "RFC 5892 2: unassigned or disallowed: a zero-width space"),
    ("lan@exa\u{ad}mple.com", "UTS #46 4: mapping would drop a soft hyphen unseen"),
    ("lan@exa\u{200d}mple.com", "RFC 5892 A.2: a joiner follows a virama"),
    ("lan@\u{202e}example.com", "RFC 5892 2.6: an override of direction is disallowed"),
    ("lan@example\u{3002}com", "RFC 5890 4.4: an ideographic full stop is for user interfaces to replace"),
    ("lan@example．com", "UTS #46 4: mapping would mend a full-width full stop"),
    ("lan@ｅxample.com", "UTS #46 4: mapping would mend a full-width letter"),
    ("lan@１２７.vn", "UTS #46 4: mapping would mend full-width digits"),
    ("lan@😀.vn", "RFC 5892 2.6: symbols are disallowed"),
    ("lan@exa\u{301}\u{2060}mple.com", "RFC 5892 2.6: a word joiner is disallowed"),
    ("lan@\u{301}example.com", "RFC 5891 4.2.3.2: no combining mark first"),
    ("lan@gmаil.com", "UTS #39 5.1: a Cyrillic а among Latin letters"),
    ("lan@gmail.cοm", "UTS #39 5.1: a Greek ο among Latin letters"),
    ("lan@xn--gmil-63d.com", "UTS #39 5.1: the same with its A-label"),
    ("lan@example.com lan", "RFC 5321 4.1.2: nothing follows the Domain"),
    ("lan example.com", "RFC 5321 4.1.2: no at sign"),
    ("lan at example.com", "RFC 5321 4.1.2: no at sign"),
];

/// Those that are too long to be written out: what stands before the at sign.
#[rustfmt::skip]
fn local_parts() -> Vec<(String, bool, &'static str)> {
    vec![
        ("a".repeat(64), true, "RFC 5321 4.5.3.1.1: 64 octets before the at sign"),
        ("a".repeat(65), false, "RFC 5321 4.5.3.1.1: 64 octets before the at sign"),
        (format!("{}.{}", "a".repeat(32), "a".repeat(31)), true, "RFC 5321 4.5.3.1.1: dots count"),
        (format!("{}.{}", "a".repeat(32), "a".repeat(32)), false, "RFC 5321 4.5.3.1.1: dots count"),
    ]
}

/// And what stands after it.
#[rustfmt::skip]
fn domains() -> Vec<(String, bool, &'static str)> {
    let label = |length: usize| "b".repeat(length);
    vec![
        (format!("{}.vn", label(63)), true, "RFC 1035 2.3.4: 63 octets a label"),
        (format!("{}.vn", label(64)), false, "RFC 1035 2.3.4: 63 octets a label"),
        (format!("x.{}", label(63)), true, "RFC 1035 2.3.4: 63 octets a label, the top one too"),
        (format!("x.{}", label(64)), false, "RFC 1035 2.3.4: 63 octets a label, the top one too"),
        (["x"; 126].join("."), false, "RFC 1591 2: the root zone has no label of one letter"),
        (format!("{}.vn", ["x"; 124].join(".")), true, "RFC 1035 2.3.4: as many labels as 253 octets hold"),
        (format!("{}.vn", ["x"; 126].join(".")), false, "RFC 5321 4.5.3.1.3: 254 octets in all"),
        (format!("{}.vn", "ệ".repeat(50)), true, "RFC 5891 4.2.4: the A-label has at most 63 octets"),
        (format!("{}.vn", "ệ".repeat(60)), false, "RFC 5891 4.2.4: the A-label has at most 63 octets"),
    ]
}

/// And both together: so many octets before it, so many after.
const TOGETHER: &[(usize, usize, bool, &str)] = &[
    (
        50,
        203,
        true,
        "RFC 5321 4.5.3.1.3: 254 octets in all (256 with the angle brackets)",
    ),
    (51, 203, false, "RFC 5321 4.5.3.1.3: 254 octets in all"),
    (
        64,
        189,
        true,
        "RFC 5321 4.5.3.1.3: 254 octets in all, 64 of them before the at sign",
    ),
    (64, 190, false, "RFC 5321 4.5.3.1.3: 254 octets in all"),
];

fn by_length() -> impl Iterator<Item = (String, bool, &'static str)> {
    let locals = local_parts().into_iter();
    let locals = locals.map(|(local, well, rule)| (format!("{local}@example.com"), well, rule));
    let domains = domains().into_iter();
    let domains = domains.map(|(domain, well, rule)| (format!("a@{domain}"), well, rule));
    let together = TOGETHER.iter().map(|(before, after, well, rule)| {
        // Labels of 49 and a dot each, the rest in the first.
        let tail = format!("{}.vn", format!(".{}", "b".repeat(49)).repeat(3));
        let (local, first) = ("a".repeat(*before), "b".repeat(after - tail.len()));
        (format!("{local}@{first}{tail}"), *well, *rule)
    });
    locals.chain(domains).chain(together)
}

#[test]
fn every_address_is_judged_by_its_rule() {
    let written = |rows: &'static [(&str, &'static str)], well| {
        rows.iter()
            .map(move |(typed, rule)| ((*typed).to_owned(), well, *rule))
    };
    let rows: Vec<(String, bool, &str)> = written(WELL, true)
        .chain(written(ILL, false))
        .chain(by_length())
        .collect();
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(typed, well, _)| Email::parse(typed).is_ok() != *well)
        .map(|(typed, well, rule)| {
            format!(
                "{typed:?} should {}pass: {rule}",
                if *well { "" } else { "not " }
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The setting widens nothing but the letters before the at sign.
#[test]
fn with_unicode_local_parts_only_letters_are_gained() {
    let policy = EmailPolicy {
        unicode_local_part: true,
    };
    let gained: Vec<&str> = ILL
        .iter()
        .map(|(typed, _)| *typed)
        .filter(|typed| Email::parse_with(typed, policy).is_ok())
        .collect();
    assert_eq!(gained, ["hoà@example.com", "用户@example.com"]);
    assert!(
        WELL.iter()
            .all(|(typed, _)| Email::parse_with(typed, policy).is_ok())
    );
}
