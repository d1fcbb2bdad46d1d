use std::collections::HashMap;

use http::{Method, request};

/// What a request is for.
pub(super) enum Wanted {
    Read,
    Put,
    Begin,
    PutPart { upload: String, number: u32 },
    Finish { upload: String },
    GiveUp { upload: String },
    Other,
}

impl Wanted {
    pub(super) fn of(parts: &request::Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let query: HashMap<_, _> = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let number = query.get("partNumber").and_then(|text| text.parse().ok());
        match (&parts.method, query.get("uploadId").cloned(), number) {
            (&Method::GET | &Method::HEAD, None, None) => Self::Read,
            (&Method::PUT, Some(upload), Some(number)) => Self::PutPart { upload, number },
            (&Method::PUT, None, None) if query.is_empty() => Self::Put,
            (&Method::POST, Some(upload), None) => Self::Finish { upload },
            (&Method::POST, None, None) if query.contains_key("uploads") => Self::Begin,
            (&Method::DELETE, Some(upload), None) => Self::GiveUp { upload },
            _ => Self::Other,
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Put => "put",
            Self::Begin => "begin",
            Self::PutPart { .. } => "part",
            Self::Finish { .. } => "finish",
            Self::GiveUp { .. } => "give up",
            Self::Other => "other",
        }
    }
}
