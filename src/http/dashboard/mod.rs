//! The moderators' pages. Every form works without JavaScript.

pub mod account;
pub mod articles;
pub mod authors;
pub mod backtests;
pub mod bans;
mod brief;
mod card_view;
pub mod deciding;
pub mod forgotten;
pub mod history;
mod list;
pub mod mailed;
pub mod members;
mod named;
pub mod numbers;
pub mod outbox;
pub mod queue;
pub mod rules;
pub mod settings;
pub mod sign_in;
mod signed_in;
pub mod site_words;
pub mod webhook;
pub mod webhooks;

use crate::http::page::FieldError;
use crate::http::problem::{FieldProblem, Problem};
use crate::messages::Messages;

/// The fields of a problem in words, for the page that shows the form again.
fn told(problem: &Problem, t: Messages) -> Vec<FieldError> {
    let errors = problem.errors.iter();
    errors
        .map(|error| FieldProblem::told(error, t))
        .map(|error| FieldError {
            field: error.field,
            message: error.message,
        })
        .collect()
}
