//! The steps of the flow on WebKit: each is one script and at most one input.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::flow::{SCRIPT, Step};
use crate::inspector::Client;

pub(crate) struct Page {
    client: Client,
    /// Whether an element has to be still and hit before it is clicked.
    is_careful: bool,
}

impl Page {
    pub(crate) fn new(client: Client, is_careful: bool) -> Self {
        Self { client, is_careful }
    }

    pub(crate) async fn perform(&mut self, step: &Step, site: &str) -> Result<()> {
        match step.op.as_str() {
            "goto" => {
                self.client.forget_events();
                let url = format!("{site}{}", step.path.as_deref().unwrap_or_default());
                self.client
                    .automate(
                        "navigateBrowsingContext",
                        json!({ "url": url, "pageLoadStrategy": "None" }),
                    )
                    .await?;
                self.client.event("Page.loadEventFired").await
            }
            // The browser's own way to insert text is key by key.
            "fill" | "type" => match self.find(step, "insert").await? {
                Value::Bool(true) => Ok(()),
                other => bail!("not filled: {other}"),
            },
            "press" => {
                self.find(step, "focus").await?;
                self.keys(json!([
                    { "type": "KeyPress", "key": "Enter" },
                    { "type": "KeyRelease", "key": "Enter" },
                ]))
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
                self.client.event("Page.loadEventFired").await
            }
            "select" => self.find(step, "select").await.map(drop),
            "expect" => match self.find(step, "text").await? {
                Value::String(found) if Some(&found) == step.value.as_ref() => Ok(()),
                other => bail!("expected {:?}, found {other}", step.value),
            },
            other => bail!("no such operation: {other}"),
        }
    }

    async fn click(&mut self, step: &Step) -> Result<()> {
        let what = if self.is_careful { "point" } else { "place" };
        let point = self.find(step, what).await?;
        let click = json!({
            "position": { "x": point[0], "y": point[1] },
            "button": "Left",
            "interaction": "SingleClick",
            "modifiers": [],
        });
        self.client
            .automate("performMouseInteraction", click)
            .await
            .map(drop)
    }

    async fn keys(&mut self, interactions: Value) -> Result<()> {
        let params = json!({ "interactions": interactions });
        self.client
            .automate("performKeyboardInteractions", params)
            .await
            .map(drop)
    }

    async fn find(&mut self, step: &Step, what: &str) -> Result<Value> {
        let script = SCRIPT.trim_end().trim_end_matches(';');
        let function = format!(
            "function(frame, path, what, value, done) {{ \
                ({script})(frame, path, what, value).then(done, (error) => done({{ thrown: String(error) }})) }}"
        );
        let arguments = [
            json!(step.frame),
            json!(step.css),
            json!(what),
            json!(step.value),
        ];
        let params = json!({
            "frameHandle": "",
            "function": function,
            "arguments": arguments.map(|argument| argument.to_string()),
            "expectsImplicitCallbackArgument": true,
        });
        let answer = self
            .client
            .automate("evaluateJavaScriptFunction", params)
            .await?;
        let told: Value = serde_json::from_str(answer["result"].as_str().unwrap_or("null"))?;
        match told.get("thrown") {
            Some(thrown) => bail!("{thrown}"),
            None => Ok(told),
        }
    }
}
