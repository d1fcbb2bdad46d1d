//! What the exit status of `proscenium` means; scripts rely on these numbers.

/// Exit status of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ExitCode(u8);

impl ExitCode {
    /// Everything asked for was done; every recording passed.
    pub(crate) const PASSED: Self = Self(0);
    /// A recording was performed and failed, or a file is not valid.
    pub(crate) const FAILED: Self = Self(1);
    /// The arguments make no sense or the recording cannot be read.
    pub(crate) const USAGE: Self = Self(2);
    /// Nothing could be performed: no browser, no permission, a broken environment.
    pub(crate) const COULD_NOT_RUN: Self = Self(3);
    /// Stopped by Ctrl-C or a termination signal.
    pub(crate) const CANCELLED: Self = Self(130);

    /// Prints an error that ended a command, with its causes, and gives the exit status for it.
    #[expect(
        clippy::print_stderr,
        reason = "errors of the command line go to stderr"
    )]
    pub(crate) fn report(error: anyhow::Error) -> Self {
        eprintln!("error: {error:#}");
        Self::COULD_NOT_RUN
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.0)
    }
}
