//! Prints the API's OpenAPI document: `cargo xtask codegen openapi` keeps it in `crates/server/openapi.json`.

#![expect(clippy::print_stdout, reason = "the document goes to standard output")]

fn main() {
    print!("{}", server::openapi());
}
