use replay::{ErrorCode, Timing};
use serde_json::json;

use crate::support::{css, noting, on_page, plan};

#[tokio::test]
async fn text_replaces_what_a_field_held() {
    let html = noting(
        "<input id=a value=old><textarea id=t>old</textarea><div id=e contenteditable>old</div>
        <input id=d type=date><input id=n type=number><input id=r type=range><input id=k type=color><input id=empty value=old>",
    );
    let steps = json!([
        { "type": "input", "selectors": css("#a"), "value": "new ü 漢字" },
        { "type": "input", "selectors": css("#t"), "value": "two\nlines" },
        { "type": "input", "selectors": css("#e"), "value": "edited" },
        { "type": "input", "selectors": css("#d"), "value": "2026-02-28", "inputType": "date" },
        { "type": "input", "selectors": css("#n"), "value": "42.5", "inputType": "number" },
        { "type": "input", "selectors": css("#r"), "value": "70", "inputType": "range" },
        { "type": "input", "selectors": css("#k"), "value": "#ff8800", "inputType": "color" },
        { "type": "input", "selectors": css("#empty"), "value": "" },
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    let values = run.value("[a.value, t.value, e.innerText.trim(), d.value, n.value, r.value, k.value, empty.value]").await;
    assert_eq!(
        values,
        json!([
            "new ü 漢字",
            "two\nlines",
            "edited",
            "2026-02-28",
            "42.5",
            "70",
            "#ff8800",
            ""
        ])
    );
}

#[tokio::test]
async fn a_field_that_does_not_take_the_text_fails_the_step() {
    let cases = [
        (
            "<input id=a oninput='this.value = \"\"'>",
            ErrorCode::ValueMismatch,
        ),
        ("<input id=a maxlength=3>", ErrorCode::ValueMismatch),
        ("<input id=a readonly>", ErrorCode::Readonly),
        ("<input id=a disabled>", ErrorCode::Disabled),
        ("<input id=a type=number>", ErrorCode::InvalidValue),
        ("<button id=a>no field</button>", ErrorCode::Readonly),
    ];
    for (body, code) in cases {
        let run = on_page(
            &noting(body),
            json!([{ "type": "input", "selectors": css("#a"), "value": "hello", "timeout": 1200 }]),
        )
        .await;
        run.fails_at(0, code);
    }
}

#[tokio::test]
async fn a_page_may_write_the_value_in_its_own_way() {
    let html = noting(
        "<input id=a oninput=\"this.value = '(' + this.value.replace(/\\D/g, '').slice(0, 3) + ') ' + this.value.replace(/\\D/g, '').slice(3)\">",
    );
    let run = on_page(
        &html,
        json!([{ "type": "input", "selectors": css("#a"), "value": "5551234" }]),
    )
    .await;
    run.passes();
    assert!(
        run.steps[0]
            .waits
            .iter()
            .any(|wait| wait.contains("own way")),
        "{:?}",
        run.steps[0].waits
    );
}

#[tokio::test]
async fn typing_presses_keys_when_the_pace_is_realistic() {
    let html = noting("<input id=a><script>a.onkeydown = (e) => note(e.key)</script>");
    let steps = json!([{ "type": "input", "selectors": css("#a"), "value": "abc", "simulationType": "type", "typingDelay": 5 }]);
    let run = plan(&[("/", &html)], steps.clone())
        .await
        .with(|options| options.timing = Timing::Realistic)
        .run()
        .await;
    run.passes();
    assert_eq!(run.seen().await, ["a", "b", "c"]);
    let run = plan(&[("/", &html)], steps).await.run().await;
    run.passes();
    assert_eq!(run.value("a.value").await, json!("abc"));
}

#[tokio::test]
async fn variables_are_filled_in_and_never_reported() {
    let html = noting(
        "<form action=/next><input id=p name=p type=password><input id=q name=q><button id=go>go</button></form>",
    );
    let next = "<title>Next</title><p id=p></p><script>p.textContent = location.search; console.error('got ' + location.search)</script>";
    let steps = json!([
        { "type": "input", "selectors": css("#p"), "value": "${PASSWORD}", "isSensitive": true, "variableName": "PASSWORD" },
        { "type": "input", "selectors": css("#q"), "value": "user ${NAME}" },
        { "type": "click", "selectors": css("#go") },
        { "type": "checkpoint", "checkType": "containsText", "selectors": css("#p"), "expectedValue": "${PASSWORD}!", "timeout": 800 },
    ]);
    let plan = plan(&[("/", &html), ("/next", next)], steps)
        .await
        .with(|options| {
            options.variables = [("PASSWORD", "s3cr3t pass&word"), ("NAME", "Ann")]
                .into_iter()
                .collect();
        });
    let run = plan.run().await;
    run.fails_at(3, ErrorCode::CheckFailed);
    let said = format!(
        "{:?}\n{}",
        run.steps,
        serde_json::to_string(&run.outcome).unwrap()
    );
    let evidence = run.outcome.failure_evidence.as_ref().unwrap();
    let said = format!(
        "{said}\n{}\n{:?}",
        serde_json::to_string(&evidence.evidence).unwrap(),
        evidence.evidence.dom
    );
    for secret in ["s3cr3t", "pass&word", "pass%26word"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    assert!(said.contains("${PASSWORD}"));
    assert!(
        run.value("location.search")
            .await
            .as_str()
            .unwrap()
            .contains("s3cr3t")
    );
}

#[tokio::test]
async fn a_variable_without_a_value_fails_the_step_before_anything_is_typed() {
    let html = noting("<input id=a value=old>");
    let run = on_page(
        &html,
        json!([{ "type": "input", "selectors": css("#a"), "value": "${MISSING}" }]),
    )
    .await;
    let step = run.fails_at(0, ErrorCode::VariableMissing);
    assert!(step.error.as_ref().unwrap().message.contains("${MISSING}"));
    assert_eq!(run.value("a.value").await, json!("old"));
}
