//! Every file of the corpus, and every input that once went wrong, is read without a panic and without losing anything.

#[path = "corpus/check.rs"]
mod check;

use check::{Outcome, look};

#[test]
fn every_file_of_the_corpus_is_read_or_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            continue;
        }
        let is_wrong = path.to_string_lossy().contains("-wrong");
        match look(&std::fs::read(&path).unwrap()) {
            Ok(Outcome::Read) => read += 1,
            Ok(Outcome::Refused) => assert!(is_wrong, "{} is refused", path.display()),
            Err(why) => panic!("{}: {why}", path.display()),
        }
    }
    assert!(read >= 11, "{read} files were read");
}
