//! The files that pages load, compiled in.

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

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

macro_rules! assets {
    (files { $($folder:literal / $name:literal: $type:expr),+ $(,)? } scripts { $($script:literal),+ $(,)? }) => {
        /// Every asset.
        pub const ASSETS: &[Asset] = &[
            $(Asset {
                name: $name,
                content_type: $type,
                bytes: include_bytes!(concat!("../../../web/", $folder, "/", $name)),
            },)+
            // As `web/build.rs` has made them small.
            $(Asset {
                name: $script,
                content_type: JS,
                bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $script)),
            },)+
        ];
    };
}

assets! {
    files {
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
        "vendor" / "htmx.min.js": JS,
    }
    scripts {
        "queue.js",
        "buttons.js",
        "cards.js",
        "decide.js",
        "deeds.js",
        "keys.js",
        "line.js",
        "live.js",
        "marks.js",
        "more.js",
        "news.js",
        "note.js",
        "notes.js",
        "place.js",
        "reasons.js",
        "screen.js",
        "sending.js",
        "stack.js",
        "toast.js",
        "undo.js",
        "waits.js",
    }
}
