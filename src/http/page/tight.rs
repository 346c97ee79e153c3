//! Scripts as they travel: without what only their authors need. What a browser's debugger shows is still to be read.

use std::iter::Peekable;
use std::str::Chars;

/// A module of ours without its comments, its indentation and spaces that mean nothing.
#[must_use]
pub fn lean(module: &str) -> String {
    let is_comment = |line: &&str| line.starts_with("//") || line.starts_with("/**");
    let lines = module.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !is_comment(line));
    let text: Vec<&str> = lines.collect();
    tight(&(text.join("\n") + "\n"))
}

/// A script without the spaces and ends of lines that part nothing. Texts, templates and patterns stay as they are.
pub(super) fn tight(script: &str) -> String {
    let mut tight = String::with_capacity(script.len());
    let mut rest = script.chars().peekable();
    while let Some(one) = rest.next() {
        let before = tight.chars().next_back().unwrap_or('\n');
        match one {
            '\'' | '"' => {
                tight.push(one);
                copy_until(&mut rest, &mut tight, one);
            }
            '`' => {
                tight.push(one);
                copy_template(&mut rest, &mut tight);
            }
            // A sign before it can end no value, so it begins a pattern.
            '/' if "(,=:[!&|?{;\n".contains(before) => {
                tight.push(one);
                copy_until(&mut rest, &mut tight, one);
            }
            ' ' if !parts(before, rest.peek().copied()) => {}
            '\n' if ";{,([".contains(before) => {}
            _ => tight.push(one),
        }
    }
    tight
}

/// Whether a space between these two means something.
fn parts(before: char, after: Option<char>) -> bool {
    let is_word = |one: char| one.is_alphanumeric() || "_$#".contains(one);
    after.is_some_and(|after| {
        (is_word(before) && is_word(after)) || (before == after && "+-".contains(before))
    })
}

/// Copies up to the sign that ends a text or a pattern, and that one. In a pattern's class it is only a letter.
fn copy_until(rest: &mut Peekable<Chars<'_>>, copy: &mut String, end: char) {
    let mut is_class = false;
    while let Some(one) = rest.next() {
        copy.push(one);
        match one {
            '\\' => copy.extend(rest.next()),
            '[' if end == '/' => is_class = true,
            ']' => is_class = false,
            _ if one == end && !is_class => return,
            _ => {}
        }
    }
}

/// Copies up to the end of a template, with the templates in it.
fn copy_template(rest: &mut Peekable<Chars<'_>>, copy: &mut String) {
    while let Some(one) = rest.next() {
        copy.push(one);
        match one {
            '\\' => copy.extend(rest.next()),
            '`' => return,
            '$' if rest.peek() == Some(&'{') => copy_inset(rest, copy),
            _ => {}
        }
    }
}

/// Copies what stands between the braces in a template.
fn copy_inset(rest: &mut Peekable<Chars<'_>>, copy: &mut String) {
    let mut depth = 0;
    while let Some(one) = rest.next() {
        copy.push(one);
        match one {
            '{' => depth += 1,
            '}' => depth -= 1,
            '`' => copy_template(rest, copy),
            '\'' | '"' => copy_until(rest, copy, one),
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn what_only_authors_need_stays_behind() {
        let module = "// What it is.\nimport { a } from './a.js';\n\n/** Says it. */\nexport const b = (one) => {\n  // Why.\n  return a(one, '// kept');\n};\n";
        let sent = "import{a}from'./a.js';export const b=(one)=>{return a(one,'// kept');};";
        assert_eq!(lean(module).trim_end(), sent);
    }
}
