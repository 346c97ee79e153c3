//! From a set and a comment to a verdict.

use std::cmp::Reverse;

use super::set::RuleSet;
use super::signals::{Feature, Found, Reserved, links, measure, only_robot, repeat};
use super::site::{Allowed, SiteWords};
use crate::domain::{Category, Cluster, Evidence, Field, RobotSigns, RuleAction, Verdict, View};
use crate::text::{Reading, Span, quotations};

/// The fields that rules read, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Subject<'a> {
    /// The author's name.
    pub name: &'a str,
    /// The author's email.
    pub email: &'a str,
    /// The text.
    pub body: &'a str,
}

/// What is known around a comment; counted by whoever keeps comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context<'a> {
    /// The comments of the last while with the same [`fingerprint`](crate::text::fingerprint), this one among them.
    pub same_text: Option<Cluster>,
    /// Those with nearly the same text ([`likeness`](crate::text::likeness)), where there are more.
    pub near_text: Option<Cluster>,
    /// The names that the site reserves; those of any newspaper's desk where nobody says.
    pub reserved: Option<&'a Reserved>,
    /// Other comments of the site within the last ten minutes from the same address.
    pub from_address: u32,
    /// Of them, those under the same article.
    pub from_address_here: u32,
    /// Other comments of the site within the last ten minutes with the same email.
    pub from_email: u32,
    /// Other comments within the last ten minutes under the same article.
    pub on_article: u32,
    /// What tells a program from a person.
    pub robots: RobotSigns,
}

impl Context<'_> {
    /// Nothing but so many of what a feature counts; nothing at all for a feature that lies in the text.
    pub(super) fn only(feature: Feature, number: u32) -> Self {
        let mut context = Self::default();
        match feature {
            Feature::FromAddress => context.from_address = number,
            Feature::FromAddressHere => context.from_address_here = number,
            Feature::FromEmail => context.from_email = number,
            Feature::OnArticle => context.on_article = number,
            _ => {
                (context.same_text, context.near_text) = repeat::only(feature, number);
                context.robots = only_robot(feature, number);
            }
        }
        context
    }
}

/// One thing seen: the rule's place, where, and how the text was read.
struct Seen {
    rule: usize,
    span: Span,
    view: View,
}

/// Judges a comment: all evidence, sorted by field, place and rule, and what follows from it. Pure and total.
///
/// Places in evidence count Unicode scalar values of the stored field. A rule that reads links points into the body,
/// where the link stands. Where matches of one rule lie within each other, the longest is told; of many places of one rule
/// the first twenty are. Of rules with an
/// action of their own `spam` goes before `reject`, and of equals the one that comes first in the evidence.
#[must_use]
#[allow(clippy::trivially_copy_pass_by_ref)] // a context will grow; its callers should not change then
pub fn judge(set: &RuleSet, context: &Context, subject: &Subject<'_>) -> Verdict {
    judge_read(set, *context, subject, &Reading::new(subject.body))
}

/// The same for a body that was read already, for its fingerprint say.
#[must_use]
pub fn judge_read(
    set: &RuleSet,
    context: Context,
    subject: &Subject<'_>,
    body: &Reading<'_>,
) -> Verdict {
    judge_at(set, None, context, subject, body)
}

/// The same at a site with words of its own: what they hold is evidence too, and what words see inside a phrase that
/// they allow is none.
#[must_use]
pub fn judge_at(
    set: &RuleSet,
    site: Option<&SiteWords>,
    context: Context,
    subject: &Subject<'_>,
    body: &Reading<'_>,
) -> Verdict {
    let fields = Fields::new(subject, body);
    let mut evidence = observe(set, site, context, &fields);
    set.name_clusters(context, &mut evidence);
    evidence.retain(|seen| set.tells(seen));
    for seen in &mut evidence {
        let reading = fields.of(seen.field);
        let excerpt = reading.excerpt(Span::new(seen.start, seen.end));
        excerpt.clone_into(&mut seen.excerpt);
    }
    set.conclude(evidence)
}

/// The fields as they are read.
pub(super) struct Fields<'r, 'a> {
    body: &'r Reading<'a>,
    name: Reading<'a>,
    email: Reading<'a>,
}

impl<'r, 'a> Fields<'r, 'a> {
    pub(super) const fn new(subject: &Subject<'a>, body: &'r Reading<'a>) -> Self {
        Self {
            body,
            name: Reading::new(subject.name),
            email: Reading::new(subject.email),
        }
    }

    /// A link stands in the body.
    const fn of(&self, field: Field) -> &Reading<'a> {
        match field {
            Field::Body | Field::Link => self.body,
            Field::Name => &self.name,
            Field::Email => &self.email,
        }
    }
}

/// Everything that any rule sees, also what only other rules rest on. Excerpts are left out: most of this is told to nobody.
pub(super) fn observe(
    set: &RuleSet,
    site: Option<&SiteWords>,
    context: Context,
    fields: &Fields<'_, '_>,
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for field in [Field::Body, Field::Name, Field::Email] {
        let reading = fields.of(field);
        if reading.raw().is_empty() && field != Field::Body {
            continue;
        }
        let own = site.map(|site| (site, site.find(field, reading, set.policy.toneless)));
        let allowed = own.as_ref().map(|(_, own)| &own.allowed);
        let mut seen = Vec::new();
        set.look(field, reading, allowed, &mut seen);
        let links = if field == Field::Body {
            links(reading)
        } else {
            Vec::new()
        };
        set.drop_contempt_in(&links, reading, &mut seen);
        set.measure(field, context, reading, &mut seen);
        if set.fields.contains(&Field::Link) {
            for link in links {
                let first = seen.len();
                let reading = Reading::new(reading.excerpt(link));
                set.look(Field::Link, &reading, None, &mut seen);
                for one in &mut seen[first..] {
                    one.span = one.span.shifted(link.start);
                }
            }
        }
        drop_inner(&mut seen);
        set.drop_lighter_guesses(&mut seen);
        let quoted = set.quotations(reading, &seen);
        let first = evidence.len();
        evidence.extend(seen.iter().map(|one| set.evidence(one, field, &quoted)));
        set.bound_quoted(&mut evidence[first..], &quoted);
        if let Some((site, own)) = &own {
            evidence.extend(site.evidence(field, own));
        }
    }
    let in_order = |a: &Evidence, b: &Evidence| {
        (a.field, a.start, &a.rule, a.end).cmp(&(b.field, b.start, &b.rule, b.end))
    };
    // A composite points where the first of what it goes by stands.
    evidence.sort_by(in_order);
    set.compose(&mut evidence);
    evidence.sort_by(in_order);
    evidence
}

impl RuleSet {
    fn look(
        &self,
        field: Field,
        reading: &Reading<'_>,
        allowed: Option<&Allowed>,
        seen: &mut Vec<Seen>,
    ) {
        if !self.fields.contains(&field) {
            return;
        }
        let reads = |rule: usize| self.rules[rule].fields.contains(&field);
        // Names are often typed without marks, and one syllable of a name may be any (*Le Van Cac*, *Vu Dit*).
        let may_be_name = |found: &Found| {
            field == Field::Name && found.view == View::Toneless && found.syllables < 2
        };
        self.words.find(reading, self.policy.toneless, |found| {
            let is_allowed = || allowed.is_some_and(|allowed| allowed.holds(found.span));
            if reads(found.owner) && !may_be_name(&found) && !is_allowed() {
                seen.push(Seen {
                    rule: found.owner,
                    span: found.span,
                    view: found.view,
                });
            }
        });
        for (&(view, on_links), patterns) in &self.patterns {
            if on_links != (field == Field::Link) {
                continue;
            }
            let derived = match view {
                View::Raw | View::Context | View::Hidden => None,
                View::Toned => Some(reading.canonical()),
                View::Toneless => Some(reading.toneless()),
            };
            let text = derived.map_or(reading.raw(), |traced| traced.text());
            patterns.find(text, |rule, bytes| {
                if reads(rule) {
                    let span = match derived {
                        Some(traced) => traced.source(bytes),
                        None => reading.span(bytes),
                    };
                    seen.push(Seen { rule, span, view });
                }
            });
        }
    }

    /// Leaves out contempt and threats that stand in the letters of an address: a page's name insults nobody. `ngu.vn` by itself may
    /// be an insult all the same.
    fn drop_contempt_in(&self, links: &[Span], reading: &Reading<'_>, seen: &mut Vec<Seen>) {
        let addresses: Vec<Span> = links
            .iter()
            .filter_map(|link| page_of(*link, reading))
            .collect();
        if addresses.is_empty() {
            return;
        }
        seen.retain(|one| {
            !is_contempt(self.rules[one.rule].category)
                || !addresses.iter().any(|address| address.holds(one.span))
        });
    }

    fn measure(&self, field: Field, context: Context, reading: &Reading<'_>, seen: &mut Vec<Seen>) {
        for (feature, asked) in self.features.get(&field).into_iter().flatten() {
            let measured = measure(*feature, context, reading);
            for &(rule, bound) in asked {
                seen.extend(measured.reaching(bound).iter().map(|&span| Seen {
                    rule,
                    span,
                    view: feature.view(),
                }));
            }
        }
    }

    /// Of the words that one row of hidden letters may be (`đ*t`), keeps the gravest: it is one word all the same.
    fn drop_lighter_guesses(&self, seen: &mut Vec<Seen>) {
        let gravest = |one: &Seen, seen: &[Seen]| {
            let weight = self.rules[one.rule].weight;
            seen.iter().all(|other| {
                let heavier = self.rules[other.rule].weight;
                other.view != View::Hidden
                    || other.span != one.span
                    || heavier < weight
                    || (heavier - weight <= f32::EPSILON && other.rule >= one.rule)
            })
        };
        if seen.iter().any(|one| one.view == View::Hidden) {
            let kept: Vec<bool> = seen
                .iter()
                .map(|one| one.view != View::Hidden || gravest(one, seen))
                .collect();
            let mut kept = kept.into_iter();
            seen.retain(|_| kept.next().unwrap_or(true));
        }
    }

    /// What is quoted in a field; nobody asks where nothing was seen that might be.
    fn quotations(&self, reading: &Reading<'_>, seen: &[Seen]) -> Vec<Span> {
        let may_be_quoted = |one: &Seen| is_about_words(self.rules[one.rule].category);
        if !seen.iter().any(may_be_quoted) {
            return Vec::new();
        }
        let told = &self.policy.quoted;
        let words = told.fewest_words..=told.most_words;
        quotations(reading.raw(), &words, &told.introduced_by)
    }

    fn evidence(&self, seen: &Seen, field: Field, quoted: &[Span]) -> Evidence {
        let rule = &self.rules[seen.rule];
        // Who repeats an insult in order to complain of it says less than who insults.
        let is_quoted = is_about_words(rule.category) && quoted.iter().any(|q| q.holds(seen.span));
        Evidence {
            rule: rule.id.clone(),
            category: rule.category,
            field,
            start: seen.span.start,
            end: seen.span.end,
            excerpt: String::new(),
            weight: if is_quoted {
                rule.weight * self.policy.quoted.weight
            } else {
                rule.weight
            },
            view: seen.view,
            cluster: None,
        }
    }

    /// Lets what is quoted in one field add no more than the policy says.
    fn bound_quoted(&self, evidence: &mut [Evidence], quoted: &[Span]) {
        let is_quoted = |one: &Evidence| {
            is_about_words(one.category)
                && quoted
                    .iter()
                    .any(|q| q.holds(Span::new(one.start, one.end)))
        };
        let all: f32 = evidence
            .iter()
            .filter(|one| is_quoted(one))
            .map(|one| one.weight)
            .sum();
        let most = self.policy.quoted.most;
        if all > most {
            for one in evidence.iter_mut().filter(|one| is_quoted(one)) {
                one.weight *= most / all;
            }
        }
    }

    /// Adds what the composites see in what the other rules saw.
    fn compose(&self, evidence: &mut Vec<Evidence>) {
        let simple = evidence.len();
        if simple == 0 {
            return;
        }
        for (place, composite) in &self.composites {
            if let Some(first) = composite.holds(&evidence[..simple]).cloned() {
                let rule = &self.rules[*place];
                if rule.fields.contains(&first.field) {
                    evidence.push(Evidence {
                        rule: rule.id.clone(),
                        category: rule.category,
                        weight: rule.weight,
                        ..first
                    });
                }
            }
        }
    }

    /// Whether evidence says anything to a person: it weighs something, or settles the comment.
    fn tells(&self, seen: &Evidence) -> bool {
        seen.weight > 0.0
            || self
                .rule(&seen.rule)
                .is_some_and(|rule| rule.action.is_some())
    }

    /// What follows from evidence, by the policy.
    #[must_use]
    pub fn conclude(&self, evidence: Vec<Evidence>) -> Verdict {
        let categories = self.policy.categories(&evidence);
        // `+ 0.0` because the sum of nothing is -0, which JSON would show.
        let score = categories.values().sum::<f32>() + 0.0;
        let settled = evidence
            .iter()
            .filter_map(|seen| {
                let rule = self.rule(&seen.rule)?;
                Some((rule.action?, &rule.id))
            })
            .filter(|(action, _)| *action != RuleAction::Hold)
            // The first of the greatest; `max_by_key` would give the last.
            .min_by_key(|(action, _)| Reverse(*action));
        Verdict {
            action: settled.map_or(RuleAction::Hold, |(action, _)| action),
            settled_by: settled.map(|(_, id)| id.clone()),
            categories,
            score,
            lane: self.policy.lane(score),
            evidence,
            rules_version: self.version.clone(),
        }
    }
}

/// Whether a category is about what is said to or of somebody, rather than what is offered or linked.
const fn is_about_words(category: Category) -> bool {
    matches!(
        category,
        Category::Profanity
            | Category::Insult
            | Category::Hate
            | Category::Threat
            | Category::Sexual
    )
}

/// Whether a category is of what somebody says to or of others, and nobody else's letters say by chance.
const fn is_contempt(category: Category) -> bool {
    matches!(
        category,
        Category::Insult | Category::Hate | Category::Threat
    )
}

/// The part of a link that is surely none of the sentence around it: all of it behind a scheme, else what follows the host.
fn page_of(link: Span, reading: &Reading<'_>) -> Option<Span> {
    let text = reading.excerpt(link);
    let at = match text.find("://") {
        Some(_) => 0,
        None => text.find('/')?,
    };
    let before = u32::try_from(text[..at].chars().count()).ok()?;
    Some(Span::new(link.start + before, link.end))
}

/// As many places as one rule points at in one field; a text of one word a thousand times says no more with the rest.
pub(super) const PLACES: usize = 20;

/// Leaves of one rule's matches those that lie in no other one of it: a phrase is not counted again for its words.
fn drop_inner(seen: &mut Vec<Seen>) {
    seen.sort_by_key(|one| (one.rule, one.span.start, Reverse(one.span.end)));
    let mut kept: Option<(usize, Span)> = None;
    seen.retain(|one| {
        let inner = kept.is_some_and(|(rule, span)| rule == one.rule && span.holds(one.span));
        if !inner {
            kept = Some((one.rule, one.span));
        }
        !inner
    });
    let mut places: (usize, usize) = (usize::MAX, 0);
    seen.retain(|one| {
        places = if places.0 == one.rule {
            (one.rule, places.1 + 1)
        } else {
            (one.rule, 1)
        };
        places.1 <= PLACES
    });
}
