//! An approved picture for visual checks, taken when it is first asked for.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use replay::{BaselineKey, Baselines};
use serde_json::json;
use tokio::sync::OnceCell;

use crate::support::plan;

/// The picture of a page as it was approved.
#[derive(Debug)]
pub(super) struct Album {
    html: String,
    picture: OnceCell<Bytes>,
}

impl Album {
    pub(super) fn of(html: String) -> Self {
        Self {
            html,
            picture: OnceCell::new(),
        }
    }

    /// What a check that has no approved picture leaves.
    async fn take(&self) -> Bytes {
        let look = json!([{ "type": "checkpoint", "checkType": "visual" }]);
        let run = plan(&[("/", &self.html)], look).await.run().await;
        let visual = run.steps[0].visual.as_deref().unwrap();
        visual.pictures.actual.clone().unwrap()
    }
}

impl Baselines for Album {
    fn find<'a>(
        &'a self,
        _: &'a BaselineKey,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + 'a>> {
        Box::pin(async { Ok(Some(self.picture.get_or_init(|| self.take()).await.clone())) })
    }
}
