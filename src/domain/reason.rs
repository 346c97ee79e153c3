//! Why a comment is not published, as far as its reader is told.

use super::words;

words! {
    /// Why a comment was rejected. Whoever names one shares it with the reader.
    Reason {
        /// It is not about the article.
        OffTopic = "off_topic",
        /// It insults somebody.
        Insulting = "insulting",
        /// The paper would break the law with it.
        Unlawful = "unlawful",
        /// It tells of somebody what is theirs to tell: a number, an address, an illness.
        PersonalData = "personal_data",
        /// It advertises.
        Advertising = "advertising",
        /// It has been said already, by this reader or by others.
        Duplicate = "duplicate",
        /// It states what the newsroom cannot verify.
        Unverified = "unverified",
        /// It cannot be read.
        Unreadable = "unreadable",
        /// Something else.
        Other = "other",
    }
}
