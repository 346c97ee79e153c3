use serde_json::{Value, json};

use super::*;

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Duyệt", "version": "0.1.0", "description": "Comments."},
        "tags": [{"name": "readers", "description": "From a page."}, {"name": "unused"}],
        "paths": {
            "/api/v1/sites/{site}/comments": {
                "parameters": [{"name": "site", "in": "path", "required": true,
                    "schema": {"type": "string"}, "example": "demo"}],
                "post": {
                    "tags": ["readers"], "operationId": "submit", "summary": "Send a comment",
                    "parameters": [{"name": "Idempotency-Key", "in": "header",
                        "schema": {"type": ["string", "null"]}}],
                    "requestBody": {"required": true, "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Submission"}}}},
                    "responses": {
                        "202": {"description": "Kept.", "content": {"application/json": {
                            "schema": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}},
                            "example": {"id": "1"}}}},
                        "422": {"$ref": "#/components/responses/Invalid"}
                    }
                },
                "get": {"tags": ["readers"], "summary": "Read",
                    "parameters": [{"name": "article", "in": "query", "required": true,
                        "schema": {"type": "string", "format": "uri"}}],
                    "responses": {"200": {"description": "A list."}}}
            },
            "/api/v1/moderation/decisions": {
                "post": {"security": [{"token": []}, {"session": []}], "deprecated": true,
                    "requestBody": {"content": {"application/x-www-form-urlencoded": {
                        "schema": {"$ref": "#/components/schemas/Decision"}}}},
                    "responses": {}}
            }
        },
        "components": {
            "responses": {"Invalid": {"description": "Something is wrong."}},
            "schemas": {
                "Submission": {"type": "object", "required": ["article", "name"], "properties": {
                    "article": {"$ref": "#/components/schemas/Article"},
                    "name": {"type": "string", "description": "Shown.", "example": "O'Lan"},
                    "parent": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Article"}]}
                }},
                "Article": {"type": "object", "description": "A page.", "required": ["url"], "properties": {
                    "url": {"type": "string", "format": "uri"},
                    "within": {"$ref": "#/components/schemas/Article"}
                }},
                "Decision": {"type": "object", "required": ["action"], "properties": {
                    "action": {"$ref": "#/components/schemas/Action"},
                    "comments": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
                }},
                "Action": {"type": "string", "enum": ["approve", "reject"]}
            }
        }
    })
}

fn api() -> Api {
    Api::read(&document(), "https://duyet.example/")
}

fn operation(group: usize, at: usize) -> Operation {
    api().groups[group].operations[at].clone()
}

#[test]
fn operations_stand_under_their_tags_and_empty_tags_are_left_out() {
    let names: Vec<(String, usize)> = api()
        .groups
        .iter()
        .map(|group| (group.name.clone(), group.operations.len()))
        .collect();
    assert_eq!(names, [("readers".to_owned(), 2), (String::new(), 1)]);
    assert_eq!(api().groups[0].description, "From a page.");
}

#[test]
fn parameters_of_the_path_and_of_the_operation_are_both_there() {
    let submit = operation(0, 1);
    assert_eq!(
        (submit.method.as_str(), submit.anchor.as_str()),
        ("POST", "op-submit")
    );
    let names: Vec<(&str, &str, bool)> = submit
        .parameters
        .iter()
        .map(|one| {
            (
                one.field.name.as_str(),
                one.field.kind.as_str(),
                one.field.is_required,
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            ("site", "string", true),
            ("Idempotency-Key", "string | null", false)
        ]
    );
}

#[test]
fn a_schema_that_contains_itself_ends() {
    let rows = &operation(0, 1).bodies[0].fields;
    let row = |name: &str| rows.iter().find(|row| row.name == name);
    let url = row("article.url").expect("nested");
    assert_eq!((url.kind.as_str(), url.is_required), ("string (uri)", true));
    assert_eq!(row("article").expect("there").description, "A page.");
    assert_eq!(row("parent").expect("there").kind, "null | Article");
    assert!(row("parent.url").is_some());
    assert!(rows.len() < 30, "{} rows", rows.len());
}

#[test]
fn responses_follow_references_and_keep_their_examples() {
    let responses = operation(0, 1).responses;
    assert_eq!(responses[0].contents[0].example, "{\n  \"id\": \"1\"\n}");
    assert_eq!(responses[0].contents[0].fields[0].kind, "string (uuid)");
    assert_eq!(responses[1].description, "Something is wrong.");
    assert!(responses[1].contents.is_empty());
}

#[test]
fn a_command_is_quoted_for_the_shell() {
    let read = operation(0, 0);
    assert_eq!(
        read.curl,
        "curl 'https://duyet.example/api/v1/sites/demo/comments?article=https%3A%2F%2Fbao.example%2Fbai-1.html'"
    );
    let submit = operation(0, 1);
    assert!(
        submit
            .curl
            .starts_with("curl -X POST 'https://duyet.example/api/")
    );
    assert!(
        submit.curl.contains(r#""name": "O'\''Lan""#),
        "{}",
        submit.curl
    );
}

#[test]
fn security_words_and_forms_are_read() {
    let decide = operation(1, 0);
    assert!(decide.is_secured && decide.is_deprecated);
    assert!(!operation(0, 0).is_secured);
    assert_eq!(decide.bodies[0].fields[0].kind, r#""approve" | "reject""#);
    assert_eq!(decide.bodies[0].fields[2].name, "comments[].id");
    assert!(
        decide.bodies[0]
            .example
            .starts_with("action=approve&comments=")
    );
    assert!(decide.curl.contains("Authorization: Bearer TOKEN"));
}

#[test]
fn a_document_of_another_shape_leaves_gaps_not_a_panic() {
    for odd in [
        json!(null),
        json!([]),
        json!({"paths": [1], "tags": 3, "info": "x"}),
        json!({"paths": {"/a": {"get": 1, "post": {"responses": [], "parameters": {}}}}}),
    ] {
        let _ = Api::read(&odd, "");
    }
}
