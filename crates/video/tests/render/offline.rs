//! Code reaches nothing: a server on this machine waits for whatever comes, and nothing does.

use std::net::TcpListener;

use serde_json::json;

use crate::support::Studio;

/// Every way out that a page knows, but for names that somebody else would have to be asked for: `localhost` the browser knows. Each tells how it ended; the picture is taken when all have.
const ATTEMPTS: &str = r#"
const host = "127.0.0.1:PORT", at = `http://${host}/x`;
// What gets out is told however late; the picture does not wait for it.
const told = (way, promise) => {
  const ended = promise.then((value) => { if (value === "reached") console.error(way + " got out"); }, () => {});
  return Promise.race([ended, new Promise((done) => setTimeout(() => done("nothing"), 200))]);
};
const answers = new Set();
addEventListener("message", (event) => { if (event.data === "frame") answers.add("frame"); });
const answered = (name) => new Promise((done) => setInterval(() => answers.has(name) && done("reached"), 10));
const element = (tag, set) => new Promise((resolve) => {
  const made = Object.assign(document.createElement(tag), set);
  made.onload = () => resolve("loaded"); made.onerror = () => resolve("failed");
  document.body.append(made);
});
const ways = {
  fetch: fetch(at).then(() => "reached"),
  noCors: fetch(at, { mode: "no-cors" }).then(() => "reached"),
  named: fetch("http://localhost:PORT/").then(() => "reached"),
  xhr: new Promise((done) => { const x = new XMLHttpRequest(); x.onload = () => done("reached"); x.onerror = done; x.open("GET", at); x.send(); }),
  image: element("img", { src: at }),
  script: element("script", { src: at }),
  style: element("link", { rel: "stylesheet", href: at }),
  preconnect: element("link", { rel: "preconnect", href: at }),
  prefetch: element("link", { rel: "prefetch", href: at }),
  frame: element("iframe", { src: at }),
  object: element("object", { data: at }),
  video: element("video", { src: at }),
  socket: new Promise((done, fail) => { const s = new WebSocket(`ws://${host}/`); s.onopen = () => done("reached"); s.onerror = fail; }),
  events: new Promise((done) => { const s = new EventSource(at); s.onopen = () => done("reached"); s.onerror = done; }),
  beacon: Promise.resolve(navigator.sendBeacon(at, "x") && "sent"),
  file: fetch("FILES/picture.png").then(() => "reached"),
  fileImage: element("img", { src: "FILES/picture.png" }).then((ended) => ended === "loaded" && "reached"),
  fileScript: element("script", { src: "FILES/script.js" }).then(() => globalThis.readAFile && "reached"),
  fileFrame: (element("iframe", { src: "FILES/frame.html" }), answered("frame")),
  worker: new Promise((done) => {
    const code = `fetch("${at}").then(() => postMessage("reached"), () => postMessage("failed")); try { new WebSocket("ws://${host}/") } catch {}`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = (event) => done(event.data); worker.onerror = done;
  }),
  service: navigator.serviceWorker ? navigator.serviceWorker.register("/sw.js").then(() => "reached") : Promise.resolve(),
  rtc: typeof RTCPeerConnection === "undefined" ? Promise.resolve() : Promise.resolve("reached"),
  frameRtc: new Promise((done) => { const f = document.createElement("iframe"); document.body.append(f); done(f.contentWindow.RTCPeerConnection ? "reached" : "none"); }),
  popup: Promise.resolve(window.open(at) ? "reached" : "none"),
  form: new Promise((done) => { const f = document.createElement("form"); f.action = at; f.method = "post"; document.body.append(f); f.submit(); done("sent"); }),
};
document.body.style.background = "rgb(255, 0, 0)";
Promise.all(Object.entries(ways).map(([way, promise]) => told(way, promise))).then(() => { document.body.style.background = "rgb(0, 128, 0)"; });
"#;

#[tokio::test]
async fn no_way_out_of_a_page_leads_to_a_connection() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    server.set_nonblocking(true).unwrap();
    let studio = Studio::new();
    let files = format!("file://{}", studio.folder.path().display());
    let write = |name: &str, text: &str| std::fs::write(studio.path(name), text).unwrap();
    write("script.js", "globalThis.readAFile = true");
    write(
        "frame.html",
        "<script>parent.postMessage('frame', '*')</script>",
    );
    let picture = image::RgbaImage::new(2, 2);
    picture.save(studio.path("picture.png")).unwrap();
    let code = ATTEMPTS.replace("PORT", &port.to_string());
    let code = code.replace("FILES", &files);
    let job =
        json!({ "type": "js", "code": code, "width": 100, "height": 100, "fps": 20, "frame": 8 });
    let rendered = studio.try_render(job, "a.png").await.unwrap();
    let thrown: Vec<_> = rendered
        .console
        .iter()
        .filter(|complaint| complaint.text.contains("got out"))
        .collect();
    assert!(thrown.is_empty(), "{thrown:?}");
    assert!(!rendered.console.is_empty(), "what was refused is told");
    let corner = crate::support::pixels(&studio.path("a.png"))
        .get_pixel(99, 99)
        .0;
    assert_eq!(corner, [0, 128, 0, 255], "every attempt has ended");
    let came = server.accept().err().map(|error| error.kind());
    assert_eq!(
        came,
        Some(std::io::ErrorKind::WouldBlock),
        "a connection came"
    );
}
