//! Rules of the house: those that settle comments by themselves, which no shipped rule does, and one alone.

use super::Setup;

/// One that takes for spam, one that rejects.
pub const HOUSE_RULES: &str = r#"
id = "house"

[[rule]]
id = "house.trash"
title = { vi = "Rác", en = "Trash" }
category = "spam"
action = "spam"
weight = 5.0
words = ["mua ngay kẻo lỡ"]
[rule.examples]
hit = ["Mua ngay kẻo lỡ"]
miss = ["mua sau"]

[[rule]]
id = "house.refused"
title = { vi = "Từ chối", en = "Refused" }
category = "insult"
action = "reject"
weight = 5.0
words = ["đồ óc bã đậu"]
[rule.examples]
hit = ["đồ óc bã đậu"]
miss = ["bã đậu"]
"#;

/// Judges by one rule on one phrase, so that nothing else is seen.
pub fn by_one_rule(setup: Setup) -> Setup {
    setup.rules(ONE_RULE)
}

const ONE_RULE: &str = r#"
id = "nha"
[[rule]]
id = "nha.mua"
title = { vi = "Rao bán", en = "Offer" }
category = "spam"
weight = 1.0
words = ["mua bán"]
[rule.examples]
hit = ["mua bán"]
miss = ["mua"]
"#;
