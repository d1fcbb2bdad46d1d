//! Films that several pages draw: the same bytes as those of one, or said to be otherwise.

use serde_json::{Value, json};
use video::{RenderError, Warning};

use crate::support::{Studio, job, sketch};

/// Draws by chance and by what it drew before, so that a page which leaves a frame out shows something else.
const SKETCH: &str = "
let x = 0;
function setup() { createCanvas(200, 200); background(240); noStroke() }
function draw() {
  x += random(3);
  fill(random(255), 80, 120, 60);
  circle(x % 200, 100 + 60 * sin(frameCount / 9), 24);
}";

/// Stands still between its changes, some of which come in the frames of one page and some in those of the other.
const PAGE: &str = "<p id=words>0</p><style>p { font: 60px monospace }</style>\
    <script>for (const at of [100, 150, 433, 800, 1017]) setTimeout(() => { words.textContent = at }, at)</script>";

#[tokio::test]
async fn any_number_of_pages_draws_the_same_film() {
    let studio = Studio::new();
    let film = |pages: u32| json!({ "output": "mp4", "frames": 90, "fps": 60, "seed": 3, "parallel": pages });
    let page = |pages: u32| {
        let mut page = film(pages);
        page["type"] = json!("html");
        page["html"] = json!(PAGE);
        (page["width"], page["height"]) = (json!(200), json!(100));
        page
    };
    let sketch = |pages: u32| sketch(SKETCH, film(pages));
    let whole: [(&str, &dyn Fn(u32) -> Value); 2] = [("sketch", &sketch), ("page", &page)];
    for (name, of) in whole {
        let one = studio.render(of(1), &format!("{name}-1.mp4")).await;
        for pages in [2, 3] {
            let several = studio
                .render(of(pages), &format!("{name}-{pages}.mp4"))
                .await;
            assert_eq!((one.pages, several.pages), (1, pages));
            assert_eq!(several.sha256, one.sha256, "{name} by {pages}");
            assert_eq!((several.frames, several.draws), (one.frames, one.draws));
            assert_eq!(several.warnings, []);
        }
    }
}

#[tokio::test]
async fn pages_that_show_different_things_make_way_for_one() {
    let studio = Studio::new();
    // An address of a blob is the one thing here that no seed decides.
    let code = "function setup() { createCanvas(200, 200); textSize(9); text(URL.createObjectURL(new Blob([])), 2, 100) }
        function draw() { circle(frameCount, 20, 8) }";
    let film = |pages: u32| {
        sketch(
            code,
            json!({ "output": "gif", "frames": 30, "parallel": pages }),
        )
    };
    let alone = studio.render(film(1), "alone.gif").await;
    assert_eq!((alone.pages, &*alone.warnings), (1, &[][..]));
    let apart = studio.render(film(2), "apart.gif").await;
    assert_eq!((apart.pages, apart.frames), (1, 30));
    assert_eq!(apart.warnings, [Warning::OnePage]);
}

#[tokio::test]
async fn an_error_in_any_of_the_pages_ends_the_film_and_leaves_nothing() {
    let studio = Studio::new();
    let code = "function setup() { createCanvas(200, 200) }
        function draw() { if (frameCount === 7) for (;;); circle(frameCount, 20, 8) }";
    let film = json!({ "output": "mp4", "frames": 30, "parallel": 3, "timeout": "15s" });
    let failed = studio.try_render(sketch(code, film), "film.mp4").await;
    assert!(
        matches!(failed, Err(RenderError::Stuck { .. })),
        "{failed:?}"
    );
    assert!(studio.files().is_empty(), "{:?}", studio.files());
    assert_eq!(job(sketch(code, json!({}))).parallel, 1);
}
