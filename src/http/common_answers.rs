//! Answers that many documented operations have in common, added to each of them in the OpenAPI document.

use utoipa::openapi::path::Operation;
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::{Content, PathItem, Ref, RefOr, Response, ResponseBuilder};

/// How a problem is told to programs, and to people.
const DETAILS: &str = "application/problem+json";
const PAGE: &str = "text/html";
/// How a form's fields are sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// Adds them to the operations of a path.
pub fn add_to(path: &mut PathItem) {
    let operations = [
        &mut path.get,
        &mut path.post,
        &mut path.put,
        &mut path.patch,
        &mut path.delete,
    ];
    for operation in operations.into_iter().flatten() {
        may_be_busy(operation);
        let Some(RefOr::T(body)) = operation.request_body.clone() else {
            continue;
        };
        takes_no_coding(operation);
        if takes_forms(&body) {
            tells_browsers_by_a_page(operation);
        }
    }
}

/// Whatever needs the database can find it away.
fn may_be_busy(operation: &mut Operation) {
    let said = "The service is busy or its database is away; nothing was changed. Try again after `Retry-After` seconds";
    add(operation, "503", said);
}

/// No body is taken compressed.
fn takes_no_coding(operation: &mut Operation) {
    let said = "A content type or a content coding (`Content-Encoding`) that is not taken";
    add(operation, "415", said);
}

fn add(operation: &mut Operation, status: &str, said: &str) {
    let content = Content::builder()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let answer = ResponseBuilder::new()
        .description(said)
        .content(DETAILS, content)
        .build();
    let responses = &mut operation.responses.responses;
    responses
        .entry(status.to_owned())
        .or_insert(RefOr::T(answer));
}

fn takes_forms(body: &RequestBody) -> bool {
    body.content.contains_key(FORM)
}

/// Whoever posts a form from a browser looks at what comes back: a problem is a page to them.
fn tells_browsers_by_a_page(operation: &mut Operation) {
    for answer in operation.responses.responses.values_mut() {
        if let RefOr::T(answer) = answer
            && is_problem(answer)
        {
            let page = Content::builder().build();
            answer.content.insert(PAGE.to_owned(), RefOr::T(page));
        }
    }
}

fn is_problem(answer: &Response) -> bool {
    answer.content.contains_key(DETAILS)
}
