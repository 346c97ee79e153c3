//! The routes that there are, read from the source: none is forgotten.

use std::collections::BTreeSet;
use std::path::Path;

use super::tables::{operations, pages};
use crate::support::document;

/// The routes of the source: `GET /queue`, each with whether the document tells of it.
fn routes() -> Vec<(String, bool)> {
    let (mut folders, mut found) = (
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http")],
        Vec::new(),
    );
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == "rs") {
                found.extend(routes_of(&std::fs::read_to_string(&path).expect("source")));
            }
        }
    }
    found
}

fn routes_of(source: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut is_documented = false;
    for line in source.lines() {
        if line.starts_with("#[utoipa::path") {
            is_documented = true;
        }
        if line.starts_with("pub async fn") || line.starts_with("async fn") {
            is_documented = false;
        }
        for name in ["get", "post", "put", "patch", "delete"] {
            let Some(rest) = line.strip_prefix(&format!("#[{name}(\"")) else {
                continue;
            };
            let path = rest.split('"').next().expect("a path");
            found.push((format!("{} {path}", name.to_uppercase()), is_documented));
        }
    }
    // Another way to write a route would hide it from this list.
    let is_list_keeper = source.contains("pub struct Routes");
    assert!(
        is_list_keeper || !source.contains("web::resource(") && !source.contains(".route("),
        "a route that is in no list"
    );
    found.extend(listed(source));
    found
}

/// The routes that the document does not have: `routes.get("/queue", …)`.
fn listed(source: &str) -> Vec<(String, bool)> {
    let of = |method: &'static str| {
        let calls = source.split(method).skip(1);
        let paths = calls.filter_map(|call| call.trim_start().strip_prefix("\"/"));
        paths.map(move |rest| {
            let path = rest.split('"').next().expect("a path");
            let name = method.trim_matches(['.', '(']).to_uppercase();
            (format!("{name} /{path}"), false)
        })
    };
    let is_list = source.contains("Routes<'_>");
    [".get(", ".post("]
        .into_iter()
        .filter(|_| is_list)
        .flat_map(of)
        .collect()
}

#[test]
fn every_route_has_a_line() {
    let sorted = |routes: Vec<&str>| {
        routes
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<String>>()
    };
    let documented: BTreeSet<String> = document()["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, operations)| {
            let names = operations.as_object().expect("operations").keys();
            let names = names.filter(|name| *name != "parameters");
            names.map(move |name| format!("{} {path}", name.to_uppercase()))
        })
        .collect();
    let told = sorted(operations().into_iter().map(|(route, ..)| route).collect());
    assert_eq!(told, documented);
    // The demonstration's article is only there in the demonstration.
    let shown: BTreeSet<String> = routes()
        .into_iter()
        .filter(|(route, is_documented)| !is_documented && !route.starts_with("GET /demo/"))
        .map(|(route, _)| route)
        .collect();
    assert!(shown.len() > 40, "{shown:?}");
    assert_eq!(
        sorted(pages().into_iter().map(|(route, ..)| route).collect()),
        shown
    );
    let all = routes()
        .into_iter()
        .filter(|(_, is_documented)| *is_documented)
        .count();
    assert_eq!(all, documented.len());
}
