//! The network that a comment came from, as an editor may see it for a while: what a ban of a range is made of, and no more.

use core::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The bits that are kept: in IPv4 some 250 homes, in IPv6 one subscriber or a few.
const KEPT: (u8, u8) = (24, 48);

/// The network of an address: `203.0.113.0/24`, `2001:db8:1::/48`.
#[must_use]
pub fn network_of(address: IpAddr) -> String {
    let network: IpNet = match address.to_canonical() {
        IpAddr::V4(address) => Ipv4Net::new(address, KEPT.0)
            .unwrap_or(address.into())
            .into(),
        IpAddr::V6(address) => Ipv6Net::new(address, KEPT.1)
            .unwrap_or(address.into())
            .into(),
    };
    network.trunc().to_string()
}

/// Whether all of a network that was kept lies within a range, both as they are stored.
#[must_use]
pub fn is_network_within(network: &str, range: &str) -> bool {
    let read = |text: &str| text.parse::<IpNet>().ok();
    read(range)
        .zip(read(network))
        .is_some_and(|(range, network)| range.contains(&network))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_kept_and_no_address() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(network_of(address), network);
        }
    }

    #[test]
    fn a_network_lies_within_a_range_or_not() {
        for (network, range, within) in [
            ("203.0.113.0/24", "203.0.0.0/16", true),
            ("203.0.113.0/24", "203.0.113.0/24", true),
            ("203.0.113.0/24", "203.0.113.0/25", false),
            ("203.0.113.0/24", "2001:db8::/32", false),
            ("2001:db8:1::/48", "2001:db8::/32", true),
            ("", "203.0.0.0/16", false),
        ] {
            assert_eq!(
                is_network_within(network, range),
                within,
                "{network} {range}"
            );
        }
    }
}
