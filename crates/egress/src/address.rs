//! Which addresses are public: the tables of IANA's special-purpose registries, looked at through every way of
//! writing an IPv4 address inside an IPv6 one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use crate::DenialReason;

/// Why pages may not reach this address under [`Baseline::PublicOnly`](crate::Baseline::PublicOnly); `None` for a
/// public address.
pub(crate) fn special_purpose(address: IpAddr) -> Option<DenialReason> {
    match address {
        IpAddr::V4(v4) => special_v4(v4),
        IpAddr::V6(v6) => special_v6(v6),
    }
}

/// The IPv4 address when the IPv6 form only wraps one that the operating system would connect to by IPv4.
pub(crate) fn unmapped(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// Whether a connection to this address stays on this machine. Which addresses its network cards have may change at any
/// time, so the system is asked: it gives a socket only an address that is its own.
pub(crate) fn is_of_this_machine(address: IpAddr) -> bool {
    address.is_loopback() || address.is_unspecified() || UdpSocket::bind((address, 0)).is_ok()
}

/// Metadata services of the large clouds, those outside the link-local range included.
pub(crate) fn is_metadata(address: IpAddr) -> bool {
    const V4: [Ipv4Addr; 6] = [
        Ipv4Addr::new(169, 254, 169, 254), // AWS, Azure, GCP, DigitalOcean, OpenStack
        Ipv4Addr::new(169, 254, 170, 2),   // AWS ECS task credentials
        Ipv4Addr::new(169, 254, 170, 23),  // AWS EKS pod identity
        Ipv4Addr::new(100, 100, 100, 200), // Alibaba
        Ipv4Addr::new(192, 0, 0, 192),     // Oracle
        Ipv4Addr::new(168, 63, 129, 16),   // Azure's host agent, in public space
    ];
    const V6: [Ipv6Addr; 3] = [
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), // AWS
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),  // AWS EKS pod identity
        Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),  // GCP
    ];
    match address {
        IpAddr::V4(v4) => V4.contains(&v4),
        IpAddr::V6(v6) => V6.contains(&v6) || embedded_v4(v6).is_some_and(|v4| V4.contains(&v4)),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<DenialReason> {
    if is_metadata(IpAddr::V4(address)) {
        return Some(DenialReason::Metadata);
    }
    match address.octets() {
        [0, ..] => Some(DenialReason::Unspecified),
        [127, ..] => Some(DenialReason::Loopback),
        [10, ..] | [192, 168, ..] => Some(DenialReason::Private),
        [172, second, ..] if (16..32).contains(&second) => Some(DenialReason::Private),
        [100, second, ..] if (64..128).contains(&second) => Some(DenialReason::Private),
        [169, 254, ..] => Some(DenialReason::LinkLocal),
        [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Some(DenialReason::Reserved),
        [224..=239, ..] | [255, 255, 255, 255] => Some(DenialReason::Multicast),
        [240..=255, ..] => Some(DenialReason::Reserved),
        _ => None,
    }
}

fn special_v6(address: Ipv6Addr) -> Option<DenialReason> {
    if is_metadata(IpAddr::V6(address)) {
        return Some(DenialReason::Metadata);
    }
    if address.is_unspecified() {
        return Some(DenialReason::Unspecified);
    }
    if address.is_loopback() {
        return Some(DenialReason::Loopback);
    }
    if let Some(v4) = embedded_v4(address) {
        return special_v4(v4);
    }
    match address.segments() {
        [0xfe80..=0xfebf, ..] => Some(DenialReason::LinkLocal),
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Some(DenialReason::Private),
        [0xff00..=0xffff, ..] => Some(DenialReason::Multicast),
        // 2001::/23 are IETF protocol assignments: Teredo, ORCHID, benchmarking.
        [0x2001, 0x0000..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] => {
            Some(DenialReason::Reserved)
        }
        // Global unicast; nothing else has been handed out.
        [0x2000..=0x3fff, ..] => None,
        _ => Some(DenialReason::Reserved),
    }
}

/// The IPv4 address that an IPv6 address carries: mapped, compatible, translated, NAT64, 6to4, ISATAP.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0, 0, 0, 0, 0, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..]
        | [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(join(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::special_purpose;
    use crate::DenialReason::{
        self, LinkLocal, Loopback, Metadata, Multicast, Private, Reserved, Unspecified,
    };

    fn reason(text: &str) -> Option<DenialReason> {
        special_purpose(text.parse().expect("an address"))
    }

    #[test]
    fn every_special_range_is_refused_at_both_of_its_ends() {
        for (from, to, expected) in [
            ("0.0.0.0", "0.255.255.255", Unspecified),
            ("10.0.0.0", "10.255.255.255", Private),
            ("100.64.0.0", "100.127.255.255", Private),
            ("127.0.0.0", "127.255.255.255", Loopback),
            ("169.254.0.0", "169.254.255.255", LinkLocal),
            ("172.16.0.0", "172.31.255.255", Private),
            ("192.0.2.0", "192.0.2.255", Reserved),
            ("192.168.0.0", "192.168.255.255", Private),
            ("198.18.0.0", "198.19.255.255", Reserved),
            ("224.0.0.0", "239.255.255.255", Multicast),
            ("240.0.0.0", "255.255.255.254", Reserved),
            ("fc00::", "fdff:ffff::1", Private),
            ("fe80::", "febf:ffff::1", LinkLocal),
            ("fec0::", "feff::1", Private),
            ("ff00::", "ffff::1", Multicast),
            ("2001:db8::", "2001:db8:ffff::1", Reserved),
            ("2001::1", "2001:1ff::1", Reserved),
        ] {
            assert_eq!(reason(from), Some(expected), "{from}");
            assert_eq!(reason(to), Some(expected), "{to}");
        }
        assert_eq!(reason("255.255.255.255"), Some(Multicast));
        assert_eq!(reason("::"), Some(Unspecified));
        assert_eq!(reason("::1"), Some(Loopback));
    }

    #[test]
    fn the_neighbours_of_special_ranges_are_public() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860::8888",
        ] {
            assert_eq!(reason(address), None, "{address}");
        }
    }

    #[test]
    fn an_ipv4_address_inside_an_ipv6_address_is_judged_as_what_it_is() {
        for address in [
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "2002:7f00:1::",
            "2606:4700::5efe:127.0.0.1",
        ] {
            assert_eq!(reason(address), Some(Loopback), "{address}");
        }
        assert_eq!(reason("::ffff:10.1.2.3"), Some(Private));
        assert_eq!(reason("64:ff9b::8.8.8.8"), None);
        assert_eq!(reason("64:ff9b:1::8.8.8.8"), Some(Reserved));
        assert_eq!(reason("::ffff:8.8.8.8"), None);
    }

    #[test]
    fn metadata_services_are_named_as_such_wherever_they_live() {
        for address in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "fd00:ec2::254",
            "fd20:ce::254",
            "64:ff9b::169.254.169.254",
        ] {
            assert_eq!(reason(address), Some(Metadata), "{address}");
        }
    }
}
