//! Prints what becomes of recordings on pages that were changed: every run, then how many acted on something else or were
//! green without their effect, which must be none. Names of pages as arguments leave out the others,
//! `--each=5` performs a fifth, `--change=trembling` what is changed in one way.
//!
//! `cargo run -p replay --example truth -- --engine=firefox`

#[path = "../tests/truth/mutants/mod.rs"]
mod mutants;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<(), mutants::Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let engine = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--engine="))
        .unwrap_or("chromium");
    let pages: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let changes: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.strip_prefix("--change="))
        .collect();
    let each = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--each="))
        .map_or(Ok(1), str::parse)?;
    let share = mutants::Share {
        pages,
        changes,
        each,
    };
    let table = mutants::measure(engine.parse()?, &share).await?;
    println!("{table}");
    let (untrue, unexplained) = (table.untrue().len(), table.unexplained().len());
    if untrue + unexplained > 0 {
        return Err(
            format!("{untrue} runs were untrue, {unexplained} red for another reason").into(),
        );
    }
    Ok(())
}
