//! What the counts amount to.

/// Comments of others within the last ten minutes, on one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// From the same address.
    pub from_address: u32,
    /// From the same address under the same article.
    pub from_address_here: u32,
    /// With the same email.
    pub from_email: u32,
    /// Under the same article.
    pub on_article: u32,
    /// On the site.
    pub on_site: u32,
}

/// How much more than usual comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// As on any day.
    #[default]
    Calm,
    /// As on a day when something has happened: people do this, and programs do.
    Busy,
    /// More than people write.
    Flood,
}

/// How much comes at once, seen from where one reader stands: what to ask of them before their comment is taken. Each part
/// stands alone: a flood under one article is no reason to ask more of those who write under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pressure {
    /// From the reader's address, or with their email: the graver of the two.
    pub reader: Level,
    /// Under the article.
    pub article: Level,
    /// On the whole site.
    pub site: Level,
}

impl Counts {
    /// The levels. A provincial newspaper has some hundred comments a day, a hot article a few a minute; behind one address
    /// of a mobile carrier stand thousands of people, of whom a few write at the same time.
    #[must_use]
    pub fn pressure(self) -> Pressure {
        Pressure {
            reader: level(self.from_address, 60, 150)
                .max(level(self.from_address_here, 20, 60))
                .max(level(self.from_email, 10, 30)),
            article: level(self.on_article, 100, 300),
            site: level(self.on_site, 300, 1_500),
        }
    }
}

impl Pressure {
    /// For a reader under this article, whatever happens elsewhere on the site.
    #[must_use]
    pub fn here(self) -> Level {
        self.reader.max(self.article)
    }
}

fn level(count: u32, busy: u32, flood: u32) -> Level {
    if count >= flood {
        Level::Flood
    } else if count >= busy {
        Level::Busy
    } else {
        Level::Calm
    }
}
