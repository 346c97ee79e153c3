//! What is wrong with a field, as a code; the words for it are chosen where it is told.

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, as the reader's form or program calls it.
    pub field: String,
    /// What is wrong; names a message.
    pub code: &'static str,
    /// What the message needs to say: limits and lengths.
    pub numbers: Vec<(&'static str, usize)>,
    /// What the reader may have meant, where that can be guessed. Always itself something that passes.
    pub suggestion: Option<String>,
    /// What it quotes of what was typed.
    pub texts: Vec<(&'static str, String)>,
}

impl FieldError {
    /// Something wrong that needs no numbers to be told.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self {
            field: field.into(),
            code,
            numbers: Vec::new(),
            suggestion: None,
            texts: Vec::new(),
        }
    }

    /// The same, with a quotation for the message.
    #[must_use]
    pub fn quoting(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.texts.push((name, text.into()));
        self
    }

    /// The same, with a number for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, number: usize) -> Self {
        self.numbers.push((name, number));
        self
    }

    /// The same, with what may have been meant.
    #[must_use]
    pub fn suggesting(mut self, meant: impl Into<String>) -> Self {
        self.suggestion = Some(meant.into());
        self
    }
}

/// Collects what is wrong, so that the reader hears everything at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// The value, or nothing and its error noted.
    pub fn take<T>(&mut self, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    /// Notes an error.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// Everything noted.
    #[must_use]
    pub fn into_errors(self) -> Vec<FieldError> {
        self.0
    }
}
