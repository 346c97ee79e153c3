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

macro_rules! assets {
    ($($name:literal: $type:literal),+ $(,)?) => {
        /// Every asset.
        pub const ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            content_type: $type,
            bytes: include_bytes!(concat!("../../../web/assets/", $name)),
        }),+];
    };
}

assets! {
    "base.css": "text/css; charset=utf-8",
    "form.css": "text/css; charset=utf-8",
    "newspaper.css": "text/css; charset=utf-8",
    "desk.css": "text/css; charset=utf-8",
    "members.css": "text/css; charset=utf-8",
    "docs.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}

/// The asset of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}
