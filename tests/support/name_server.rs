//! A server of names that says what it is told to, and who asks it (RFC 1035).

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use duyet::notify::outward::Lookup;

const A: u16 = 1;
const AAAA: u16 = 28;
const HEAD: usize = 12;

/// Answers each question with the next of its addresses, for no time at all.
pub struct NameServer {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl NameServer {
    /// Says these, one a question, and the last one for ever.
    pub fn saying(addresses: &[&str]) -> Self {
        let says: Vec<IpAddr> = addresses
            .iter()
            .map(|text| text.parse().expect("an address"))
            .collect();
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let address = socket.local_addr().expect("a port");
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        // Ends with the test's process.
        std::thread::spawn(move || {
            let mut packet = [0; 512];
            while let Ok((length, whom)) = socket.recv_from(&mut packet) {
                let nth = count.fetch_add(1, Ordering::SeqCst);
                let says = says[nth.min(says.len() - 1)];
                let _ = socket.send_to(&answer(&packet[..length], says), whom);
            }
        });
        Self { address, asked }
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Asks it.
    pub fn lookup(&self) -> Lookup {
        let server = self.address;
        Arc::new(move |name| Box::pin(ask(server, name)))
    }
}

/// The question with its answer behind it.
fn answer(question: &[u8], says: IpAddr) -> Vec<u8> {
    let mut packet = question.to_vec();
    packet[2..8].copy_from_slice(&[0x84, 0, 0, 1, 0, 1]);
    let (kind, bytes) = match says {
        IpAddr::V4(address) => (A, address.octets().to_vec()),
        IpAddr::V6(address) => (AAAA, address.octets().to_vec()),
    };
    // The name is the question's.
    packet.extend([0xc0, 0x0c]);
    packet.extend(kind.to_be_bytes());
    packet.extend([0, 1, 0, 0, 0, 0, 0, u8::try_from(bytes.len()).expect("16")]);
    packet.extend(bytes);
    packet
}

async fn ask(server: SocketAddr, name: String) -> std::io::Result<Vec<IpAddr>> {
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await?;
    let mut packet = vec![0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.') {
        packet.push(u8::try_from(label.len()).expect("63"));
        packet.extend(label.bytes());
    }
    packet.extend([0, 0, 1, 0, 1]);
    socket.send_to(&packet, server).await?;
    let mut answer = [0; 512];
    let length = socket.recv(&mut answer).await?;
    let rest = &answer[packet.len()..length];
    assert!(packet.len() > HEAD && answer[..2] == packet[..2]);
    let bytes = &rest[HEAD..];
    let found = match u16::from_be_bytes([rest[2], rest[3]]) {
        A => IpAddr::from(<[u8; 4]>::try_from(bytes).expect("four")),
        AAAA => IpAddr::from(<[u8; 16]>::try_from(bytes).expect("sixteen")),
        other => panic!("type {other}"),
    };
    Ok(vec![found])
}
