//! Whether unmarked writing means the phrase that its letters spell.

use super::Toneless;
use super::find::Walk;

impl<F> Walk<'_, F> {
    pub(super) fn is_meant(&self, toneless: Toneless, _hidden: bool) -> bool {
        match toneless {
            Toneless::Always => true,
            Toneless::Never | Toneless::Neighbours => false,
        }
    }
}
