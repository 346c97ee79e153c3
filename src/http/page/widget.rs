//! The widget's script: modules of ours, joined into the one file that a newspaper's page loads.

use super::tight::tight;

macro_rules! modules {
    ($($name:literal),+ $(,)?) => {
        /// What the script is made of, each after what it needs to begin with.
        const MODULES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../web/widget/", $name)))),+];
    };
}

modules! {
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
}

/// All modules as one. Their names are unique, so what they take from each other is there; comments, indentation and spaces that
/// mean nothing are left out. That is all: what a browser's debugger shows is still to be read.
#[must_use]
pub fn joined() -> String {
    let mut script = String::new();
    for (name, module) in MODULES {
        let lines = module.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !is_left_out(line));
        for line in lines {
            let line = line.strip_prefix("export ").unwrap_or(line);
            if *name == "style.js" {
                script.push_str(&tight_style(line));
            } else {
                script.push_str(line);
                script.push('\n');
            }
        }
    }
    tight(&script)
}

fn is_left_out(line: &str) -> bool {
    ["//", "/**", "import "]
        .iter()
        .any(|start| line.starts_with(start))
}

/// A line of a style sheet without the spaces around its signs.
fn tight_style(line: &str) -> String {
    [
        (": ", ":"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (";}", "}"),
    ]
    .iter()
    .fold(line.to_owned(), |line, (from, to)| line.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn only_spaces_that_part_nothing_are_left_out() {
        for (written, expected) in [
            ("const a = b + +c;", "const a=b+ +c;"),
            ("return 'a  b';", "return'a  b';"),
            ("x = /[^/ ]* +'/.exec(y) / 2;", "x=/[^/ ]* +'/.exec(y)/2;"),
            (
                "a = `x ${ b ? `${c }  d` : '}' }  y` ;",
                "a=`x ${ b ? `${c }  d` : '}' }  y`;",
            ),
            ("'it\\' s' in of", "'it\\' s'in of"),
            ("a instanceof B", "a instanceof B"),
            (
                "f([\n1,\n2]);\nif (a) {\nb()\n}\nc",
                "f([1,2]);if(a){b()\n}\nc",
            ),
        ] {
            assert_eq!(tight(written), expected);
        }
    }

    #[test]
    fn no_two_modules_use_a_name() {
        let mut names = HashSet::new();
        for (module, text) in MODULES {
            for line in text.lines() {
                let line = line.strip_prefix("export ").unwrap_or(line);
                let line = line.strip_prefix("async ").unwrap_or(line);
                let Some((kind, rest)) = line.split_once(' ') else {
                    continue;
                };
                if ["const", "let", "class", "function"].contains(&kind) {
                    let name = rest.split(|one: char| !one.is_alphanumeric()).next();
                    let name = name.expect("a name");
                    assert!(names.insert(name), "{name} of {module} is another's too");
                }
            }
        }
    }

    #[test]
    fn each_module_stands_after_what_it_takes_and_takes_what_is_there() {
        for (module, text) in MODULES {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let (names, from) = line.split_once(" } from './").expect("an import");
                let from = from.trim_end_matches("';");
                let (_, source) = MODULES
                    .iter()
                    .find(|(name, _)| *name == from)
                    .unwrap_or_else(|| panic!("{module} takes from {from}, which is not there"));
                for name in names.trim_start_matches("import { ").split(", ") {
                    let has = ["const", "function", "async function", "class"]
                        .iter()
                        .any(|kind| {
                            let declared = format!("export {kind} {name}");
                            source.lines().any(|line| {
                                line.strip_prefix(&declared)
                                    .is_some_and(|rest| rest.starts_with([' ', '(']))
                            })
                        });
                    assert!(has, "{module} takes {name} from {from}, which has none");
                }
            }
        }
    }
}
