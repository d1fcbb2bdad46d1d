//! A server of the corpus's pages on loopback.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Failure;
use super::pages::{Page, Target};

/// Pages by path, served until the runtime ends.
pub(crate) struct Site {
    pub(crate) url: String,
}

impl Site {
    pub(crate) async fn serve(pages: HashMap<String, String>) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let pages = Arc::new(pages);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&pages)));
            }
        });
        Ok(Self { url })
    }
}

/// A page that marks the recorded element, changes itself by `script`, and notes whom an input reached.
pub(crate) fn document(page: &Page, target: &Target, script: &str) -> String {
    let Page { name, html, .. } = page;
    let css = target.css;
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>body{{font:15px sans-serif}} button,a,input,[role=button]{{margin:4px;padding:4px}}</style></head><body>{html}
<script>document.querySelector({css:?}).setAttribute('data-is', '');</script>
<script>{{ {script} }}</script>
<script>
globalThis.acted = [];
for (const type of ['click', 'input', 'change', 'submit']) addEventListener(type, (event) => {{
  const to = event.target, right = to.closest('[data-is]') ?? to.control?.closest?.('[data-is]');
  if (type === 'submit' || to.closest('a,button')) event.preventDefault();
  if (type !== 'submit' && (event.isTrusted || to.localName === 'select')) acted.push(right ? 'right' : 'wrong: ' + to.outerHTML.slice(0, 120));
}}, true);
</script></body></html>"#
    )
}

async fn answer(mut stream: TcpStream, pages: Arc<HashMap<String, String>>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut more = [0; 1024];
        match stream.read(&mut more).await? {
            0 => return Ok(()),
            read => head.extend_from_slice(&more[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or("/");
    let (status, body) = match pages.get(path) {
        Some(body) => ("200 OK", body.as_str()),
        None => ("404 Not Found", ""),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await
}
