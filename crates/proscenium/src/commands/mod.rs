//! One command per file: its arguments (`Args`) and what it does (`execute`).

pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod edit;
pub(crate) mod export;
pub(crate) mod film;
pub(crate) mod import;
pub(crate) mod info;
pub(crate) mod licenses;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod record;
pub(crate) mod render;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod validate;
pub(crate) mod worker;
