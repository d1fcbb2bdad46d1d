//! Values for `${NAME}` from the command line, the environment and a file.

mod file;

use std::collections::BTreeMap;
use std::path::PathBuf;

use recording::Variables;

/// The options for values, of the commands that perform recordings.
#[derive(clap::Args)]
pub(crate) struct ValueArgs {
    /// A value for `${NAME}`; repeatable. --var counts more than the environment, and that more than --variables.
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = name_and_value)]
    variables: Vec<(String, String)>,
    /// A file with values: names and their values, JSON or YAML, or lines of NAME=VALUE when it is named .env.
    #[arg(long = "variables", value_name = "FILE")]
    file: Option<PathBuf>,
    /// How the environment variables begin that give values: PROSCENIUM_VAR_USER is the value of `${USER}`.
    #[arg(long, value_name = "PREFIX", default_value = "PROSCENIUM_VAR_", value_parser = prefix)]
    env_prefix: String,
}

impl ValueArgs {
    /// All of them. The environment and a file have them so that a secret need not stand in the list of processes.
    pub(crate) fn all(&self) -> anyhow::Result<Variables> {
        let mut all: BTreeMap<String, String> = match &self.file {
            Some(file) => file::values(file)?.into_iter().collect(),
            None => BTreeMap::new(),
        };
        for (name, value) in std::env::vars_os() {
            let Some(name) = name
                .to_str()
                .and_then(|name| name.strip_prefix(&self.env_prefix))
                .filter(|name| Variables::is_name(name))
            else {
                continue;
            };
            let value = value.into_string().map_err(|_| {
                let prefix = &self.env_prefix;
                anyhow::anyhow!(
                    "the environment variable {prefix}{name} is not UTF-8 text: write it anew, or give --var {name}=…"
                )
            })?;
            all.insert(name.to_owned(), value);
        }
        all.extend(self.variables.iter().cloned());
        Ok(all.into_iter().collect())
    }
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    if Variables::is_name(name) {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err("a name has letters, digits and underscores and begins with a letter".to_owned())
    }
}

fn prefix(text: &str) -> Result<String, &'static str> {
    // Every value is masked in what is shown: with all of the environment, little would be left to read.
    if text.is_empty() {
        Err("without a prefix, all of the environment would be values")
    } else {
        Ok(text.to_owned())
    }
}
