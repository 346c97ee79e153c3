//! Why a mail did not leave, in words.

use super::Messages;
use crate::domain::{MailAdvice, MailFault, MailTrouble};

impl Messages {
    /// What happened to a mail, and what to do about it.
    #[must_use]
    pub fn mail_trouble(self, trouble: &MailTrouble) -> String {
        let what = self.mail_fault(&trouble.what);
        match &trouble.advice {
            Some(advice) => {
                let advice = self.mail_advice(advice);
                self.told("mail-trouble", &[("what", &what), ("advice", &advice)])
            }
            None => what,
        }
    }

    /// What happened to a mail.
    #[must_use]
    pub fn mail_fault(self, fault: &MailFault) -> String {
        match fault {
            MailFault::Silence { step, millis } => {
                let seconds = self.seconds(*millis);
                match step {
                    Some(step) => {
                        self.told("mail-silence", &[("step", step), ("seconds", &seconds)])
                    }
                    None => self.told("mail-silence-after-mail", &[("seconds", &seconds)]),
                }
            }
            MailFault::Unreached { said } => self.told("mail-unreached", &[("said", said)]),
            MailFault::Said { words } => words.clone(),
            MailFault::Endless { kib } => self.told("mail-endless", &[("kib", &kib.to_string())]),
            MailFault::NoStarttls => self.get("mail-no-starttls"),
            MailFault::SaidInClear => self.get("mail-said-in-clear"),
            MailFault::Unspoken { extension } => {
                self.told("mail-unspoken", &[("extension", extension)])
            }
            MailFault::Folder { folder, said } => {
                self.told("mail-folder", &[("folder", folder), ("said", said)])
            }
            MailFault::Unsigned { said } => self.told("mail-unsigned", &[("said", said)]),
            MailFault::Unmade { said } => self.told("mail-unmade", &[("said", said)]),
            MailFault::Unaddressed => self.get("mail-unaddressed"),
            MailFault::Unrendered => self.get("mail-unrendered"),
            MailFault::Unreadable => self.get("mail-unreadable"),
        }
    }

    fn mail_advice(self, advice: &MailAdvice) -> String {
        match advice {
            MailAdvice::NothingListens { place } => {
                self.told("mail-advice-nothing-listens", &[("place", place)])
            }
            MailAdvice::UnknownHost { host } => {
                self.told("mail-advice-unknown-host", &[("host", host)])
            }
            MailAdvice::Unanswered { place, in_clear } => {
                let id = if *in_clear {
                    "mail-advice-unanswered-in-clear"
                } else {
                    "mail-advice-unanswered"
                };
                self.told(id, &[("place", place)])
            }
            MailAdvice::NoMailServer { place } => {
                self.told("mail-advice-no-mail-server", &[("place", place)])
            }
            MailAdvice::OtherName { host } => {
                self.told("mail-advice-other-name", &[("host", host)])
            }
            MailAdvice::NoStarttls => self.get("mail-advice-no-starttls"),
            MailAdvice::SaidInClear => self.get("mail-advice-said-in-clear"),
            MailAdvice::NoSignIn => self.get("mail-advice-no-sign-in"),
            MailAdvice::FellSilent => self.get("mail-advice-fell-silent"),
            MailAdvice::MayArrive => self.get("mail-advice-may-arrive"),
            MailAdvice::MayHaveArrived => self.get("mail-advice-may-have-arrived"),
            MailAdvice::BrokeOff { in_clear: false } => self.get("mail-advice-broke-off"),
            MailAdvice::BrokeOff { in_clear: true } => self.get("mail-advice-broke-off-in-clear"),
            MailAdvice::WantsPrivacy => self.get("mail-advice-wants-privacy"),
            MailAdvice::WantsSignIn => self.get("mail-advice-wants-sign-in"),
            MailAdvice::WrongSignIn => self.get("mail-advice-wrong-sign-in"),
            MailAdvice::TriedAgain => self.get("mail-advice-tried-again"),
            MailAdvice::NoRelaying => self.get("mail-advice-no-relaying"),
            MailAdvice::Unwelcome => self.get("mail-advice-unwelcome"),
            MailAdvice::WrongSender => self.get("mail-advice-wrong-sender"),
            MailAdvice::WrongAddress => self.get("mail-advice-wrong-address"),
            MailAdvice::Unwanted => self.get("mail-advice-unwanted"),
            MailAdvice::BeginsInClear => self.get("mail-advice-begins-in-clear"),
            MailAdvice::UnknownAuthority => self.get("mail-advice-unknown-authority"),
            MailAdvice::RunOut => self.get("mail-advice-run-out"),
        }
    }
}
