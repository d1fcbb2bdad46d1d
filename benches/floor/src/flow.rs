//! The steps of the flow and how each is performed with one script and at most one batch of input.

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::pipe::Client;

/// Waits in the page until the element is there, still, and hit at its middle; answers with the point.
pub(crate) const SCRIPT: &str = include_str!("find.js");

#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    pub(crate) op: String,
    pub(crate) path: Option<String>,
    pub(crate) frame: Option<String>,
    pub(crate) css: Option<Vec<String>>,
    pub(crate) value: Option<String>,
}

pub(crate) struct Page<'a> {
    client: &'a mut Client,
    context: String,
    session: String,
}

impl<'a> Page<'a> {
    pub(crate) async fn open(client: &'a mut Client) -> Result<Self> {
        let context = text(
            &client
                .call("Target.createBrowserContext", json!({}), None)
                .await?,
            "browserContextId",
        )?;
        let created = client
            .call("Target.createTarget", json!({ "url": "about:blank", "browserContextId": context, "width": 1280, "height": 720 }), None)
            .await?;
        let attached = client
            .call(
                "Target.attachToTarget",
                json!({ "targetId": text(&created, "targetId")?, "flatten": true }),
                None,
            )
            .await?;
        let session = text(&attached, "sessionId")?;
        client
            .call("Page.enable", json!({}), Some(&session))
            .await?;
        Ok(Self {
            client,
            context,
            session,
        })
    }

    pub(crate) async fn perform(&mut self, step: &Step, site: &str) -> Result<()> {
        let value = step.value.as_deref().unwrap_or_default();
        match step.op.as_str() {
            "goto" => {
                self.client.forget_events();
                let url = format!("{site}{}", step.path.as_deref().unwrap_or_default());
                self.client
                    .call("Page.navigate", json!({ "url": url }), Some(&self.session))
                    .await?;
                self.client
                    .event("Page.loadEventFired", &self.session)
                    .await
            }
            "fill" => {
                self.find(step, "focus").await?;
                self.input(&[("Input.insertText", json!({ "text": value }))])
                    .await
            }
            "type" => {
                self.find(step, "focus").await?;
                let keys: Vec<_> = value
                    .chars()
                    .flat_map(|key| {
                        [
                            (
                                "Input.dispatchKeyEvent",
                                json!({ "type": "keyDown", "key": key, "text": key }),
                            ),
                            (
                                "Input.dispatchKeyEvent",
                                json!({ "type": "keyUp", "key": key }),
                            ),
                        ]
                    })
                    .collect();
                self.input(&keys).await
            }
            "press" => {
                self.find(step, "focus").await?;
                let key = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r" });
                let up = json!({ "type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13 });
                self.input(&[
                    ("Input.dispatchKeyEvent", key),
                    ("Input.dispatchKeyEvent", up),
                ])
                .await
            }
            "click" => self.click(step).await,
            "check" => {
                self.click(step).await?;
                match self.find(step, "checked").await? {
                    Value::Bool(true) => Ok(()),
                    other => bail!("not checked: {other}"),
                }
            }
            "follow" => {
                self.client.forget_events();
                self.click(step).await?;
                self.client
                    .event("Page.loadEventFired", &self.session)
                    .await
            }
            "select" => self.find(step, "select").await.map(drop),
            "expect" => match self.find(step, "text").await? {
                Value::String(found) if found == value => Ok(()),
                other => bail!("expected {value}, found {other}"),
            },
            other => bail!("no such operation: {other}"),
        }
    }

    async fn find(&mut self, step: &Step, what: &str) -> Result<Value> {
        let expression = format!(
            "({})({}, {}, {}, {})",
            SCRIPT.trim_end().trim_end_matches(';'),
            json!(step.frame),
            json!(step.css),
            json!(what),
            json!(step.value)
        );
        let answer = self
            .client
            .call(
                "Runtime.evaluate",
                json!({ "expression": expression, "awaitPromise": true, "returnByValue": true }),
                Some(&self.session),
            )
            .await?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            bail!("{thrown}");
        }
        Ok(answer["result"]["value"].clone())
    }

    async fn click(&mut self, step: &Step) -> Result<()> {
        let point = self.find(step, "point").await?;
        let event = |kind: &str| {
            let mut event = json!({ "type": kind, "x": point[0], "y": point[1] });
            if kind != "mouseMoved" {
                event["button"] = json!("left");
                event["clickCount"] = json!(1);
            }
            ("Input.dispatchMouseEvent", event)
        };
        self.input(&[
            event("mouseMoved"),
            event("mousePressed"),
            event("mouseReleased"),
        ])
        .await
    }

    async fn input(&mut self, commands: &[(&str, Value)]) -> Result<()> {
        self.client
            .batch(commands, Some(&self.session))
            .await
            .map(drop)
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.client
            .call(
                "Target.disposeBrowserContext",
                json!({ "browserContextId": self.context }),
                None,
            )
            .await
            .map(drop)
    }
}

fn text(answer: &Value, field: &str) -> Result<String> {
    answer[field]
        .as_str()
        .map(str::to_owned)
        .with_context(|| format!("no {field} in {answer}"))
}
