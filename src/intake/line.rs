//! What members of the paper write to each other: plain, on one line.

use super::FieldError;

/// A text of 1 to `most` characters, its spaces and line ends made single spaces.
pub fn one_line(field: &str, typed: &str, most: usize) -> Result<String, FieldError> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Err(FieldError::new(field, "text-required"));
    }
    if line.chars().count() > most {
        return Err(FieldError::new(field, "text-too-long").with("max", most));
    }
    if line.contains(char::is_control) {
        return Err(FieldError::new(field, "text-control"));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        let read = |typed: &str| one_line("reason", typed, 8).map_err(|error| error.code);
        assert_eq!(read("a \r\n b"), Ok("a b".to_owned()));
        assert_eq!(read("12345678"), Ok("12345678".to_owned()));
        assert_eq!(read("123456789"), Err("text-too-long"));
        assert_eq!(read(" \n"), Err("text-required"));
        assert_eq!(read("a\0b"), Err("text-control"));
    }
}
