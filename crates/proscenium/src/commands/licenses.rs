use crate::exit_code::ExitCode;

/// The product's own.
const OWN: &str = include_str!("../../../../LICENSE");

/// Print the licence of Proscenium, and of p5, which is part of it.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn execute() -> ExitCode {
    println!("Proscenium\n\n{}", OWN.trim_end());
    let p5 = video::p5_licence();
    if !p5.is_empty() {
        println!(
            "\n\np5 1 and 2 (https://p5js.org), shipped unchanged\n\n{}",
            p5.trim_end()
        );
    }
    ExitCode::PASSED
}
