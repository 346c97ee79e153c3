//! From a name to a connection: looked up, all of it checked, and that dialled.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{Failure, Lookup};
use crate::domain::Trouble;
use crate::intake::Target;

/// As many addresses of a name are tried, one after the other.
const TRIED: usize = 4;
/// The longest that one of them is waited for where somebody calls.
pub(super) const CONNECTING: Duration = Duration::from_secs(5);

/// What the system says that a name stands for.
pub(super) async fn system(name: String) -> io::Result<Vec<IpAddr>> {
    let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
    Ok(found.map(|address| address.ip()).collect())
}

/// Everything that the address stands for now, where all of it may be called: one that may not be spoils the others, since whoever
/// says both is up to something.
pub(super) async fn checked(
    target: &Target,
    lookup: &Lookup,
    allowed: &[IpNet],
) -> Result<Vec<SocketAddr>, Failure> {
    let found = match target.host() {
        Ok(address) => vec![address],
        Err(name) => {
            let found = lookup(name.to_owned()).await.map_err(|error| {
                Failure::Away(Trouble::NoName {
                    name: name.to_owned(),
                    said: error.to_string(),
                })
            })?;
            if found.is_empty() {
                let name = name.to_owned();
                return Err(Failure::Away(Trouble::Nowhere { name }));
            }
            found
        }
    };
    for address in &found {
        target.admit(*address, allowed)?;
    }
    let port = target.port();
    Ok(found
        .into_iter()
        .map(|ip| SocketAddr::new(ip, port))
        .collect())
}

/// Why nobody could be connected to.
pub(in crate::notify) struct Unreached {
    /// Who was tried last.
    place: Option<SocketAddr>,
    /// What the system said; nothing where nobody answered in time.
    pub(in crate::notify) said: Option<io::Error>,
}

impl From<Unreached> for Failure {
    fn from(unreached: Unreached) -> Self {
        Self::Away(Trouble::NoConnection {
            place: unreached
                .place
                .map_or_else(String::new, |place| place.to_string()),
            said: unreached.said.map(|error| error.to_string()),
        })
    }
}

/// A connection to the first of those that answers, each of which has its share of that time and no more than `longest`.
pub(in crate::notify) async fn connect(
    places: &[SocketAddr],
    deadline: Duration,
    longest: Duration,
) -> Result<TcpStream, Unreached> {
    let tried = places.len().clamp(1, TRIED);
    let share = longest.min(deadline / u32::try_from(tried).unwrap_or(1));
    let mut last = Unreached {
        place: None,
        said: None,
    };
    for place in places.iter().take(tried) {
        let said = match timeout(share, TcpStream::connect(place)).await {
            Ok(Ok(stream)) => {
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => Some(error),
            Err(_) => None,
        };
        last = Unreached {
            place: Some(*place),
            said,
        };
    }
    Err(last)
}

/// The same connection in TLS, to who can prove that they are the host of the address.
pub(super) async fn secure(
    stream: TcpStream,
    target: &Target,
    tls: Arc<ClientConfig>,
) -> Result<TlsStream<TcpStream>, Failure> {
    let no_tls = |said: String| {
        Failure::Away(Trouble::NoTls {
            place: target.authority().to_owned(),
            said,
        })
    };
    let name = match target.host() {
        Ok(address) => ServerName::from(address),
        Err(name) => {
            ServerName::try_from(name.to_owned()).map_err(|error| no_tls(error.to_string()))?
        }
    };
    let connecting = TlsConnector::from(tls).connect(name, stream);
    connecting.await.map_err(|error| no_tls(error.to_string()))
}
