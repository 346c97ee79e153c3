//! What a person said of a comment, as the model is told it.

use serde::{Deserialize, Serialize};

/// What the model tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(usize)]
pub enum Output {
    /// A person would reject it.
    Harm = 0,
    /// It is spam.
    Spam = 1,
    /// Of what does harm, that it is hate rather than an insult.
    Hate = 2,
}

impl std::fmt::Display for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Harm => "harm",
            Self::Spam => "spam",
            Self::Hate => "hate",
        })
    }
}

impl Output {
    /// How many there are.
    pub const COUNT: usize = 3;
    /// All of them.
    pub const ALL: [Self; Self::COUNT] = [Self::Harm, Self::Spam, Self::Hate];
}

/// What is known of a comment; what is not known teaches nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Label {
    /// Whether it does harm.
    pub harm: Option<bool>,
    /// Whether it is spam.
    pub spam: Option<bool>,
    /// Where it does harm: whether it is hate.
    pub hate: Option<bool>,
}

impl Label {
    /// What an approval says: it is neither.
    pub const FINE: Self = Self {
        harm: Some(false),
        spam: Some(false),
        hate: None,
    };
    /// What a rejection says; it may be spam as well.
    pub const HARM: Self = Self {
        harm: Some(true),
        spam: None,
        hate: None,
    };
    /// What a comment put with the spam says; it may do harm as well.
    pub const SPAM: Self = Self {
        harm: None,
        spam: Some(true),
        hate: None,
    };

    /// A label of one output alone.
    #[must_use]
    pub const fn of(output: Output, yes: bool) -> Self {
        let mut label = Self {
            harm: None,
            spam: None,
            hate: None,
        };
        match output {
            Output::Harm => label.harm = Some(yes),
            Output::Spam => label.spam = Some(yes),
            Output::Hate => label.hate = Some(yes),
        }
        label
    }

    /// What it says of an output.
    #[must_use]
    pub const fn says(self, output: Output) -> Option<bool> {
        match output {
            Output::Harm => self.harm,
            Output::Spam => self.spam,
            Output::Hate => self.hate,
        }
    }

    /// Which of three classes it names, where it names one: 0 neither, 1 an insult, 2 hate.
    #[must_use]
    pub fn class(self) -> Option<usize> {
        match (self.harm?, self.hate) {
            (false, _) => Some(0),
            (true, hate) => Some(1 + usize::from(hate?)),
        }
    }

    /// What it says, output by output.
    pub fn outputs(self) -> impl Iterator<Item = (Output, bool)> {
        Output::ALL
            .into_iter()
            .filter_map(move |output| Some((output, self.says(output)?)))
    }
}
