//! The files that pages load, compiled in.

use super::tight::lean;

/// A file served under `/assets/`.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The last part of its address.
    pub name: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

impl Asset {
    /// What is sent of it: a script of ours without its comments.
    #[must_use]
    pub fn sent(&self) -> Vec<u8> {
        match std::str::from_utf8(self.bytes) {
            Ok(script) if self.content_type == JS && !self.name.ends_with(".min.js") => {
                lean(script).into_bytes()
            }
            _ => self.bytes.to_vec(),
        }
    }
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

macro_rules! assets {
    ($($folder:literal / $name:literal: $type:expr),+ $(,)?) => {
        /// Every asset.
        pub const ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            content_type: $type,
            bytes: include_bytes!(concat!("../../../web/", $folder, "/", $name)),
        }),+];
    };
}

assets! {
    "assets" / "base.css": CSS,
    "assets" / "form.css": CSS,
    "assets" / "newspaper.css": CSS,
    "assets" / "desk.css": CSS,
    "assets" / "members.css": CSS,
    "assets" / "lists.css": CSS,
    "assets" / "numbers.css": CSS,
    "assets" / "history.css": CSS,
    "assets" / "rules.css": CSS,
    "assets" / "docs.css": CSS,
    "assets" / "webhooks.css": CSS,
    "assets" / "icon.svg": SVG,
    "assets" / "queue.js": JS,
    "assets" / "buttons.js": JS,
    "assets" / "cards.js": JS,
    "assets" / "decide.js": JS,
    "assets" / "keys.js": JS,
    "assets" / "line.js": JS,
    "assets" / "live.js": JS,
    "assets" / "news.js": JS,
    "assets" / "reasons.js": JS,
    "assets" / "screen.js": JS,
    "assets" / "sending.js": JS,
    "assets" / "stack.js": JS,
    "assets" / "toast.js": JS,
    "assets" / "undo.js": JS,
    "assets" / "waits.js": JS,
    "vendor" / "htmx.min.js": JS,
}
