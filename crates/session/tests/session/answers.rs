//! What pages ask: dialogs, files, choices; and what people ask of pages.

use serde_json::{Value, json};
use session::protocol::Notice;

use crate::support::{Server, Studio};

#[tokio::test]
async fn dialogs_are_shown_and_answered() {
    let mut studio = Studio::show(
        "<button id=c onclick='window.sure=confirm(`Sure?`)'>c</button>
         <button id=p onclick='window.name2=prompt(`Name?`,`Ada`)'>p</button>",
    )
    .await;
    studio.click("#c").await;
    let state = studio.state(|state| state.dialog.is_some()).await;
    let dialog = state.dialog.unwrap();
    assert_eq!(
        (dialog.kind.as_str(), dialog.message.as_str()),
        ("confirm", "Sure?")
    );
    studio
        .viewer
        .say(json!({"t": "dialog", "action": "accept"}))
        .await;
    studio.state(|state| state.dialog.is_none()).await;
    studio.holds("window.sure === true").await;

    studio.click("#p").await;
    let state = studio.state(|state| state.dialog.is_some()).await;
    assert_eq!(state.dialog.unwrap().default_value, "Ada");
    studio
        .viewer
        .say(json!({"t": "dialog", "action": "accept", "text": "Grace"}))
        .await;
    studio.holds("window.name2 === 'Grace'").await;
    drop(studio.close().await);
}

#[tokio::test]
async fn a_list_is_chosen_from_even_inside_a_frame() {
    let server = Server::start().await;
    let list = "<select id=s onchange='window.chosen=this.value'><option value=a>A<option value=b>B<option value=c>C</select>";
    server.page("/frame", list);
    let frame = server.other_url("/frame");
    server.page("/", &format!("<iframe id=f src='{frame}' style='margin:40px 0 0 70px;width:300px;height:200px;border:5px solid'></iframe>"));
    let mut studio = Studio::open(server, "/").await;
    let at = studio.middle("#f").await;
    let corner = (at.0 - 150.0 + 25.0, at.1 - 100.0 + 18.0);
    studio.viewer.mouse("down", corner).await;
    studio.viewer.mouse("up", corner).await;
    let picker = studio.viewer.hear(|notice| match notice {
        Notice::Picker(picker) => Some(picker.clone()),
        _ => None,
    });
    let picker = picker.await;
    assert_eq!(picker["type"], "select");
    assert_eq!(picker["options"].as_array().map(Vec::len), Some(3));
    let x = picker["box"]["x"].as_f64().unwrap();
    assert!(x > 70.0, "the box is in coordinates of the page: {x}");
    studio
        .viewer
        .say(json!({"t": "choose", "id": picker["id"], "indexes": [2]}))
        .await;
    studio
        .viewer
        .hear(|notice| matches!(notice, Notice::PickerClosed).then_some(()))
        .await;
    studio
        .viewer
        .say(json!({"t": "pick", "x": corner.0, "y": corner.1}))
        .await;
    let picked = studio.viewer.hear(|notice| match notice {
        Notice::Picked(picked) => Some(picked.clone()),
        _ => None,
    });
    let picked = picked.await;
    assert_eq!(picked["tag"], "select");
    assert_eq!(picked["value"], "c");
    assert_eq!(picked["frames"].as_array().map(Vec::len), Some(1));
    assert!(
        picked["suggestions"]
            .as_array()
            .is_some_and(|checks| !checks.is_empty())
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn files_are_uploaded_and_reach_the_page_under_their_names() {
    let mut studio = Studio::show("<input type=file id=f multiple onchange='window.names=[...this.files].map(f=>f.name+f.size).join()'>").await;
    studio.click("#f").await;
    let state = studio.state(|state| state.file_chooser.is_some()).await;
    assert!(state.file_chooser.unwrap().multiple);
    let folder = studio.session.folder().clone();
    let one = folder.save_upload("../one.txt", &b"1"[..]).await.unwrap();
    let two = folder.save_upload("two ü.txt", &b"22"[..]).await.unwrap();
    studio
        .viewer
        .say(json!({"t": "files", "uploads": [one.id, two.id]}))
        .await;
    studio.holds("window.names === 'one.txt1,two ü.txt2'").await;
    studio.state(|state| state.file_chooser.is_none()).await;
    drop(studio.close().await);
}

#[tokio::test]
async fn selected_text_is_copied_and_what_can_be_clicked_is_shown() {
    let mut studio =
        Studio::show("<p id=p>copy me</p><button style='margin:50px'>Save</button>").await;
    studio
        .eval("getSelection().selectAllChildren(document.querySelector('#p'))")
        .await;
    studio.viewer.say(json!({"t": "copy"})).await;
    let text = studio.viewer.hear(|notice| match notice {
        Notice::Clipboard { text } => Some(text.clone()),
        _ => None,
    });
    assert_eq!(text.await, "copy me");
    studio
        .viewer
        .say(json!({"t": "highlight", "on": true}))
        .await;
    let boxes = studio.viewer.hear(|notice| match notice {
        Notice::Clickables { boxes } => Some(boxes.clone()),
        _ => None,
    });
    let names: Vec<_> = boxes
        .await
        .iter()
        .map(|item| item["name"].clone())
        .collect();
    assert_eq!(names, [Value::from("Save")]);
    drop(studio.close().await);
}

#[tokio::test]
async fn a_field_that_gets_the_focus_is_told_so_that_a_phone_shows_its_keyboard() {
    let mut studio = Studio::show(
        "<input type=email style='width:200px;height:40px'><button style='width:90px;height:40px'>Go</button>",
    )
    .await;
    for (click, expected) in [("input", true), ("button", false), ("input", true)] {
        studio.click(click).await;
        let is_placed = studio
            .viewer
            .hear(|notice| match notice {
                Notice::Focus { editable, area } => {
                    (*editable == expected).then_some(area.is_some())
                }
                _ => None,
            })
            .await;
        assert_eq!(is_placed, expected);
    }
    drop(studio.close().await);
}
