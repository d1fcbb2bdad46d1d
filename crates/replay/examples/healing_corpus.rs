//! Prints what healing finds in the corpus of changed pages: every case, precision, recall and wrong elements. Names of
//! pages as arguments leave out the others.
//!
//! `cargo run -p replay --example healing_corpus -- --engine=firefox`

#[path = "../tests/healing/corpus/mod.rs"]
mod corpus;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<(), corpus::Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let engine = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--engine="))
        .unwrap_or("chromium");
    let wanted: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let table = corpus::measure(engine.parse()?, &wanted, 1).await?;
    println!("{table}");
    Ok(())
}
