//! The changes of `page.js` by name, and what a run may say of each.

use replay::ErrorCode;

/// A change of one element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// Why a step on that element may fail. Acting on the element itself is never wrong: then it could be acted on.
    pub(crate) reasons: &'static [ErrorCode],
}

const fn of(name: &'static str, reasons: &'static [ErrorCode]) -> Mutation {
    Mutation { name, reasons }
}

/// It is there, and cannot be told from others or recognised.
const UNCLEAR: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
    ErrorCode::Hidden,
];
/// It is there and is something else now.
const ALTERED: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
    ErrorCode::Hidden,
    ErrorCode::ValueMismatch,
    ErrorCode::Readonly,
];
/// Of what the selectors name now, nothing can be seen.
const GONE: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
    ErrorCode::Hidden,
];
/// It may go while a text is on its way to it.
const LOST: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
    ErrorCode::Hidden,
    ErrorCode::ValueMismatch,
    ErrorCode::Unstable,
];
const UNSEEN: &[ErrorCode] = &[
    ErrorCode::Hidden,
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
];
const COVERED: &[ErrorCode] = &[ErrorCode::Covered];
const MOVING: &[ErrorCode] = &[
    ErrorCode::Unstable,
    ErrorCode::OutsideViewport,
    ErrorCode::Timeout,
];
/// Out of an open modal dialog it cannot be reached.
const MOVED: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::NotUnique,
    ErrorCode::CheckFailed,
    ErrorCode::Unstable,
    ErrorCode::Covered,
];
const OFF: &[ErrorCode] = &[ErrorCode::Disabled];

/// Those after which the element is still there, and those after which it is no more or takes no input.
pub(crate) const MUTATIONS: [Mutation; 37] = [
    of("unchanged", &[]),
    of("id renamed", UNCLEAR),
    of("test id and name renamed", UNCLEAR),
    of("relabelled", UNCLEAR),
    of("relabelled, ids renamed", UNCLEAR),
    of("moved", MOVED),
    of("swapped with its neighbour", UNCLEAR),
    of("its row swapped", UNCLEAR),
    of("late", UNCLEAR),
    of("its row late", UNCLEAR),
    of("doubled behind it", UNCLEAR),
    of("doubled before it", UNCLEAR),
    of("its row doubled before it", UNCLEAR),
    of("other type", ALTERED),
    of("other role", UNCLEAR),
    of("wrapped", UNCLEAR),
    of("covered at first", COVERED),
    of("pushed down again and again", MOVING),
    of("trembling", MOVING),
    of("deleted", GONE),
    of("its row deleted", GONE),
    of("deleted soon", LOST),
    of("its row deleted soon", LOST),
    of("another in its place", GONE),
    of("its opposite in its place", GONE),
    of("hidden", UNSEEN),
    of("invisible", UNSEEN),
    of("without a size", UNSEEN),
    of(
        "off the screen",
        &[
            ErrorCode::OutsideViewport,
            ErrorCode::Hidden,
            ErrorCode::Covered,
        ],
    ),
    of("covered", COVERED),
    of("covered by a veil", COVERED),
    of("covered by its neighbour", COVERED),
    of("disabled", OFF),
    of(
        "in a disabled group",
        &[
            ErrorCode::Disabled,
            ErrorCode::NotFound,
            ErrorCode::NotUnique,
        ],
    ),
    of("read only", &[ErrorCode::Readonly]),
    of("inert", &[ErrorCode::Disabled, ErrorCode::Covered]),
    of("without pointer events", COVERED),
];
