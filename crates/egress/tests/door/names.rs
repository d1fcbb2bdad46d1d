//! A resolver of the tests' own: names with the addresses that a test gives them.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use egress::{EgressPolicy, EgressProxy, Resolve, Resolving};

/// Each question takes the next answer of its name; the last one stays.
#[derive(Default)]
pub(crate) struct Names(Mutex<HashMap<String, Vec<Vec<IpAddr>>>>);

impl Names {
    pub(crate) fn with(self, name: &str, answers: &[&[&str]]) -> Self {
        let parse = |text: &&str| text.parse().expect("an address");
        let answers = answers
            .iter()
            .rev()
            .map(|answer| answer.iter().map(parse).collect())
            .collect();
        self.0
            .lock()
            .expect("no test panics while it holds this")
            .insert(name.to_owned(), answers);
        self
    }

    pub(crate) async fn proxy(self, policy: EgressPolicy) -> EgressProxy {
        EgressProxy::start_with_resolver(policy, Arc::new(self))
            .await
            .expect("a free port")
    }
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        let mut names = self.0.lock().expect("no test panics while it holds this");
        let answer = names.get_mut(host).map(|answers| match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop().expect("a name has an answer"),
        });
        Box::pin(async move { answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)) })
    }
}
