//! `cargo xtask codegen cdp`: lean Rust types for the commands and events named in `crates/browser/protocol.txt`.
//!
//! The description is the npm package `devtools-protocol`. Only what is listed, and what it refers to, is generated:
//! the full protocol costs half a minute of compile time, the listed part about a second. Every struct reads with
//! `serde(default)` and every enum has an unknown variant, so a newer browser never breaks the reader.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

#[derive(Deserialize)]
struct Description {
    domains: Vec<Domain>,
}

#[derive(Deserialize)]
struct Domain {
    domain: String,
    #[serde(default)]
    types: Vec<Type>,
    #[serde(default)]
    commands: Vec<Item>,
    #[serde(default)]
    events: Vec<Item>,
}

#[derive(Deserialize)]
struct Type {
    id: String,
    r#type: String,
    #[serde(default, rename = "enum")]
    values: Vec<String>,
    #[serde(default)]
    properties: Vec<Property>,
    items: Option<Box<Shape>>,
}

#[derive(Deserialize)]
struct Item {
    name: String,
    #[serde(default)]
    parameters: Vec<Property>,
    #[serde(default)]
    returns: Vec<Property>,
}

#[derive(Deserialize)]
struct Property {
    name: String,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    deprecated: bool,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Shape {
    r#type: Option<String>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(default, rename = "enum")]
    values: Vec<String>,
    items: Option<Box<Shape>>,
}

/// Which way a type travels, so that only the derive it needs is generated.
#[derive(Clone, Copy, Default)]
struct Direction {
    sent: bool,
    received: bool,
}

impl Direction {
    const SENT: Self = Self {
        sent: true,
        received: false,
    };
    const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };

    fn derives(self) -> &'static str {
        match (self.sent, self.received) {
            (true, true) => "Debug, Clone, Default, Serialize, Deserialize",
            (true, false) => "Debug, Clone, Default, Serialize",
            _ => "Debug, Clone, Default, Deserialize",
        }
    }
}

/// Writes `crates/browser/src/cdp/protocol` anew.
pub(crate) fn run() -> Result<()> {
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let browser = root.join("crates/browser");
    let wanted =
        std::fs::read_to_string(browser.join("protocol.txt")).context("reading protocol.txt")?;
    let wanted: BTreeSet<&str> = wanted
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let files = Generator::new(&load(root)?, &wanted)?.files()?;
    let folder = browser.join("src/cdp/protocol");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in files {
        let path = folder.join(name);
        let text = rustfmt(&text)?;
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn load(root: &Path) -> Result<Vec<Domain>> {
    let folder = root.join("node_modules/devtools-protocol/json");
    let mut domains = Vec::new();
    for file in ["browser_protocol.json", "js_protocol.json"] {
        let path = folder.join(file);
        let text = std::fs::read(&path)
            .with_context(|| format!("reading {}; run `npm ci` first", path.display()))?;
        domains.extend(serde_json::from_slice::<Description>(&text)?.domains);
    }
    Ok(domains)
}

fn rustfmt(text: &str) -> Result<String> {
    use std::io::Write as _;
    let mut child = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--config",
            "use_field_init_shorthand=true",
        ])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .context("starting rustfmt")?;
    child
        .stdin
        .take()
        .context("rustfmt's input")?
        .write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt failed");
    Ok(String::from_utf8(output.stdout)?)
}

struct Generator<'a> {
    commands: Vec<(&'a str, &'a Item)>,
    events: Vec<(&'a str, &'a Item)>,
    types: BTreeMap<String, &'a Type>,
    used: BTreeMap<String, Direction>,
    /// Enums written inline at a property, by (domain, Rust name).
    inline: BTreeMap<(String, String), Vec<String>>,
}

impl<'a> Generator<'a> {
    fn new(domains: &'a [Domain], wanted: &BTreeSet<&str>) -> Result<Self> {
        let mut found = BTreeSet::new();
        let mut generator = Self {
            commands: Vec::new(),
            events: Vec::new(),
            types: BTreeMap::new(),
            used: BTreeMap::new(),
            inline: BTreeMap::new(),
        };
        for domain in domains {
            for ty in &domain.types {
                generator
                    .types
                    .insert(format!("{}.{}", domain.domain, ty.id), ty);
            }
            for (items, into) in [
                (&domain.commands, &mut generator.commands),
                (&domain.events, &mut generator.events),
            ] {
                for item in items {
                    let method = format!("{}.{}", domain.domain, item.name);
                    if wanted.contains(method.as_str()) {
                        into.push((domain.domain.as_str(), item));
                        found.insert(method);
                    }
                }
            }
        }
        let missing: Vec<_> = wanted
            .iter()
            .filter(|name| !found.contains(**name))
            .collect();
        if !missing.is_empty() {
            bail!("not in the protocol description: {missing:?}");
        }
        for (domain, item) in generator.commands.clone() {
            generator.reach_all(domain, &item.parameters, Direction::SENT);
            generator.reach_all(domain, &item.returns, Direction::RECEIVED);
        }
        for (domain, item) in generator.events.clone() {
            generator.reach_all(domain, &item.parameters, Direction::RECEIVED);
        }
        Ok(generator)
    }

    fn reach_all(&mut self, domain: &str, properties: &'a [Property], direction: Direction) {
        for property in properties.iter().filter(|property| keep(property)) {
            self.reach(domain, &property.shape, direction);
        }
    }

    fn reach(&mut self, domain: &str, shape: &'a Shape, direction: Direction) {
        if let Some(items) = &shape.items {
            self.reach(domain, items, direction);
        }
        let Some(reference) = &shape.reference else {
            return;
        };
        let name = qualify(domain, reference);
        let entry = self.used.entry(name.clone()).or_default();
        let old = *entry;
        entry.sent |= direction.sent;
        entry.received |= direction.received;
        if (old.sent, old.received) == (entry.sent, entry.received) {
            return;
        }
        let Some(ty) = self.types.get(&name).copied() else {
            return;
        };
        let owner = name.split('.').next().unwrap_or_default().to_owned();
        self.reach_all(&owner, &ty.properties, direction);
        if let Some(items) = &ty.items {
            self.reach(&owner, items, direction);
        }
    }

    fn files(mut self) -> Result<Vec<(String, String)>> {
        let mut bodies: BTreeMap<String, String> = BTreeMap::new();
        for (name, direction) in self.used.clone() {
            let (domain, id) = name.split_once('.').context("a type without a domain")?;
            let ty = self
                .types
                .get(&name)
                .copied()
                .with_context(|| format!("unknown type {name}"))?;
            let text = self.type_text(domain, id, ty, direction)?;
            bodies.entry(domain.to_owned()).or_default().push_str(&text);
        }
        for (domain, item) in self.commands.clone() {
            let text = self.command_text(domain, item)?;
            bodies.entry(domain.to_owned()).or_default().push_str(&text);
        }
        for (domain, item) in self.events.clone() {
            let text = self.event_text(domain, item)?;
            bodies.entry(domain.to_owned()).or_default().push_str(&text);
        }
        for ((domain, name), values) in &self.inline {
            let text = enum_text(
                name,
                values,
                Direction {
                    sent: true,
                    received: true,
                },
            );
            bodies.entry(domain.clone()).or_default().push_str(&text);
        }
        let mut modules = String::from(HEADER);
        modules.push_str("//! Protocol types, one file per domain. Made by `cargo xtask codegen cdp`; do not edit.\n\n");
        let mut files = Vec::new();
        for (domain, body) in bodies {
            let module = snake(&domain);
            writeln!(modules, "pub(crate) mod {module};")?;
            let mut text = String::from(HEADER);
            if body.contains("Serialize") {
                text.push_str(
                    if body.contains("Deserialize") && body.contains(" Serialize") {
                        "use serde::{Deserialize, Serialize};\n"
                    } else if body.contains("Deserialize") {
                        "use serde::Deserialize;\n"
                    } else {
                        "use serde::Serialize;\n"
                    },
                );
            }
            let mut traits = Vec::new();
            if body.contains("impl Command for") {
                traits.push("Command");
            }
            if body.contains("impl Event for") {
                traits.push("Event");
            }
            if !traits.is_empty() {
                writeln!(text, "use crate::cdp::message::{{{}}};", traits.join(", "))?;
            }
            text.push_str(&body);
            files.push((format!("{module}.rs"), text));
        }
        files.push(("mod.rs".to_owned(), modules));
        Ok(files)
    }

    fn type_text(
        &mut self,
        domain: &str,
        id: &str,
        ty: &Type,
        direction: Direction,
    ) -> Result<String> {
        if !ty.values.is_empty() {
            return Ok(enum_text(id, &ty.values, direction));
        }
        if ty.r#type == "object" && !ty.properties.is_empty() {
            return self.struct_text(
                domain,
                id,
                &ty.properties,
                direction,
                Some(&format!("{domain}.{id}")),
            );
        }
        let rust = match ty.r#type.as_str() {
            "array" => {
                let items = ty.items.as_ref().context("an array type without items")?;
                format!("Vec<{}>", self.rust_type(domain, id, "Item", items)?)
            }
            other => primitive(other)?.to_owned(),
        };
        Ok(format!("pub(crate) type {id} = {rust};\n\n"))
    }

    fn command_text(&mut self, domain: &str, item: &Item) -> Result<String> {
        let name = pascal(&item.name);
        let mut text = self.struct_text(domain, &name, &item.parameters, Direction::SENT, None)?;
        let returns: Vec<_> = item
            .returns
            .iter()
            .filter(|property| keep(property))
            .collect();
        let response = if returns.is_empty() {
            "crate::cdp::message::Empty".to_owned()
        } else {
            let response = format!("{name}Returns");
            text.push_str(&self.struct_text(
                domain,
                &response,
                &item.returns,
                Direction::RECEIVED,
                None,
            )?);
            response
        };
        write!(
            text,
            "impl Command for {name} {{\nconst METHOD: &'static str = \"{domain}.{}\";\ntype Response = {response};\n}}\n\n",
            item.name
        )?;
        Ok(text)
    }

    fn event_text(&mut self, domain: &str, item: &Item) -> Result<String> {
        let name = format!("{}Event", pascal(&item.name));
        let mut text =
            self.struct_text(domain, &name, &item.parameters, Direction::RECEIVED, None)?;
        write!(
            text,
            "impl Event for {name} {{\nconst METHOD: &'static str = \"{domain}.{}\";\n}}\n\n",
            item.name
        )?;
        Ok(text)
    }

    fn struct_text(
        &mut self,
        domain: &str,
        name: &str,
        properties: &[Property],
        direction: Direction,
        own_name: Option<&str>,
    ) -> Result<String> {
        let mut text = format!("#[derive({})]\n", direction.derives());
        let kept: Vec<_> = properties
            .iter()
            .filter(|property| keep(property))
            .collect();
        if direction.received {
            text.push_str("#[serde(default, rename_all = \"camelCase\")]\n");
        } else if !kept.is_empty() {
            text.push_str("#[serde(rename_all = \"camelCase\")]\n");
        }
        writeln!(text, "pub(crate) struct {name} {{")?;
        for property in kept {
            let mut rust = self.rust_type(domain, name, &property.name, &property.shape)?;
            let refers_to_itself = property
                .shape
                .reference
                .as_ref()
                .map(|name| qualify(domain, name));
            if refers_to_itself.is_some() && refers_to_itself.as_deref() == own_name {
                rust = format!("Box<{rust}>");
            }
            if property.optional {
                rust = format!("Option<{rust}>");
                if direction.sent {
                    text.push_str("#[serde(skip_serializing_if = \"Option::is_none\")]\n");
                }
            }
            let field = snake(&property.name);
            if camel(&field) != property.name {
                writeln!(text, "#[serde(rename = \"{}\")]", property.name)?;
            }
            let field = if matches!(field.as_str(), "type" | "self" | "override" | "match") {
                format!("r#{field}")
            } else {
                field
            };
            writeln!(text, "pub(crate) {field}: {rust},")?;
        }
        text.push_str("}\n\n");
        Ok(text)
    }

    fn rust_type(
        &mut self,
        domain: &str,
        owner: &str,
        property: &str,
        shape: &Shape,
    ) -> Result<String> {
        if let Some(reference) = &shape.reference {
            let name = qualify(domain, reference);
            let (other, id) = name
                .split_once('.')
                .context("a reference without a domain")?;
            return Ok(if other == domain {
                id.to_owned()
            } else {
                format!("super::{}::{id}", snake(other))
            });
        }
        if !shape.values.is_empty() {
            let name = format!("{owner}{}", pascal(property));
            self.inline
                .insert((domain.to_owned(), name.clone()), shape.values.clone());
            return Ok(name);
        }
        let kind = shape
            .r#type
            .as_deref()
            .context("a property without a type")?;
        if kind == "array" {
            let items = shape.items.as_ref().context("an array without items")?;
            return Ok(format!(
                "Vec<{}>",
                self.rust_type(domain, owner, property, items)?
            ));
        }
        Ok(primitive(kind)?.to_owned())
    }
}

const HEADER: &str =
    "// @generated by `cargo xtask codegen cdp` from devtools-protocol; do not edit.\n";

/// Deprecated fields are left out unless they are required.
fn keep(property: &Property) -> bool {
    !(property.deprecated && property.optional)
}

fn qualify(domain: &str, reference: &str) -> String {
    if reference.contains('.') {
        reference.to_owned()
    } else {
        format!("{domain}.{reference}")
    }
}

fn primitive(kind: &str) -> Result<&'static str> {
    Ok(match kind {
        "string" | "binary" => "String",
        "integer" => "i64",
        "number" => "f64",
        "boolean" => "bool",
        "object" => "serde_json::Map<String, serde_json::Value>",
        "any" => "serde_json::Value",
        other => bail!("unknown primitive type {other}"),
    })
}

fn enum_text(name: &str, values: &[String], direction: Direction) -> String {
    let mut text = format!(
        "#[derive({}, Copy, PartialEq, Eq)]\npub(crate) enum {name} {{\n",
        direction.derives()
    );
    for value in values {
        let variant = match pascal(value).as_str() {
            "Self" => "Self_".to_owned(),
            "Unknown" => "Unknown_".to_owned(),
            other => other.to_owned(),
        };
        let _ = writeln!(text, "#[serde(rename = \"{value}\")]\n{variant},");
    }
    text.push_str("/// A value this version of the product does not know.\n#[default]\n");
    // `serde(other)` is meant for reading; on the way out the variant is never built.
    if direction.received {
        text.push_str("#[serde(other)]\n");
    }
    text.push_str("Unknown,\n}\n\n");
    text
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut up = true;
    let negative = name.starts_with('-');
    if negative {
        out.push_str("Negative");
    }
    for letter in name.chars() {
        if !letter.is_ascii_alphanumeric() {
            up = true;
        } else if up {
            out.push(letter.to_ascii_uppercase());
            up = false;
        } else {
            out.push(letter);
        }
    }
    if out.starts_with(|letter: char| letter.is_ascii_digit()) {
        out.insert(0, 'N');
    }
    out
}

fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, &letter) in letters.iter().enumerate() {
        if letter.is_ascii_uppercase() {
            let after_lower = i > 0 && !letters[i - 1].is_ascii_uppercase();
            let before_lower = letters.get(i + 1).is_some_and(char::is_ascii_lowercase);
            if i > 0 && (after_lower || before_lower) {
                out.push('_');
            }
            out.push(letter.to_ascii_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

fn camel(snake: &str) -> String {
    let mut out = String::new();
    let mut up = false;
    for letter in snake.chars() {
        if letter == '_' {
            up = true;
        } else if up {
            out.push(letter.to_ascii_uppercase());
            up = false;
        } else {
            out.push(letter);
        }
    }
    out
}
