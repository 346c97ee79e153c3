//! Whether a comment, as it is, is what a place asks for: for those that the index has not, or has otherwise.

use std::collections::HashMap;

use super::place::Place;
use crate::domain::{Comment, Evidence};
use crate::store::db::Db;
use crate::store::error::Result;
use crate::store::search::fields;
use crate::store::{articles, evidence};
use crate::text::Phrase;

/// Those of the comments that are.
pub(super) fn fitting(db: &mut Db, place: &Place, mut some: Vec<Comment>) -> Result<Vec<Comment>> {
    some.retain(|comment| {
        let is = place;
        is.status.is_none_or(|status| status == comment.status)
            && is.lane.is_none_or(|lane| lane == comment.lane)
            && is.article.is_none_or(|article| article == comment.article)
            && is
                .author
                .as_ref()
                .is_none_or(|key| *key == comment.email_key)
            && is
                .phrase
                .as_ref()
                .is_none_or(|phrase| says(comment, phrase))
    });
    let mut some = in_sections(db, place, some)?;
    let asks_evidence =
        !place.rules.is_empty() || place.category.is_some() || place.cluster.is_some();
    if asks_evidence && !some.is_empty() {
        let revisions: HashMap<_, _> = some
            .iter()
            .map(|comment| (comment.id, comment.revision))
            .collect();
        let seen = evidence::of_comments(db, place.site, &revisions)?;
        some.retain(|comment| {
            let seen = seen.get(&comment.id).map_or(&[][..], Vec::as_slice);
            was_seen(place, comment, seen)
        });
    }
    Ok(some)
}

/// Those of them that stand under articles of the place's sections, as the articles are now.
pub(super) fn in_sections(
    db: &mut Db,
    place: &Place,
    mut some: Vec<Comment>,
) -> Result<Vec<Comment>> {
    if place.sections.is_empty() || some.is_empty() {
        return Ok(some);
    }
    let under: Vec<_> = some.iter().map(|comment| comment.article).collect();
    let articles = articles::by_ids(db, place.site, &under)?;
    some.retain(|comment| {
        let article = articles.get(&comment.article);
        let section = article.and_then(|article| article.section.as_ref());
        let in_one = |some: &Vec<String>| section.is_some_and(|section| some.contains(section));
        place.sections.iter().all(in_one)
    });
    Ok(some)
}

fn was_seen(place: &Place, comment: &Comment, seen: &[Evidence]) -> bool {
    let any = |is: &dyn Fn(&Evidence) -> bool| seen.iter().any(is);
    (place.rules.is_empty() || any(&|one| place.rules.contains(&one.rule)))
        && place
            .category
            .is_none_or(|category| any(&|one| one.category == category))
        && place.cluster.is_none_or(|first| {
            comment.id == first || any(&|one| one.cluster.is_some_and(|is| is.first == first))
        })
}

/// Whether text, name or email have a phrase in them.
pub(super) fn says(comment: &Comment, phrase: &Phrase) -> bool {
    fields(comment).iter().any(|field| phrase.is_in(field))
}
