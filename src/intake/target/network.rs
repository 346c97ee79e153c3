//! Which addresses are the whole world's: the registries of special ones (RFC 6890 and those since), read so that what is not plainly
//! a public machine is none.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are nobody's or somebody's own, with the bits that count.
const CLOSED_V4: [([u8; 4], u32); 17] = [
    ([0, 0, 0, 0], 8),        // this network
    ([10, 0, 0, 0], 8),       // private
    ([100, 64, 0, 0], 10),    // behind a carrier's translation; Alibaba's metadata
    ([127, 0, 0, 0], 8),      // loopback
    ([168, 63, 129, 16], 32), // Azure's own machine behind each of its machines
    ([169, 254, 0, 0], 16),   // link-local; most clouds' metadata
    ([172, 16, 0, 0], 12),    // private
    ([192, 0, 0, 0], 24),     // protocols' own; Oracle's metadata
    ([192, 0, 2, 0], 24),     // documentation
    ([192, 31, 196, 0], 24),  // AS112
    ([192, 52, 193, 0], 24),  // AMT
    ([192, 88, 99, 0], 24),   // relays of 6to4
    ([192, 168, 0, 0], 16),   // private
    ([198, 18, 0, 0], 15),    // benchmarks
    ([198, 51, 100, 0], 24),  // documentation
    ([203, 0, 113, 0], 24),   // documentation
    ([224, 0, 0, 0], 3),      // multicast, reserved, broadcast
];

/// The same of IPv6 within `2000::/3`, outside of which nothing is public.
const CLOSED_V6: [([u16; 4], u32); 5] = [
    ([0x2001, 0, 0, 0], 23), // protocols' own: Teredo, ORCHID, benchmarks, AMT
    ([0x2001, 0x0db8, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0], 16), // 6to4, which leads to any address of IPv4
    ([0x2620, 0x4f, 0x8000, 0], 48), // AS112
    ([0x3fff, 0, 0, 0], 20), // documentation
];

/// Whether an address is a machine that anybody may call. Of IPv6 that is global unicast without what carries an address of IPv4 in it
/// (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP): where those lead is not ours to find out.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    let is_in = |(network, length): &([u8; 4], u32)| {
        (bits ^ Ipv4Addr::from(*network).to_bits()) >> (32 - length) == 0
    };
    !CLOSED_V4.iter().any(is_in)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let is_global_unicast = parts[0] & 0xe000 == 0x2000;
    let bits = (address.to_bits() >> 64) as u64;
    let is_in = |(network, length): &([u16; 4], u32)| {
        let [a, b, c, d] = network.map(u64::from);
        (bits ^ (a << 48 | b << 32 | c << 16 | d)) >> (64 - length) == 0
    };
    // RFC 5214: ISATAP's interface identifiers, with and without the universal bit.
    let is_isatap = parts[4] & 0xfdff == 0 && parts[5] == 0x5efe;
    is_global_unicast && !is_isatap && !CLOSED_V6.iter().any(is_in)
}
