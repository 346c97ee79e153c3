//! The model that comes with the program. It is trained only on comments whose licences allow it (`rules/model/NOTICE`).

use std::sync::LazyLock;

use super::file::SUM;
use super::model::{Model, Pace};

const BASE: &[u8] = include_bytes!("../../rules/model/base.bin");

impl Model {
    /// The model that comes with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static READ: LazyLock<Model> = LazyLock::new(|| {
            let mut model = Model::from_bytes(BASE).expect("a test reads it");
            model.restart(Pace::DECISIONS);
            model
        });
        &READ
    }
}

/// What the file says of its own bytes.
pub(super) fn checksum() -> &'static [u8] {
    &BASE[BASE.len() - SUM..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::Output;

    #[test]
    fn it_can_be_read_and_has_learnt_something() {
        assert!(Model::shipped().taught(Output::Harm) > 10_000);
    }
}
