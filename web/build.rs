//! Makes scripts of ours small when the service is built: the modules of the dashboard each by itself, and those of the widget joined into the
//! one file that a newspaper's page loads.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::path::Path;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// What the script is made of, each after what it needs to begin with.
const MODULES: [&str; 15] = [
    "words.js",
    "style.js",
    "dom.js",
    "server.js",
    "shelf.js",
    "work.js",
    "sending.js",
    "panel.js",
    "report.js",
    "comment.js",
    "own.js",
    "list.js",
    "form.js",
    "element.js",
    "count.js",
];

fn main() {
    println!("cargo::rerun-if-changed=web/build.rs");
    println!("cargo::rerun-if-changed=web/widget");
    println!("cargo::rerun-if-changed=web/assets");
    let folder = std::env::var("OUT_DIR").expect("Cargo names a folder");
    let folder = Path::new(&folder);
    make_dashboard(folder);
    make_widget(folder);
}

fn make_dashboard(folder: &Path) {
    for entry in std::fs::read_dir("web/assets").expect("the dashboard's assets") {
        let path = entry.expect("an asset").path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let name = path.file_name().expect("a name");
            std::fs::write(folder.join(name), small(&read(&path))).expect("room for a file");
        }
    }
}

fn make_widget(folder: &Path) {
    let modules = MODULES.map(|name| (name, read(&Path::new("web/widget").join(name))));
    check(&modules);
    let script = small(&joined(&modules));
    std::fs::write(folder.join("widget.js"), script).expect("room for a file");
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All modules as one. Their names are unique, so what they take from each other is there.
fn joined(modules: &[(&str, String)]) -> String {
    let mut script = String::new();
    for (name, module) in modules {
        let lines = module.lines().filter(|line| !line.starts_with("import "));
        let lines = lines.map(|line| line.strip_prefix("export ").unwrap_or(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        let is_style = *name == "style.js";
        script.push_str(&if is_style { tight_style(&text) } else { text });
        script.push('\n');
    }
    script
}

/// A style sheet on one line, without the spaces around its signs. What is script beside it ends each statement with a semicolon.
fn tight_style(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("//"));
    let line = lines.map(str::trim).collect::<String>();
    [
        (": ", ":"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (" }", "}"),
        (";}", "}"),
    ]
    .iter()
    .fold(line, |line, (from, to)| line.replace(from, to))
}

/// The same script with short names and nothing that means nothing.
fn small(script: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::mjs()).parse();
    assert!(
        parsed.errors.is_empty(),
        "{:?} in:\n{script}",
        parsed.errors
    );
    let mut program = parsed.program;
    let minifier = Minifier::new(MinifierOptions {
        mangle: Some(MangleOptions {
            top_level: true,
            ..MangleOptions::default()
        }),
        compress: Some(CompressOptions::default()),
    });
    let scoping = minifier.minify(&allocator, &mut program).scoping;
    Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(scoping)
        .build(&program)
        .code
}

/// Joined, the modules have one room for their names, and what one takes from another must be there.
fn check(modules: &[(&str, String)]) {
    let mut names = HashMap::new();
    for (module, text) in modules {
        for name in text.lines().filter_map(declared) {
            let other = names.insert(name, module);
            assert!(
                other.is_none(),
                "web/widget: {name} of {module} is another's too"
            );
        }
    }
    for (module, text) in modules {
        for line in text.lines().filter(|line| line.starts_with("import ")) {
            let (taken, from) = line.split_once(" } from './").expect("an import of ours");
            let from = from.trim_end_matches("';");
            for name in taken.trim_start_matches("import { ").split(", ") {
                let of = names.get(name).copied();
                assert!(
                    of == Some(&from),
                    "web/widget: {module} takes {name} from {from}, which has none"
                );
            }
        }
    }
}

/// The name that a line declares for all of its module.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let (kind, rest) = line.split_once(' ')?;
    let declares = ["const", "let", "class", "function"].contains(&kind);
    declares.then(|| {
        rest.split(|one: char| !one.is_alphanumeric())
            .next()
            .unwrap_or_default()
    })
}
