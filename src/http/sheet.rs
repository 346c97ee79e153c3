//! Rows for office programs: CSV as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it, and no cell a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// Tells Excel that what follows is UTF-8.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// With these a formula begins, also as written in full width and small (OWASP, CSV Injection).
const FORMULA: [char; 12] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '−',
];

/// The text as a cell that no office program computes: behind an apostrophe where it could begin a formula. Blanks and signs that
/// nobody sees are no beginning, since some programs leave them out.
fn cell(text: &str) -> String {
    let unseen = |c: char| c.is_whitespace() || c.is_control() || is_format(c);
    let first = text.trim_start_matches(unseen).chars().next();
    let begins_in_control = text.starts_with(['\t', '\r', '\n', '\0']);
    let is_formula = first.is_some_and(|c| FORMULA.contains(&c));
    if is_formula || begins_in_control {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn is_format(c: char) -> bool {
    use unicode_general_category::{GeneralCategory, get_general_category};
    get_general_category(c) == GeneralCategory::Format
}

/// Rows as bytes, each cell in quotes, no cell a formula.
pub fn rows<'a, R: AsRef<[String]> + 'a>(
    rows: impl IntoIterator<Item = R>,
) -> csv::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.as_ref().iter().map(|text| cell(text)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let records = reader.records().map(|record| record.expect("a record"));
        records
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn no_cell_is_a_formula() {
        for hostile in [
            "=HYPERLINK(\"https://khac.example\")",
            "+84 912 345 678",
            "-1+1",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            "\t=1",
            "\r\n=1",
            "\n",
            " =1",
            "\u{200b}=1",
            "\u{feff}=1",
            "\u{202e}=1",
        ] {
            assert_eq!(cell(hostile), format!("'{hostile}"), "{hostile:?}");
        }
        for plain in ["", "Lan", "'=1", "a=b", "1-2", "“=1”", "Nguyễn Văn An"] {
            assert_eq!(cell(plain), plain);
        }
    }

    #[test]
    fn every_cell_is_quoted_and_every_line_ends_as_it_should() {
        let row = ["Lan", "nói \"à\"", "hai\ndòng", ""].map(str::to_owned);
        let bytes = rows([&row[..]]).expect("rows");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\"Lan\",\"nói \"\"à\"\"\",\"hai\ndòng\",\"\"\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(cells in prop::collection::vec(".*", 1..6)) {
            let bytes = rows([&cells]).expect("rows");
            let read = read(&bytes);
            prop_assert_eq!(read.len(), 1);
            for (cell, read) in cells.iter().zip(&read[0]) {
                let guarded = format!("'{cell}");
                prop_assert!(read == cell || *read == guarded);
                prop_assert!(!read.trim_start().starts_with(['=', '+', '-', '@']));
            }
        }
    }
}
