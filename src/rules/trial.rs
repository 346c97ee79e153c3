//! Drafts tried on a comment: what would be seen with them and is not seen without.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Context, RuleSet, SiteWords, Subject, WordFault, judge_at, site_word_of};
use crate::domain::{
    Comment, Evidence, Findings, Outcome, Sample, Shift, SiteWord, Spot, Status, Verdict,
    WordFinding, WordKind, WrittenForm,
};
use crate::text::Reading;

/// As many comments as are kept of each shift.
const SAMPLES: usize = 50;
/// As many ways of writing as are told of a word.
const FORMS: usize = 20;

/// A site's live words, and the same with drafts among them.
pub struct Trial {
    rules: Arc<RuleSet>,
    before: SiteWords,
    after: SiteWords,
    /// The drafts that hold.
    holding: Vec<String>,
}

impl Trial {
    /// Puts drafts beside a site's live words. A draft that has become live meanwhile is tried against the list without it.
    ///
    /// # Errors
    /// Every word that cannot be looked for.
    pub fn new(
        rules: Arc<RuleSet>,
        live: &[SiteWord],
        drafts: &[SiteWord],
    ) -> Result<Self, Vec<WordFault>> {
        let is_tried = |word: &&SiteWord| drafts.iter().any(|draft| draft.normal == word.normal);
        let live: Vec<SiteWord> = live.iter().filter(|one| !is_tried(one)).cloned().collect();
        let before = SiteWords::compile(&live)?;
        let after = SiteWords::compile_with_drafts(&[&live, drafts].concat())?;
        let holding = drafts.iter().filter(|word| word.kind == WordKind::Hold);
        Ok(Self {
            rules,
            before,
            after,
            holding: holding.map(|word| word.word.clone()).collect(),
        })
    }

    /// Judges a comment without the drafts and with them, and adds the difference. What is known around a comment (floods,
    /// repeats, robots) is left out of both.
    pub fn try_on(&self, comment: &Comment, findings: &mut Findings) {
        if findings.words.is_empty() {
            let none = |word: &String| WordFinding {
                word: word.clone(),
                ..WordFinding::default()
            };
            findings.words = self.holding.iter().map(none).collect();
        }
        let [before, after] = [&self.before, &self.after].map(|own| self.verdict(own, comment));
        let outcomes = [&before, &after].map(Outcome::of);
        let waits = |outcome: Outcome| outcome != Outcome::LikelyFine;
        let is_held = !waits(outcomes[0]) && waits(outcomes[1]);
        let is_approved = comment.status == Status::Approved;
        findings.approved += u64::from(is_approved);
        findings.held += u64::from(is_held);
        findings.clean += u64::from(is_held && is_approved);
        findings.freed += u64::from(waits(outcomes[0]) && !waits(outcomes[1]));
        for word in &mut findings.words {
            count(word, &after.evidence, is_held, is_approved);
        }
        if outcomes[0] != outcomes[1] {
            note(&mut findings.shifts, outcomes, comment, &before, &after);
        }
    }

    fn verdict(&self, own: &SiteWords, comment: &Comment) -> Verdict {
        let (name, body): (String, String) =
            (comment.name.nfc().collect(), comment.body.nfc().collect());
        let subject = Subject {
            name: &name,
            email: &comment.email,
            body: &body,
        };
        let reading = Reading::new(&body);
        judge_at(
            &self.rules,
            Some(own),
            Context::default(),
            &subject,
            &reading,
        )
    }
}

/// Adds what one comment says of one draft.
fn count(word: &mut WordFinding, evidence: &[Evidence], is_held: bool, is_approved: bool) {
    let mut places = evidence
        .iter()
        .filter(|seen| site_word_of(&seen.rule) == Some(word.word.as_str()));
    let Some(first) = places.next() else { return };
    word.seen += 1;
    word.held += u64::from(is_held);
    if !(is_held && is_approved) {
        return;
    }
    word.clean += 1;
    let form = first.excerpt.to_lowercase();
    let known = word.forms.iter_mut();
    let mut known = known.filter(|one| one.form == form && one.view == first.view);
    if let Some(known) = known.next() {
        known.count += 1;
    } else if word.forms.len() < FORMS {
        word.forms.push(WrittenForm {
            form,
            view: first.view,
            count: 1,
        });
    }
}

/// Adds a comment that would stand elsewhere.
fn note(
    shifts: &mut Vec<Shift>,
    [from, to]: [Outcome; 2],
    comment: &Comment,
    before: &Verdict,
    after: &Verdict,
) {
    let place = shifts
        .iter()
        .position(|shift| shift.before == from && shift.after == to);
    let place = place.unwrap_or_else(|| {
        shifts.push(Shift {
            before: from,
            after: to,
            count: 0,
            statuses: std::collections::BTreeMap::new(),
            samples: Vec::new(),
        });
        shifts.len() - 1
    });
    let shift = &mut shifts[place];
    shift.count += 1;
    *shift.statuses.entry(comment.status).or_default() += 1;
    if shift.samples.len() < SAMPLES {
        shift.samples.push(Sample {
            comment: comment.id,
            score_before: before.score,
            score_after: after.score,
            added: spots(&after.evidence, &before.evidence),
            gone: spots(&before.evidence, &after.evidence),
        });
    }
}

/// What is seen in the one and not in the other.
fn spots(seen: &[Evidence], elsewhere: &[Evidence]) -> Vec<Spot> {
    let spot = |one: &Evidence| Spot {
        rule: one.rule.clone(),
        field: one.field,
        start: one.start,
        end: one.end,
    };
    let elsewhere: Vec<Spot> = elsewhere.iter().map(spot).collect();
    let here = seen.iter().map(spot);
    here.filter(|one| !elsewhere.contains(one)).collect()
}
