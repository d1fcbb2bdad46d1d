//! Values for `${NAME}` from the command line and the environment.

use std::collections::BTreeMap;

use recording::Variables;

/// The environment variables that give values begin with this.
const VARIABLE_PREFIX: &str = "PROSCENIUM_VAR_";

/// The options for values, of the commands that perform recordings.
#[derive(clap::Args)]
pub(crate) struct ValueArgs {
    /// A value for `${NAME}`. The environment gives values too: PROSCENIUM_VAR_NAME.
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = name_and_value)]
    variables: Vec<(String, String)>,
}

impl ValueArgs {
    /// From the environment, so that a secret need not stand in the list of processes, and from the options, which count
    /// more.
    pub(crate) fn all(&self) -> Variables {
        let from_environment = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.to_str()?.strip_prefix(VARIABLE_PREFIX)?.to_owned();
            Some((name, value.to_str()?.to_owned()))
        });
        let mut all: BTreeMap<String, String> = from_environment.collect();
        all.extend(self.variables.iter().cloned());
        all.into_iter().collect()
    }
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if good {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err("a name has letters, digits and underscores and begins with a letter".to_owned())
    }
}
