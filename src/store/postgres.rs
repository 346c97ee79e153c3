//! PostgreSQL without libpq: a synchronous Diesel connection over tokio-postgres, with TLS by rustls.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use diesel_async::AsyncPgConnection;
use diesel_async::async_connection_wrapper::{AsyncConnectionWrapper, BlockOn};
use rustls::{ClientConfig, RootCertStore};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::{Error, Result};

/// A synchronous connection; not for use inside the async runtime.
pub(super) type PgConnection = AsyncConnectionWrapper<AsyncPgConnection, Driver>;

/// The runtime that moves the connections' bytes. One thread is enough: the database, not this, is the slow part.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("duyet-postgres")
        .enable_all()
        .build()
        .expect("a thread can be started")
});

/// Waits for the connection's futures on [`RUNTIME`].
pub(super) struct Driver;

impl BlockOn for Driver {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        RUNTIME.handle().block_on(future)
    }

    fn get_runtime() -> Self {
        Self
    }
}

/// Connects. Without `sslmode` in the address, a server on this machine is spoken to in clear and any other over TLS;
/// TLS always checks the certificate against the system's authorities.
pub(super) fn connect(url: &str) -> Result<PgConnection> {
    let broken = |error: &dyn std::error::Error| Error::Broken(explain(error));
    let mut config: Config = url.parse().map_err(|error| broken(&error))?;
    config.connect_timeout(Duration::from_secs(5));
    // A server that vanished without a word is noticed by its silence.
    config.tcp_user_timeout(Duration::from_secs(10));
    config.keepalives_idle(Duration::from_secs(10));
    if config.get_application_name().is_none() {
        config.application_name("duyet");
    }
    let clear = match config.get_ssl_mode() {
        SslMode::Disable => true,
        SslMode::Prefer => config.get_hosts().iter().all(is_this_machine),
        _ => false,
    };
    let connection = RUNTIME.block_on(async {
        if clear {
            config.ssl_mode(SslMode::Disable);
            let (client, io) = config
                .connect(NoTls)
                .await
                .map_err(|error| broken(&error))?;
            AsyncPgConnection::try_from_client_and_connection(client, io).await
        } else {
            config.ssl_mode(SslMode::Require);
            let (client, io) = config
                .connect(tls())
                .await
                .map_err(|error| broken(&error))?;
            AsyncPgConnection::try_from_client_and_connection(client, io).await
        }
        .map_err(|error| broken(&error))
    })?;
    Ok(connection.into())
}

/// The error with its causes: tokio-postgres tells the reason only in those.
fn explain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|ip| ip.is_loopback())
        }
    }
}

fn tls() -> MakeRustlsConnect {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring offers TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    MakeRustlsConnect::new(config)
}
