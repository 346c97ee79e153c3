//! How a text is read: one normal form and views of it, each of which knows for every character where in the
//! original it came from. Small functions from [`Traced`] to [`Traced`], so that a further step is a further
//! function; nothing here knows what is looked for.

mod alphabet;
mod canonical;
mod defang;
mod fingerprint;
mod fold;
mod invisible;
mod letter;
mod likeness;
mod line;
mod lookalike;
mod neighbours;
mod phrase;
mod quotation;
mod reading;
mod segment;
mod spelling;
mod stand_in;
mod syllables;
mod traced;
mod view;

pub use alphabet::{base, level, small, tone};
pub use canonical::canonical;
pub use defang::{Defanged, defanged};
pub use fingerprint::fingerprint;
pub use invisible::is_invisible;
pub use letter::{LatinTable, is_apostrophe, is_letter, is_plain};
pub use likeness::{BANDS, Bands, Likeness, SHARED, likeness};
pub use line::one_line;
pub use neighbours::{
    FoldId, Neighbours, Syllable as Known, Telling, Writing, common_english, common_vietnamese,
    counted, is_everyday_unmarked, is_in_everyday_use,
};
pub use phrase::{Phrase, PhraseFault, Word, words};
pub use quotation::quotations;
pub use reading::Reading;
pub use segment::{Segment, Span as Pointed, segments};
pub use spelling::{ends_in_stop, is_bare_syllable, is_syllable, is_vowel, written};
pub use stand_in::{hides_letters, may_have_stand_ins, stands_for};
pub use syllables::{
    Syllable, Syllables, bare_key, is_bare_of, is_marked, key, key_number, squeezed,
};
pub use traced::{Span, Traced};
pub use view::{is_word_char, toneless};
