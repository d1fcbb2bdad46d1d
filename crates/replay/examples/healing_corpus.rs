//! Prints what healing finds in the corpus of changed pages: every case, precision, recall and wrong elements. Names of
//! pages as arguments leave out the others.
//!
//! `cargo run -p replay --example healing_corpus`

#[path = "../tests/healing/corpus/mod.rs"]
mod corpus;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<(), corpus::Failure> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let table = corpus::measure(&wanted, 1).await?;
    println!("{table}");
    Ok(())
}
