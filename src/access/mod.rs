//! What a member of the paper proves who they are by: passwords, one-time codes, links in mails, and how long to wait after a
//! wrong one. Pure: time and randomness are handed in.

mod backoff;
mod browser;
mod deed;
mod device;
mod half;
mod link;
mod mute;
mod password;
mod recovery;
mod shown;
mod totp;

pub use backoff::{CounterKey, QUIET, after_account, after_address, after_code, after_known};
pub use browser::browser;
pub use deed::{Deed, DeedKey, MAILED};
pub use device::{DEVICE_LIFETIME, DeviceKey};
pub use half::{HALF_LIFETIME, HalfKey};
pub use link::LinkKey;
pub use mute::MuteKey;
pub use password::{MAX_BYTES as PASSWORD_BYTES, MIN_CHARS as PASSWORD_CHARS, check_password};
pub use recovery::{RECOVERY_CODES, RecoveryKey};
pub use shown::ShownKey;
pub use totp::{SECRET_BYTES, TotpSecret, VaultKey};
