//! Where pages may connect to, as arguments of the commands that serve.

use egress::{EgressPolicy, HostPattern};

/// Pages reach the public Internet; these change that.
#[derive(clap::Args)]
pub(crate) struct Reach {
    /// A host that pages may reach although it is not public: example.test, *.example.test, 10.0.0.0/8, host:port.
    #[arg(long = "allow-host", value_name = "HOST")]
    allow_hosts: Vec<HostPattern>,
    /// A host that pages may not reach.
    #[arg(long = "deny-host", value_name = "HOST")]
    deny_hosts: Vec<HostPattern>,
}

impl Reach {
    pub(crate) fn policy(self) -> EgressPolicy {
        EgressPolicy {
            allow_hosts: self.allow_hosts,
            deny_hosts: self.deny_hosts,
            ..EgressPolicy::public_only()
        }
    }
}
