//! Measured features: what rules name under `feature`.

use super::contact::Line;
use super::{contact, crowd, disposable, flood, links, name, repeat, robot, shape};
use crate::domain::{View, words};
use crate::rules::Context;
use crate::text::{Reading, Span};

words! {
    /// Something that is counted or measured rather than spelled.
    Feature {
        /// Links in the text.
        LinkCount = "link_count",
        /// Email addresses in the text.
        EmailCount = "email_count",
        /// Vietnamese phone numbers in the text.
        PhoneCount = "phone_count",
        /// Of them, numbers of mobiles.
        MobileCount = "mobile_count",
        /// Of them, numbers of landlines.
        LandlineCount = "landline_count",
        /// Emoji in the text.
        EmojiCount = "emoji_count",
        /// Capitals among the letters, in percent.
        Shouting = "shouting",
        /// Length of the longest run of one character.
        LongestRun = "longest_run",
        /// Words in the longest stretch that says the same over and over.
        RepeatedWords = "repeated_words",
        /// Times that the same line stands in the text.
        RepeatedLines = "repeated_lines",
        /// Letters of other scripts than Latin among the letters, in percent.
        ForeignScript = "foreign_script",
        /// Other comments with the same text.
        SameText = "same_text",
        /// Different emails that the same text came from, with this one.
        SameTextEmails = "same_text_emails",
        /// Different network addresses that it came from.
        SameTextAddresses = "same_text_addresses",
        /// Different articles that it came under.
        SameTextArticles = "same_text_articles",
        /// Other comments with the same text or nearly, where some differ.
        NearText = "near_text",
        /// Different emails that they came from, with this one.
        NearTextEmails = "near_text_emails",
        /// Different network addresses that they came from.
        NearTextAddresses = "near_text_addresses",
        /// Different articles that they came under.
        NearTextArticles = "near_text_articles",
        /// How near a name comes to one that the site reserves: 3 the same, 2 its words among others, 1 a letter off.
        ReservedName = "reserved_name",
        /// 1 for a name that mixes scripts as no name does.
        MixedScripts = "mixed_scripts",
        /// Domains in an address that give mailboxes away.
        DisposableDomain = "disposable_domain",
        /// Other comments of the last ten minutes from the same address.
        FromAddress = "from_address",
        /// Of them, those under the same article.
        FromAddressHere = "from_address_here",
        /// Other comments of the last ten minutes with the same email.
        FromEmail = "from_email",
        /// Other comments of the last ten minutes under the same article.
        OnArticle = "on_article",
        /// 1 where a field was filled in that people do not see.
        Honeypot = "honeypot",
        /// Seconds short of a minute between the form being shown and being sent.
        Haste = "haste",
        /// 1 where the form was shown more than a day ago.
        StampExpired = "stamp_expired",
        /// 1 where the form's stamp is none of ours.
        StampForged = "stamp_forged",
        /// 1 where a proof of work was wanted and none came.
        ProofMissing = "proof_missing",
        /// 1 where what came proves nothing.
        ProofWrong = "proof_wrong",
        /// 1 where its challenge had expired.
        ProofExpired = "proof_expired",
        /// 1 where another comment had come with it.
        ProofSpent = "proof_spent",
    }
}

impl Feature {
    /// How the text is read for it; [`View::Context`] for what does not lie in the text.
    #[must_use]
    pub const fn view(self) -> View {
        match self {
            Self::PhoneCount | Self::RepeatedWords => View::Toned,
            Self::SameText
            | Self::SameTextEmails
            | Self::SameTextAddresses
            | Self::SameTextArticles
            | Self::NearText
            | Self::NearTextEmails
            | Self::NearTextAddresses
            | Self::NearTextArticles
            | Self::FromAddress
            | Self::FromAddressHere
            | Self::FromEmail
            | Self::OnArticle
            | Self::Honeypot
            | Self::Haste
            | Self::StampExpired
            | Self::StampForged
            | Self::ProofMissing
            | Self::ProofWrong
            | Self::ProofExpired
            | Self::ProofSpent => View::Context,
            _ => View::Raw,
        }
    }
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Things that can be pointed at, in the order of the text.
    Places(Vec<Span>),
    /// An amount, and the stretch it was measured over.
    Amount(u32, Span),
}

impl Measure {
    /// An amount of the whole field; nobody asks where nothing is.
    fn of_all(amount: u32, reading: &Reading<'_>) -> Self {
        match amount {
            0 => Self::Amount(0, Span::new(0, 0)),
            _ => Self::Amount(amount, reading.whole()),
        }
    }

    /// What to point at where the measure reaches `bound`: every place for a bound of one, the place that reaches it
    /// for a higher one (the third link of *three links*), the stretch of an amount. Empty below the bound.
    #[must_use]
    pub fn reaching(&self, bound: u32) -> &[Span] {
        match self {
            Self::Places(places) if bound <= 1 => places,
            Self::Places(places) => places
                .get(bound as usize - 1)
                .map(std::slice::from_ref)
                .unwrap_or_default(),
            Self::Amount(amount, span) if *amount >= bound => std::slice::from_ref(span),
            Self::Amount(..) => &[],
        }
    }
}

/// Measures one feature of a field.
#[must_use]
pub fn measure(feature: Feature, context: Context, reading: &Reading<'_>) -> Measure {
    match feature {
        Feature::LinkCount => Measure::Places(links::links(reading)),
        Feature::EmailCount => Measure::Places(links::emails(reading)),
        Feature::PhoneCount => Measure::Places(contact::phones(reading, None)),
        Feature::MobileCount => Measure::Places(contact::phones(reading, Some(Line::Mobile))),
        Feature::LandlineCount => Measure::Places(contact::phones(reading, Some(Line::Landline))),
        Feature::EmojiCount => Measure::Places(shape::emoji(reading)),
        Feature::Shouting => Measure::of_all(shape::shouting(reading), reading),
        Feature::ForeignScript => Measure::of_all(shape::foreign_script(reading), reading),
        Feature::LongestRun => {
            let (length, span) = shape::longest_run(reading);
            Measure::Amount(length, span)
        }
        Feature::RepeatedWords => {
            let (length, span) = flood::repeated_words(reading);
            Measure::Amount(length, span)
        }
        Feature::RepeatedLines => Measure::of_all(flood::repeated_lines(reading), reading),
        Feature::ReservedName => Measure::of_all(name::reserved(context, reading.raw()), reading),
        Feature::MixedScripts => Measure::of_all(name::mixed_scripts(reading.raw()), reading),
        Feature::DisposableDomain => {
            Measure::Places(disposable::disposable(reading).into_iter().collect())
        }
        Feature::SameText
        | Feature::SameTextEmails
        | Feature::SameTextAddresses
        | Feature::SameTextArticles
        | Feature::NearText
        | Feature::NearTextEmails
        | Feature::NearTextAddresses
        | Feature::NearTextArticles => {
            Measure::Amount(repeat::count(feature, context), Span::new(0, 0))
        }
        Feature::FromAddress
        | Feature::FromAddressHere
        | Feature::FromEmail
        | Feature::OnArticle => Measure::Amount(crowd::count(feature, context), Span::new(0, 0)),
        Feature::Honeypot
        | Feature::Haste
        | Feature::StampExpired
        | Feature::StampForged
        | Feature::ProofMissing
        | Feature::ProofWrong
        | Feature::ProofExpired
        | Feature::ProofSpent => Measure::Amount(robot::amount(feature, context), Span::new(0, 0)),
    }
}
