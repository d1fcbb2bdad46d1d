//! The recording document: what a person did in a browser, as steps that can be read, checked and performed again.
//!
//! The format is a superset of SaveAction's recording 1.0.0. Whatever a document holds that this crate does not know
//! is kept, at every level, when the document is written again.

mod address;
mod blocks;
mod context;
mod export;
mod filled;
mod fingerprint;
mod import;
mod info;
mod keys;
mod kind;
mod number;
mod open_enum;
mod parse;
mod problem;
mod recording;
mod selector;
mod signature;
mod step;
mod table;
mod text;
mod title;
mod tree;
mod validate;
mod variables;

pub use address::document_address;
pub use blocks::{Blocks, Place};
pub use context::{Context, ExpectedUrlChange, WaitConditions};
pub use export::{ExportError, Exported, Target, export, export_with};
pub use fingerprint::Fingerprint;
pub use import::{Imported, Source, import, import_all, import_together};
pub use info::{
    FileFacts, FlowType, Gaps, Info, NavigationFacts, Statistics, Timing, Transition, ViewportFacts,
};
pub use kind::{
    CheckType, Checkpoint, Click, ClickValidation, Control, ControlCommand, Dialog, DialogResponse,
    Download, Drag, DragTarget, Hover, Include, Input, JavaScript, Keypress, Mask, ModalLifecycle,
    Modifier, MouseButton, Navigation, NavigationTrigger, Point, RelativeTo, Screenshot, Scroll,
    ScrollTarget, Select, SelectedOption, SelectionChange, SimulationType, StepKind, Store,
    StoreFrom, Submit, Tab, TabEvent, Unknown, Upload, UploadFile, ViewportChange, Wait, WaitFor,
    WaitUntil, Wheel,
};
pub use parse::{Format, Limits, ParseError, WriteError, read_tree};
pub use problem::{Problem, Severity};
pub use recording::{Recording, Size, VERSION, VariableDeclaration};
pub use selector::{AlternativeSelector, FrameRef, LegacySelector, Selector, SelectorValue};
pub use signature::ContentSignature;
pub use step::Step;
pub use table::{Row, TableError, rows};
pub use validate::Report;
pub use variables::{Unresolved, Variables};

/// A JSON object whose keys keep their order.
pub type Map = serde_json::Map<String, serde_json::Value>;
