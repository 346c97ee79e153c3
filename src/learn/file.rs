//! A model as bytes: the same bytes on every machine.
//!
//! All numbers are little-endian. `DUYETLRN`, a version of the format (`u16`), the bits of the table (`u8`), how many outputs
//! (`u8`); for each output bias, its squares, scale, shift, cut-off and that of texts without marks (`f32`) and how many labels it
//! learnt (`u64`); two `f32` for three classes; then how the table is written (`u8`): 0, every weight as `f32` and then every square in
//! sixteen bits (`u16`); 1, for shipping: the greatest weight (`f32`), the length (`u32`) of what follows, and every weight in eight
//! bits, by the root of its share of the greatest, packed by DEFLATE (RFC 1951). At the end stand the first sixteen bytes of the
//! SHA-256 of all before.

use std::sync::Arc;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};
use sha2::{Digest, Sha256};

use super::label::Output;
use super::model::{BITS, Head, Model, Pace, SLOTS};

const MAGIC: &[u8; 8] = b"DUYETLRN";
const VERSION: u16 = 3;
pub(super) const SUM: usize = 16;
const FULL: u8 = 0;
const SLIM: u8 = 1;
/// Weights below this share of the greatest are left out of a slim file.
const LEAST: f32 = 0.0004;

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoModel {
    /// Something else.
    #[error("this is no model file: it does not begin with DUYETLRN")]
    Other,
    /// Of a later version.
    #[error("this model was written by another version: format {0}; train it anew with this one")]
    Version(u16),
    /// Cut short or changed.
    #[error(
        "this model file is damaged: its checksum does not fit; copy it again or train it anew"
    )]
    Damaged,
    /// Whole, and not what this version reads: another size of the table, other outputs, bytes after the end, or a weight that is no
    /// number.
    #[error(
        "this file holds no model of the kind that this version reads; train it anew with this one"
    )]
    Malformed,
}

impl Model {
    /// All that it knows, to go on learning from.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.head();
        bytes.push(FULL);
        for number in self.weights.iter() {
            bytes.extend(number.to_le_bytes());
        }
        for code in self.squares.codes() {
            bytes.extend(code.to_le_bytes());
        }
        closed(bytes)
    }

    /// What it knows in as few bytes as tell nearly the same, to begin with elsewhere.
    #[must_use]
    pub fn to_slim_bytes(&self) -> Vec<u8> {
        let greatest = self.weights.iter().fold(0.0_f32, |a, w| a.max(w.abs()));
        let levels: Vec<u8> = self
            .weights
            .iter()
            .map(|weight| level(*weight, greatest).to_le_bytes()[0])
            .collect();
        // There is room for what does not become smaller.
        let mut packed = Vec::with_capacity(SLOTS * 2);
        let packing = Compress::new(Compression::best(), false).compress_vec(
            &levels,
            &mut packed,
            FlushCompress::Finish,
        );
        debug_assert!(packing.is_ok());
        let mut bytes = self.head();
        bytes.push(SLIM);
        bytes.extend(greatest.to_le_bytes());
        bytes.extend(
            u32::try_from(packed.len())
                .unwrap_or_default()
                .to_le_bytes(),
        );
        bytes.extend(packed);
        closed(bytes)
    }

    fn head(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SLOTS * 6 + 256);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend([BITS.to_le_bytes()[0], Output::COUNT.to_le_bytes()[0]]);
        for head in &self.heads {
            for number in head.numbers() {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(head.taught.to_le_bytes());
        }
        for number in self.three {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }

    /// Whether somebody has written a model there, of whatever version.
    #[must_use]
    pub fn is_file(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads what [`to_bytes`](Self::to_bytes) or [`to_slim_bytes`](Self::to_slim_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoModel> {
        if !Self::is_file(bytes) {
            return Err(NoModel::Other);
        }
        let (content, sum) = bytes.split_last_chunk::<SUM>().ok_or(NoModel::Damaged)?;
        let mut rest = Bytes(&content[MAGIC.len()..]);
        let version = u16::from_le_bytes(rest.take()?);
        if version != VERSION {
            return Err(NoModel::Version(version));
        }
        if checksum(content) != *sum {
            return Err(NoModel::Damaged);
        }
        let [bits, outputs] = rest.take()?;
        if u32::from(bits) != BITS || usize::from(outputs) != Output::COUNT {
            return Err(NoModel::Malformed);
        }
        let mut model = Self::new(Pace::DECISIONS);
        for head in &mut model.heads {
            *head = Head {
                bias: rest.number()?,
                bias_squares: rest.number()?,
                scale: rest.number()?,
                shift: rest.number()?,
                cutoff: rest.number()?,
                toneless_cutoff: rest.number()?,
                taught: u64::from_le_bytes(rest.take()?),
            };
        }
        for number in &mut model.three {
            *number = rest.number()?;
        }
        match rest.take()? {
            [FULL] => {
                for number in Arc::make_mut(&mut model.weights) {
                    *number = rest.number()?;
                }
                for code in model.squares.codes_mut() {
                    *code = u16::from_le_bytes(rest.take()?);
                }
            }
            [SLIM] => model.weights = Arc::new(slim(&mut rest)?),
            _ => return Err(NoModel::Malformed),
        }
        if rest.0.is_empty() && model.is_finite() {
            Ok(model)
        } else {
            Err(NoModel::Malformed)
        }
    }

    /// Whether all that a probability is made of is a number.
    fn is_finite(&self) -> bool {
        let heads = self.heads.iter().flat_map(Head::numbers);
        let mut all = heads.chain(self.three).chain(self.weights.iter().copied());
        all.all(f32::is_finite)
    }
}

impl Head {
    /// What is written of it, in that order.
    const fn numbers(&self) -> [f32; 6] {
        [
            self.bias,
            self.bias_squares,
            self.scale,
            self.shift,
            self.cutoff,
            self.toneless_cutoff,
        ]
    }
}

fn slim(rest: &mut Bytes<'_>) -> Result<Vec<f32>, NoModel> {
    let greatest = rest.number()?;
    let length = u32::from_le_bytes(rest.take()?) as usize;
    let (packed, after) = rest.0.split_at_checked(length).ok_or(NoModel::Malformed)?;
    rest.0 = after;
    let mut levels = Vec::with_capacity(SLOTS);
    Decompress::new(false)
        .decompress_vec(packed, &mut levels, FlushDecompress::Finish)
        .map_err(|_| NoModel::Malformed)?;
    if levels.len() != SLOTS {
        return Err(NoModel::Malformed);
    }
    let weight = |level: u8| {
        let root = f32::from(i8::from_le_bytes([level])) / 127.0;
        root * root.abs() * greatest
    };
    Ok(levels.into_iter().map(weight).collect())
}

/// A weight in eight bits.
#[allow(clippy::cast_possible_truncation)] // within ±127
fn level(weight: f32, greatest: f32) -> i8 {
    let share = weight.abs() / greatest.max(f32::MIN_POSITIVE);
    if share < LEAST {
        return 0;
    }
    (share.sqrt() * 127.0).round().copysign(weight) as i8
}

fn closed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = checksum(&bytes);
    bytes.extend(sum);
    bytes
}

fn checksum(content: &[u8]) -> [u8; SUM] {
    let hash = Sha256::digest(content);
    std::array::from_fn(|at| hash[at])
}

/// What has not been read yet.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], NoModel> {
        let (first, rest) = self.0.split_first_chunk::<N>().ok_or(NoModel::Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<f32, NoModel> {
        Ok(f32::from_le_bytes(self.take()?))
    }
}
