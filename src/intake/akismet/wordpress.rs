//! What is to be known of WordPress and its plugin, by far the most frequent of these programs.

/// The first version of the plugin that leaves a comment alone whose verdict comes later.
const WAITS_SINCE: (u32, u32) = (5, 5);

/// Whether the plugin asks, by what it calls itself: `WordPress/6.1.9 | Akismet/5.0.2`. Libraries call themselves Akismet too.
#[must_use]
pub fn is_wordpress(agent: &str) -> bool {
    version(agent).is_some()
}

/// Whether it publishes what it is told is no spam, although it is told as well that a person has yet to decide.
#[must_use]
pub fn publishes_at_once(agent: &str) -> bool {
    version(agent).is_some_and(|version| version < WAITS_SINCE)
}

fn version(agent: &str) -> Option<(u32, u32)> {
    let rest = agent.strip_prefix("WordPress/")?;
    let (_, version) = rest.split_once("| Akismet/")?;
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let mut next = || parts.next().and_then(|part| part.parse().ok());
    Some((next()?, next().unwrap_or(0)))
}

/// A text as it was typed, of which WordPress has set a backslash before quotation marks and backslashes.
#[must_use]
pub(super) fn without_slashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        out.extend(if c == '\\' { letters.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plugin_is_known_by_name_and_version() {
        for (agent, known, at_once) in [
            ("WordPress/6.1.9 | Akismet/5.0.2", true, true),
            ("WordPress/6.8 | Akismet/5.4", true, true),
            ("WordPress/6.8 | Akismet/5.5", true, false),
            ("WordPress/7.0-beta1 | Akismet/5.10a1", true, false),
            ("WordPress/7.0 | Akismet/6", true, false),
            ("Node.js/20 | Akismet/16.2.1", false, false),
            ("Generic Node.js/1.0.0 | Akismet/3.1.7", false, false),
            ("WordPress/6.1.9; https://bao.vn", false, false),
            ("", false, false),
        ] {
            assert_eq!(is_wordpress(agent), known, "{agent}");
            assert_eq!(publishes_at_once(agent), at_once, "{agent}");
        }
    }

    #[test]
    fn slashes_come_off_as_they_were_set() {
        assert_eq!(without_slashes(r#"\"hay\" \\ l\'ami"#), r#""hay" \ l'ami"#);
        assert_eq!(without_slashes("hay\\"), "hay");
    }
}
