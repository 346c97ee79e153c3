//! Rules of the house that settle comments by themselves, which no shipped rule does.

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
