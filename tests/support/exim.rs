//! Debian's exim as it is, run by whoever runs the tests out of a throwaway folder: it takes mail on a loopback port and lays it
//! into a Maildir.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::eventually;

/// Whom exim is run as by root, whom it delivers nothing for.
const NOBODY: u32 = 65_534;

/// A running server.
pub struct Exim {
    folder: TempDir,
    address: SocketAddr,
}

impl Exim {
    /// Listens; each connection is a process of its own, as under inetd.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let own = std::fs::metadata(folder.path()).expect("a folder").uid();
        let user = if own == 0 { NOBODY } else { own };
        for name in ["spool", "log", "mail"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let configuration = folder.path().join("exim.conf");
        std::fs::write(&configuration, settings(folder.path(), user)).expect("a file");
        if own == 0 {
            let open = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(folder.path(), open).expect("a mode");
            for name in ["", "spool", "log", "mail", "exim.conf"] {
                chown(folder.path().join(name), Some(user), Some(user)).expect("an owner");
            }
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("a port");
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let other = connection.try_clone().expect("a connection");
                let mut exim = Command::new(program());
                exim.arg("-C").arg(&configuration).args(["-odf", "-bs"]);
                exim.stdin(Stdio::from(OwnedFd::from(connection)));
                exim.stdout(Stdio::from(OwnedFd::from(other)));
                if own == 0 {
                    exim.uid(NOBODY).gid(NOBODY);
                }
                let mut exim = exim
                    .spawn()
                    .expect("exim: apt-get install exim4-daemon-light");
                std::thread::spawn(move || exim.wait());
            }
        });
        Self { folder, address }
    }

    /// For `DUYET_SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}?tls=none", self.address)
    }

    /// Waits until so many mails are in the Maildir; their bytes.
    pub async fn delivers(&self, count: usize) -> Vec<Vec<u8>> {
        eventually("mails in the Maildir", async || {
            let files = std::fs::read_dir(self.folder.path().join("mail/new")).ok()?;
            let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
            paths.sort();
            let read = |path| std::fs::read(path).expect("a mail");
            (paths.len() >= count).then(|| paths.into_iter().map(read).collect())
        })
        .await
    }
}

fn program() -> String {
    std::env::var("DUYET_TEST_EXIM").unwrap_or_else(|_| "/usr/sbin/exim4".to_owned())
}

fn settings(folder: &Path, user: u32) -> String {
    let folder = folder.display();
    format!(
        "exim_user = {user}
exim_group = {user}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
primary_hostname = mail.test
acl_smtp_rcpt = accept
acl_smtp_data = accept
deliver_drop_privilege = true
never_users =
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
begin routers
all:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/mail
  maildir_format
  create_directory
  user = {user}
  group = {user}
"
    )
}
