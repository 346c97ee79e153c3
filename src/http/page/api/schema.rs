//! Schemas of an OpenAPI document, as a type for people, rows of a table, and an example.

use serde_json::{Map, Value, json};

use super::{FieldRow, list, text};

/// Deep enough for any body of ours, and an end for schemas that contain themselves.
const DEPTH: usize = 6;

/// The document that references point into.
pub struct Schemas<'a> {
    document: &'a Value,
}

impl<'a> Schemas<'a> {
    pub fn of(document: &'a Value) -> Self {
        Self { document }
    }

    /// What `value` refers to, or `value` itself. Only references into the document are followed.
    pub fn resolve<'b>(&self, value: &'b Value) -> &'b Value
    where
        'a: 'b,
    {
        let mut value = value;
        for _ in 0..DEPTH {
            let Some(reference) = value["$ref"].as_str() else {
                break;
            };
            match reference
                .strip_prefix('#')
                .and_then(|pointer| self.document.pointer(pointer))
            {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }

    /// The type for people: `string (uuid)`, `[string]`, `"approve" | "reject"`, `Article`.
    pub fn kind(&self, schema: &Value) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.resolve(schema);
            // The name of a list of words says less than the words.
            if target["enum"].is_array() {
                return self.kind(target);
            }
            let name = reference.rsplit('/').next().unwrap_or(reference);
            return name.to_owned();
        }
        if let Some(constant) = schema.get("const") {
            return constant.to_string();
        }
        if schema["enum"].is_array() {
            return joined(list(&schema["enum"]).map(Value::to_string));
        }
        for key in ["oneOf", "anyOf"] {
            if schema[key].is_array() {
                return joined(list(&schema[key]).map(|one| self.kind(one)));
            }
        }
        if let Some(only) = list(&schema["allOf"]).next() {
            return self.kind(only);
        }
        match &schema["type"] {
            Value::String(name) => self.simple(name, schema),
            Value::Array(names) => joined(
                names
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|name| self.simple(name, schema)),
            ),
            _ if schema["properties"].is_object() => "object".to_owned(),
            _ => "any".to_owned(),
        }
    }

    fn simple(&self, name: &str, schema: &Value) -> String {
        if name == "array" {
            return format!("[{}]", self.kind(&schema["items"]));
        }
        match schema["format"].as_str() {
            Some(format) if name != "null" => format!("{name} ({format})"),
            _ => name.to_owned(),
        }
    }

    /// What a schema says of itself, or of what it refers to.
    pub fn description(&self, schema: &Value) -> String {
        let own = text(&schema["description"]);
        if own.is_empty() {
            text(&self.resolve(schema)["description"])
        } else {
            own
        }
    }

    /// The fields of an object or of a list of objects, nested ones by their path.
    pub fn fields(&self, schema: &Value) -> Vec<FieldRow> {
        let mut rows = Vec::new();
        self.rows("", schema, DEPTH, &mut rows);
        rows
    }

    fn rows(&self, prefix: &str, schema: &Value, depth: usize, rows: &mut Vec<FieldRow>) {
        if depth == 0 {
            return;
        }
        let schema = self.inner(schema);
        for part in list(&schema["allOf"]) {
            self.rows(prefix, part, depth - 1, rows);
        }
        if schema["items"].is_object() {
            self.rows(&format!("{prefix}[]"), &schema["items"], depth - 1, rows);
        }
        let required = |name: &str| list(&schema["required"]).any(|one| one == name);
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            rows.push(FieldRow {
                kind: self.kind(field),
                is_required: required(name),
                description: self.description(field),
                name: path.clone(),
            });
            self.rows(&path, field, depth - 1, rows);
        }
    }

    /// Through references, and through "this or null" to this.
    fn inner<'b>(&self, schema: &'b Value) -> &'b Value
    where
        'a: 'b,
    {
        let schema = self.resolve(schema);
        for key in ["oneOf", "anyOf"] {
            let mut real = list(&schema[key]).filter(|one| one["type"] != "null");
            if let (Some(only), None) = (real.next(), real.next()) {
                return self.resolve(only);
            }
        }
        schema
    }

    /// A value that fits: the schema's own example where it has one, else made from its parts.
    pub fn sample(&self, schema: &Value) -> Value {
        self.sample_to(schema, DEPTH)
    }

    fn sample_to(&self, schema: &Value, depth: usize) -> Value {
        let schema = if has_sample(schema) {
            schema
        } else {
            self.inner(schema)
        };
        for key in ["example", "default", "const"] {
            if let Some(value) = schema.get(key) {
                return value.clone();
            }
        }
        for key in ["examples", "enum"] {
            if let Some(value) = list(&schema[key]).next() {
                return value.clone();
            }
        }
        if depth == 0 {
            return Value::Null;
        }
        if let Some(first) = list(&schema["oneOf"]).chain(list(&schema["anyOf"])).next() {
            return self.sample_to(first, depth - 1);
        }
        if schema["properties"].is_object() || schema["allOf"].is_array() {
            let mut fields = Map::new();
            for part in list(&schema["allOf"]) {
                if let Value::Object(more) = self.sample_to(part, depth - 1) {
                    fields.extend(more);
                }
            }
            for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                fields.insert(name.clone(), self.sample_to(field, depth - 1));
            }
            return Value::Object(fields);
        }
        let name = schema["type"].as_str().or_else(|| {
            list(&schema["type"]).find_map(|one| one.as_str().filter(|name| *name != "null"))
        });
        match (name, schema["format"].as_str()) {
            (Some("array"), _) => json!([self.sample_to(&schema["items"], depth - 1)]),
            (Some("string"), Some("uuid")) => json!("019ab0f2-3c00-7000-8000-000000000001"),
            (Some("string"), Some("date-time")) => json!("2026-11-23T07:03:00Z"),
            (Some("string"), Some("uri")) => json!("https://bao.example/bai-1.html"),
            (Some("string"), Some("email")) => json!("lan@example.vn"),
            (Some("string"), _) => json!("…"),
            (Some("integer"), _) => json!(1),
            (Some("number"), _) => json!(1.0),
            (Some("boolean"), _) => json!(true),
            (Some("object"), _) => json!({}),
            _ => Value::Null,
        }
    }
}

fn has_sample(schema: &Value) -> bool {
    schema.get("example").is_some() || schema.get("examples").is_some()
}

fn joined(kinds: impl Iterator<Item = String>) -> String {
    let kinds: Vec<String> = kinds.collect();
    kinds.join(" | ")
}
