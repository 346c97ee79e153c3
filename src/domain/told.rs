//! What an article's CMS has told of it, so that messages may come late, twice and in any order: of each thing the newest word is
//! kept with its stamp, and an older one changes nothing. Whatever order the same messages come in, the same is known in the end.

use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use super::{Article, ArticleState, Instant, Presence};

/// How new a word is. Who counts versions is believed before who only tells the time, so whoever names versions names one each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// The article's own version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// When that was so.
    pub at: Instant,
    /// Decides between words of one moment: the same word has the same number.
    tie: u64,
}

/// The newest word about something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Word<T> {
    stamp: Stamp,
    is: T,
}

/// What an article is, whole: what is not said is not known any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its canonical address.
    pub url: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
}

/// One message of a CMS about one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleNews {
    /// What the CMS calls the article.
    pub external_id: Option<String>,
    /// Its canonical address, where the message says it.
    pub url: Option<String>,
    /// Its version, where the CMS counts them.
    pub version: Option<i64>,
    /// When it was so.
    pub at: Instant,
    /// What the article is, with title and address as they are searched; none where the message does not tell.
    pub content: Option<(Content, String)>,
    /// Where it stands.
    pub presence: Option<Presence>,
    /// Whether it takes comments.
    pub state: Option<ArticleState>,
}

/// All that is known of an article beyond its address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<Word<Content>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    presence: Option<Word<Presence>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comments: Option<Word<ArticleState>>,
    /// What an editor set by hand, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by_hand: Option<(Instant, ArticleState)>,
}

/// Keeps the newer word; whether that is the new one.
fn hear<T>(known: &mut Option<Word<T>>, new: Word<T>) -> bool {
    let is_newer = known.as_ref().is_none_or(|known| known.stamp < new.stamp);
    if is_newer {
        *known = Some(new);
    }
    is_newer
}

impl Told {
    /// Takes a message in; whether anything in it was news.
    pub fn hear(&mut self, news: &ArticleNews) -> bool {
        let stamp = |tie| Stamp {
            version: news.version,
            at: news.at,
            tie,
        };
        let mut is_news = false;
        if let Some((content, _)) = &news.content {
            let word = Word {
                stamp: stamp(content.number()),
                is: content.clone(),
            };
            is_news |= hear(&mut self.content, word);
        }
        // Of one moment, what hides more is believed.
        if let Some(is) = news.presence {
            let stamp = stamp(is as u64);
            is_news |= hear(&mut self.presence, Word { stamp, is });
        }
        if let Some(is) = news.state {
            let stamp = stamp(is as u64);
            is_news |= hear(&mut self.comments, Word { stamp, is });
        }
        is_news
    }

    /// An editor opened or closed it at that moment.
    pub fn set_by_hand(&mut self, state: ArticleState, at: Instant) {
        self.by_hand = Some((at, state));
    }

    /// Takes over what an editor set for another record of the same article, where that was later.
    pub fn inherit(&mut self, other: &Self) {
        self.by_hand = self.by_hand.max(other.by_hand);
    }

    /// What the article is, by the newest word.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.content.as_ref().map(|word| &word.is)
    }

    /// When the newest word of what it is was so.
    #[must_use]
    pub fn content_at(&self) -> Option<Instant> {
        self.content.as_ref().map(|word| word.stamp.at)
    }

    /// Whether it takes comments: what the CMS said or what an editor set, whichever is later.
    #[must_use]
    pub fn state(&self) -> Option<ArticleState> {
        let told = self.comments.as_ref().map(|word| (word.stamp.at, word.is));
        match (told, self.by_hand) {
            (Some(told), Some(set)) => Some(if told.0 > set.0 { told.1 } else { set.1 }),
            (told, set) => told.or(set).map(|(_, state)| state),
        }
    }

    /// The article as it is by all that, but for its address, which another may have.
    pub fn fill(&self, article: &mut Article) {
        if let Some(content) = self.content() {
            article.title.clone_from(&content.title);
            article.section.clone_from(&content.section);
            article.author.clone_from(&content.author);
            article.tags.clone_from(&content.tags);
            article.published_at = content.published_at;
        }
        if let Some(word) = &self.presence {
            article.presence = word.is;
        }
        article.state = self.state().unwrap_or(article.state);
    }
}

impl Content {
    /// The same on every machine and for ever: it is stored.
    fn number(&self) -> u64 {
        let mut hasher = SipHasher13::new();
        hasher.write(serde_json::to_string(self).unwrap_or_default().as_bytes());
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn content() -> impl Strategy<Value = Content> {
        (0..3u8, 0..3u8).prop_map(|(url, section)| Content {
            url: format!("https://bao.example/{url}"),
            title: None,
            section: (section > 0).then(|| section.to_string()),
            author: None,
            tags: Vec::new(),
            published_at: None,
        })
    }

    /// Few moments and versions, so that many are alike.
    fn news() -> impl Strategy<Value = ArticleNews> {
        let presence = prop::sample::select(Presence::ALL.to_vec());
        let state = prop::sample::select(ArticleState::ALL.to_vec());
        (
            prop::option::of(0..3i64),
            0..4i64,
            prop::option::of(content()),
            prop::option::of(presence),
            prop::option::of(state),
        )
            .prop_map(|(version, at, content, presence, state)| ArticleNews {
                external_id: None,
                url: None,
                version,
                at: Instant::from_micros(at),
                content: content.map(|content| (content, String::new())),
                presence,
                state,
            })
    }

    fn after(all: &[ArticleNews]) -> Told {
        let mut told = Told::default();
        for news in all {
            told.hear(news);
        }
        told
    }

    proptest! {
        #[test]
        fn in_any_order_and_however_often_the_same_is_known(
            (all, mixed) in prop::collection::vec(news(), 0..8).prop_flat_map(|all| {
                let twice: Vec<ArticleNews> = all.iter().chain(&all).cloned().collect();
                (Just(all), Just(twice).prop_shuffle())
            })
        ) {
            prop_assert_eq!(after(&all), after(&mixed));
        }

        #[test]
        fn what_is_stored_is_read_again(all in prop::collection::vec(news(), 0..8)) {
            let told = after(&all);
            let stored = serde_json::to_string(&told).expect("JSON");
            prop_assert_eq!(serde_json::from_str::<Told>(&stored).expect("the same"), told);
        }
    }

    #[test]
    fn an_editor_and_the_cms_overrule_each_other_by_time() {
        let comments = |at, state| ArticleNews {
            external_id: None,
            url: None,
            version: None,
            at: Instant::from_micros(at),
            content: None,
            presence: None,
            state: Some(state),
        };
        let (open, closed) = (ArticleState::Open, ArticleState::Closed);
        let mut told = after(&[comments(10, closed)]);
        assert_eq!(told.state(), Some(closed));
        told.set_by_hand(open, Instant::from_micros(20));
        assert_eq!(told.state(), Some(open));
        // What was so before is no word against it, however late it comes.
        told.hear(&comments(15, closed));
        assert_eq!(told.state(), Some(open));
        told.hear(&comments(21, closed));
        assert_eq!(told.state(), Some(closed));
    }
}
