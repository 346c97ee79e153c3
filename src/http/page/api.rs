//! Reads an OpenAPI 3.1 document into what its page shows.

mod curl;
mod schema;
#[cfg(test)]
mod tests;

use serde_json::Value;

use schema::Schemas;

/// A whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// The service's name.
    pub title: String,
    /// The document's version.
    pub version: String,
    /// What the service is.
    pub description: String,
    /// Operations that belong together, in the order of the document's tags.
    pub groups: Vec<Group>,
}

/// The operations of one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The tag; empty for operations without one.
    pub name: String,
    /// What they have in common.
    pub description: String,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its anchor on the page.
    pub anchor: String,
    /// In capitals.
    pub method: String,
    /// With its variables in braces.
    pub path: String,
    /// In one line.
    pub summary: String,
    /// At length.
    pub description: String,
    /// Whether it needs authorisation.
    pub is_secured: bool,
    /// Whether it will go away.
    pub is_deprecated: bool,
    /// What stands in path, query and headers.
    pub parameters: Vec<Parameter>,
    /// What may be sent, one for each media type.
    pub bodies: Vec<Content>,
    /// What comes back.
    pub responses: Vec<Response>,
    /// The call as a command.
    pub curl: String,
}

/// A value in path, query or header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Where it stands: `path`, `query`, `header`.
    pub place: String,
    /// Its name, type and meaning.
    pub field: FieldRow,
}

/// What is sent or comes back in one media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// The type as a whole.
    pub kind: String,
    /// Its fields, nested ones by their path.
    pub fields: Vec<FieldRow>,
    /// An example, as JSON or as a form's pairs.
    pub example: String,
}

/// One field of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRow {
    /// Its path: `article.url`, `comments[].id`.
    pub name: String,
    /// Its type, for people.
    pub kind: String,
    /// Whether it must be there.
    pub is_required: bool,
    /// What it means.
    pub description: String,
}

/// What comes back under one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status, or `default`.
    pub status: String,
    /// When and why.
    pub description: String,
    /// Its contents, one for each media type.
    pub contents: Vec<Content>,
}

const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];

impl Api {
    /// Reads `document`. `base` is where the service is reached (`https://duyet.example`), for
    /// the commands. What is missing is left empty: a page with a gap is better than none.
    #[must_use]
    pub fn read(document: &Value, base: &str) -> Self {
        let info = &document["info"];
        let mut api = Self {
            title: text(&info["title"]),
            version: text(&info["version"]),
            description: text(&info["description"]),
            groups: list(&document["tags"])
                .map(|tag| Group {
                    name: text(&tag["name"]),
                    description: text(&tag["description"]),
                    operations: Vec::new(),
                })
                .collect(),
        };
        let reader = Reader {
            schemas: Schemas::of(document),
            document,
            base: base.trim_end_matches('/'),
        };
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    let tag = text(&operation["tags"][0]);
                    let read = reader.operation(path, item, method, operation);
                    api.group(tag).operations.push(read);
                }
            }
        }
        api.groups.retain(|group| !group.operations.is_empty());
        api
    }

    fn group(&mut self, name: String) -> &mut Group {
        let at = self.groups.iter().position(|group| group.name == name);
        let at = at.unwrap_or_else(|| {
            self.groups.push(Group {
                name,
                description: String::new(),
                operations: Vec::new(),
            });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }
}

struct Reader<'a> {
    schemas: Schemas<'a>,
    document: &'a Value,
    base: &'a str,
}

impl Reader<'_> {
    fn operation(&self, path: &str, item: &Value, method: &str, from: &Value) -> Operation {
        let parameters: Vec<&Value> = list(&item["parameters"])
            .chain(list(&from["parameters"]))
            .map(|parameter| self.schemas.resolve(parameter))
            .collect();
        let bodies = self.contents(self.schemas.resolve(&from["requestBody"]));
        let security = from.get("security").unwrap_or(&self.document["security"]);
        // An empty requirement among the alternatives means that none is needed.
        let is_secured = list(security).next().is_some()
            && list(security).all(|one| one.as_object().is_some_and(|names| !names.is_empty()));
        let method = method.to_uppercase();
        let curl = curl::command(
            &format!("{}{path}", self.base),
            &method,
            is_secured,
            &self.schemas,
            &parameters,
            bodies.first(),
        );
        Operation {
            anchor: anchor(from["operationId"].as_str(), &method, path),
            summary: text(&from["summary"]),
            description: text(&from["description"]),
            is_secured,
            is_deprecated: from["deprecated"] == true,
            parameters: parameters
                .into_iter()
                .map(|parameter| self.parameter(parameter))
                .collect(),
            responses: from["responses"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(status, response)| {
                    let response = self.schemas.resolve(response);
                    Response {
                        status: status.clone(),
                        description: text(&response["description"]),
                        contents: self.contents(response),
                    }
                })
                .collect(),
            bodies,
            curl,
            method,
            path: path.to_owned(),
        }
    }

    fn parameter(&self, parameter: &Value) -> Parameter {
        let schema = &parameter["schema"];
        let described = text(&parameter["description"]);
        Parameter {
            place: text(&parameter["in"]),
            field: FieldRow {
                name: text(&parameter["name"]),
                kind: self.schemas.kind(schema),
                is_required: parameter["required"] == true,
                description: if described.is_empty() {
                    self.schemas.description(schema)
                } else {
                    described
                },
            },
        }
    }

    fn contents(&self, of: &Value) -> Vec<Content> {
        of["content"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(media_type, content)| {
                let schema = &content["schema"];
                let example = content
                    .get("example")
                    .or_else(|| {
                        let examples = content["examples"].as_object()?;
                        self.schemas.resolve(examples.values().next()?).get("value")
                    })
                    .cloned()
                    .unwrap_or_else(|| self.schemas.sample(schema));
                Content {
                    media_type: media_type.clone(),
                    kind: self.schemas.kind(schema),
                    fields: self.schemas.fields(schema),
                    example: curl::written(media_type, &example),
                }
            })
            .collect()
    }
}

/// The operation's own id where it is fit for an address, else made of method and path.
fn anchor(id: Option<&str>, method: &str, path: &str) -> String {
    let name = id.map_or_else(|| format!("{method}{path}"), str::to_owned);
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    format!("op-{}", name.chars().map(safe).collect::<String>())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
