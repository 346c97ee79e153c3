//! What an article's CMS has told of it, so that messages may come late, twice and in any order: of each thing the newest word is
//! kept with its stamp, and an older one changes nothing. Whatever order the same messages come in, the same is known in the end.

use std::hash::Hasher;
use std::time::Duration;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whether nobody said when, and it came then: it counts as later than all that is known of the article, whatever clocks say.
    pub by_arrival: bool,
    /// What the article is, with title and address as they are searched; none where the message does not tell.
    pub content: Option<(Content, String)>,
    /// Where it stands.
    pub presence: Option<Presence>,
    /// Whether it takes comments.
    pub state: Option<ArticleState>,
}

/// All that is known of an article beyond its address: a register of which the last writer wins, of each thing by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRegister {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<Word<Content>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    presence: Option<Word<Presence>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comments: Option<Word<ArticleState>>,
    /// The newest word that says otherwise than that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comments_otherwise: Option<Word<ArticleState>>,
    /// The newest word of before an editor set it by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comments_before: Option<Word<ArticleState>>,
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

impl ArticleRegister {
    /// Takes a message in; whether anything in it was news.
    pub fn hear(&mut self, news: &ArticleNews) -> bool {
        let (version, at) = self.moment(news);
        let stamp = |tie| Stamp { version, at, tie };
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
            is_news |= self.hear_comments([Word { stamp, is }]);
        }
        is_news
    }

    /// When a message was so, beside what is known. Who tells neither version nor time says how things are now, and a clock that is ahead, or was read in
    /// another zone, must not make that the past.
    fn moment(&self, news: &ArticleNews) -> (Option<i64>, Instant) {
        let stamps = [
            self.content.as_ref().map(|word| word.stamp),
            self.presence.map(|word| word.stamp),
            self.comments.map(|word| word.stamp),
        ];
        match stamps.into_iter().flatten().max() {
            Some(newest) if news.by_arrival && news.version.is_none() => {
                let after = newest.at.after(Duration::from_micros(1));
                (newest.version, news.at.max(after))
            }
            _ => (news.version, news.at),
        }
    }

    /// Takes in whether it takes comments; whether anything is known otherwise by that.
    fn hear_comments(&mut self, new: impl IntoIterator<Item = Word<ArticleState>>) -> bool {
        let known = self.words_of_comments();
        (self.comments, self.comments_otherwise) = (None, None);
        self.comments_before = None;
        for word in known.into_iter().flatten().chain(new) {
            if self.by_hand.is_some_and(|(at, _)| word.stamp.at <= at) {
                hear(&mut self.comments_before, word);
            }
            match self.comments {
                Some(newest) if newest.is != word.is && newest.stamp < word.stamp => {
                    self.comments_otherwise = self.comments.replace(word);
                }
                Some(newest) if newest.is != word.is => {
                    hear(&mut self.comments_otherwise, word);
                }
                _ => {
                    hear(&mut self.comments, word);
                }
            }
        }
        self.words_of_comments() != known
    }

    fn words_of_comments(&self) -> [Option<Word<ArticleState>>; 3] {
        [self.comments, self.comments_otherwise, self.comments_before]
    }

    /// An editor opened or closed it at that moment.
    pub fn set_by_hand(&mut self, state: ArticleState, at: Instant) {
        self.by_hand = Some((at, state));
        // What was said before is told from what is said after.
        self.hear_comments([]);
    }

    /// Takes over what is known of another record of the same article, where that is newer.
    pub fn inherit(&mut self, other: &Self) {
        if let Some(content) = &other.content {
            hear(&mut self.content, content.clone());
        }
        if let Some(presence) = other.presence {
            hear(&mut self.presence, presence);
        }
        self.by_hand = self.by_hand.max(other.by_hand);
        self.hear_comments(other.words_of_comments().into_iter().flatten());
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

    /// Whether it takes comments: what the CMS says, or what an editor set since that said otherwise. A CMS that says all of an article
    /// each time it is saved has not opened again what an editor closed.
    #[must_use]
    pub fn state(&self) -> Option<ArticleState> {
        let told = self.comments.map(|word| word.is);
        match self.by_hand {
            Some((at, set)) => told.filter(|_| self.has_changed_since(at)).or(Some(set)),
            None => told,
        }
    }

    /// Whether the CMS has said after that moment what it did not say before. Of what nobody has told, comments are open.
    fn has_changed_since(&self, at: Instant) -> bool {
        let before = self
            .comments_before
            .map_or(ArticleState::Open, |word| word.is);
        let said = [self.comments, self.comments_otherwise];
        let mut said = said.into_iter().flatten();
        said.any(|word| word.stamp.at > at && word.is != before)
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
                by_arrival: false,
                content: content.map(|content| (content, String::new())),
                presence,
                state,
            })
    }

    fn after(all: &[ArticleNews]) -> ArticleRegister {
        let mut told = ArticleRegister::default();
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
            prop_assert_eq!(serde_json::from_str::<ArticleRegister>(&stored).expect("the same"), told);
        }
    }

    fn comments(at: i64, state: ArticleState) -> ArticleNews {
        ArticleNews {
            external_id: None,
            url: None,
            version: None,
            at: Instant::from_micros(at),
            by_arrival: false,
            content: None,
            presence: None,
            state: Some(state),
        }
    }

    const OPEN: ArticleState = ArticleState::Open;
    const CLOSED: ArticleState = ArticleState::Closed;

    #[test]
    fn an_editor_and_the_cms_overrule_each_other_by_time() {
        let mut told = after(&[comments(10, CLOSED)]);
        assert_eq!(told.state(), Some(CLOSED));
        told.set_by_hand(OPEN, Instant::from_micros(20));
        assert_eq!(told.state(), Some(OPEN));
        // What was so before is no word against it, however late it comes.
        told.hear(&comments(15, CLOSED));
        assert_eq!(told.state(), Some(OPEN));
        // Nor is the same said again, with whatever else is saved.
        told.hear(&comments(21, CLOSED));
        assert_eq!(told.state(), Some(OPEN));
        told.hear(&comments(23, CLOSED));
        // That it was opened in between came late.
        told.hear(&comments(22, OPEN));
        assert_eq!(told.state(), Some(CLOSED));
    }

    #[test]
    fn what_came_without_a_time_is_later_than_what_is_known() {
        let mut ahead = comments(1_000, OPEN);
        (ahead.version, ahead.presence) = (Some(3), Some(Presence::Published));
        let gone = ArticleNews {
            by_arrival: true,
            presence: Some(Presence::Deleted),
            ..comments(10, CLOSED)
        };
        let mut told = after(&[ahead, gone]);
        assert_eq!(told.state(), Some(CLOSED));
        assert_eq!(told.presence.map(|word| word.is), Some(Presence::Deleted));
        // Who tells a time is heard by that.
        assert!(!told.hear(&comments(999, OPEN)));
        let mut back = comments(2_000, OPEN);
        back.version = Some(4);
        assert!(told.hear(&back));
        assert_eq!(told.state(), Some(OPEN));
    }

    #[test]
    fn what_was_never_told_was_open() {
        let mut told = ArticleRegister::default();
        told.set_by_hand(CLOSED, Instant::from_micros(20));
        told.hear(&comments(21, OPEN));
        assert_eq!(told.state(), Some(CLOSED));
        told.set_by_hand(OPEN, Instant::from_micros(30));
        told.hear(&comments(31, CLOSED));
        assert_eq!(told.state(), Some(CLOSED));
    }

    #[test]
    fn what_an_older_release_stored_is_read() {
        let stored = r#"{"comments":{"stamp":{"at":"1970-01-01T00:00:00.000010Z","tie":1},"is":"closed"},
            "by_hand":["1970-01-01T00:00:00.000020Z","open"]}"#;
        let mut told: ArticleRegister = serde_json::from_str(stored).expect("JSON");
        assert_eq!(told.state(), Some(OPEN));
        told.hear(&comments(21, CLOSED));
        assert_eq!(told.state(), Some(OPEN));
    }

    proptest! {
        /// What was said before an editor set it by hand may be heard before or after that; the clocks of both go alike.
        #[test]
        fn an_editor_comes_whenever_between(
            (all, mixed, early) in prop::collection::vec(news(), 0..8)
                .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle(), 0..8usize)),
            set in prop::sample::select(ArticleState::ALL.to_vec()),
        ) {
            let at = Instant::from_micros(1);
            let mut first = ArticleRegister::default();
            first.set_by_hand(set, at);
            for news in &all {
                first.hear(news);
            }
            let (before, since): (Vec<_>, Vec<_>) = mixed.into_iter().partition(|news| news.at <= at);
            let early = early.min(before.len());
            let mut later = after(&before[..early]);
            later.set_by_hand(set, at);
            for news in since.iter().chain(&before[early..]) {
                later.hear(news);
            }
            prop_assert_eq!(first, later);
        }

        /// Two records of one article know, once they are one, what one record would.
        #[test]
        fn what_two_records_know_is_what_one_would(
            (some, others) in (prop::collection::vec(news(), 0..6), prop::collection::vec(news(), 0..6)),
            set in prop::option::of((0..4i64, prop::sample::select(ArticleState::ALL.to_vec()))),
        ) {
            let mut one = after(&[some.clone(), others.clone()].concat());
            let (mut first, mut second) = (after(&some), after(&others));
            if let Some((at, state)) = set {
                // Nobody sets anything before it was so.
                let at = Instant::from_micros(at + 4);
                one.set_by_hand(state, at);
                second.set_by_hand(state, at);
            }
            first.inherit(&second);
            prop_assert_eq!(first, one);
        }
    }
}
