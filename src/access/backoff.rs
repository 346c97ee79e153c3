//! How long to wait after wrong passwords and codes. What is counted is a keyed hash, so that the table of attempts tells neither
//! accounts nor addresses.
//!
//! Nothing is locked for good, or anybody could keep a moderator out by typing their address: the longest wait is a quarter of
//! an hour, attempts while one waits do not count, and a browser that somebody has signed in with before has a count of its own
//! ([`DeviceKey`](super::DeviceKey)) and no other, which no stranger can raise, not even one behind the same address. Whoever has lost that too comes in by the link of a mail.

use std::time::Duration;

use crate::intake::ReaderAddress;
use crate::intake::keyed::{self, Key};

/// What is counted begins anew after such a time without an attempt.
pub const QUIET: Duration = Duration::from_secs(3600);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(900);
/// The first one, doubled with each further wrong attempt.
const FIRST: Duration = Duration::from_secs(15);

/// As many may be wrong before one waits at all: on an account, on an account from a browser that knows it, from an address
/// behind which a whole newsroom may sit, and codes of a second step.
const FREE_ACCOUNT: u32 = 5;
const FREE_KNOWN: u32 = 10;
const FREE_ADDRESS: u32 = 30;
const FREE_CODE: u32 = 5;

fn doubled(failures: u32, free: u32) -> Duration {
    let Some(over) = failures.checked_sub(free) else {
        return Duration::ZERO;
    };
    FIRST.saturating_mul(1 << over.min(16)).min(LONGEST)
}

/// The wait after so many wrong passwords of an account.
#[must_use]
pub fn after_account(failures: u32) -> Duration {
    doubled(failures, FREE_ACCOUNT)
}

/// The same from a browser that the account was used with before.
#[must_use]
pub fn after_known(failures: u32) -> Duration {
    doubled(failures, FREE_KNOWN)
}

/// The wait after so many wrong passwords from an address, whichever accounts they were for.
#[must_use]
pub fn after_address(failures: u32) -> Duration {
    doubled(failures, FREE_ADDRESS)
}

/// The wait after so many wrong codes of a second step.
#[must_use]
pub fn after_code(failures: u32) -> Duration {
    doubled(failures, FREE_CODE)
}

/// Makes what attempts are counted by.
#[derive(Clone)]
pub struct CounterKey(Key);

impl CounterKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(keyed::derive(secret, b"duyet sign-in v1"))
    }

    /// Counts the passwords of an account, whether there is one or not.
    #[must_use]
    pub fn account(&self, identity: &str) -> [u8; 16] {
        keyed::tag(&self.0, &[b"account", identity.as_bytes()])
    }

    /// Counts those of an account from one browser.
    #[must_use]
    pub fn known(&self, device: &[u8], identity: &str) -> [u8; 16] {
        keyed::tag(&self.0, &[b"known  ", device, identity.as_bytes()])
    }

    /// Counts those from an address.
    #[must_use]
    pub fn address(&self, address: &ReaderAddress) -> [u8; 16] {
        keyed::tag(&self.0, &[b"address", address.bytes()])
    }

    /// Counts the codes of a member's second step.
    #[must_use]
    pub fn code(&self, member: &[u8; 16]) -> [u8; 16] {
        keyed::tag(&self.0, &[b"code   ", member])
    }

    /// Counts the mails that somebody has asked for from an address.
    #[must_use]
    pub fn asking(&self, address: &ReaderAddress) -> [u8; 16] {
        keyed::tag(&self.0, &[b"asking ", address.bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let seconds = |failures| after_account(failures).as_secs();
        assert_eq!((0..5).map(seconds).collect::<Vec<_>>(), [0; 5]);
        assert_eq!(
            (5..13).map(seconds).collect::<Vec<_>>(),
            [15, 30, 60, 120, 240, 480, 900, 900]
        );
        assert_eq!(seconds(u32::MAX), 900);
        // One who waits as long as asked is never taken for one who has gone away.
        assert!(QUIET > LONGEST);
    }

    #[test]
    fn a_newsroom_behind_one_address_and_a_known_browser_have_more_room() {
        for failures in 0..100 {
            assert!(after_known(failures) <= after_account(failures));
            assert!(after_address(failures) <= after_known(failures));
        }
    }

    #[test]
    fn what_is_counted_is_told_apart() {
        let key = CounterKey::derive(b"secret");
        let lan = "lan@bao.example";
        assert_ne!(key.account(lan), key.account("minh@bao.example"));
        assert_ne!(key.account(lan), key.known(b"0123456789abcdef", lan));
        assert_ne!(
            key.account(lan),
            CounterKey::derive(b"another").account(lan)
        );
    }
}
