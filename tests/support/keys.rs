//! Keys and certificates of a test, made by openssl.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tempfile::TempDir;

/// A folder with keys.
pub struct Keys(TempDir);

impl Keys {
    /// An authority, and a certificate of it for this machine's address.
    pub fn of_a_server() -> Self {
        Self::of_a_server_named("IP:127.0.0.1")
    }

    /// The same for another name.
    pub fn of_a_server_named(name: &str) -> Self {
        let keys = Self(tempfile::tempdir().expect("a folder"));
        std::fs::write(keys.path("names"), format!("subjectAltName={name}")).expect("a file");
        for line in [
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem",
            "req -newkey rsa:2048 -nodes -subj /CN=server -keyout server.key -out server.csr",
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt",
        ] {
            keys.openssl(&line.split(' ').collect::<Vec<_>>());
        }
        let both = ["server.key", "server.crt"].map(|name| keys.read(name));
        std::fs::write(keys.path("server.pem"), both.concat()).expect("a file");
        keys
    }

    /// A pair to sign with, of a kind that openssl names.
    pub fn of_a_signer(kind: &str) -> Self {
        let keys = Self(tempfile::tempdir().expect("a folder"));
        keys.openssl(&["genpkey", "-algorithm", kind, "-out", "key.pem"]);
        keys.openssl(&[
            "pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public",
        ]);
        keys
    }

    /// The public half as the domain name system has it (RFC 6376, 3.6.1; RFC 8463).
    pub fn record(&self, kind: &str) -> String {
        let der = std::fs::read(self.path("public")).expect("a file");
        // Of Ed25519 the bare key is published, which is what the structure ends in.
        let key = match kind {
            "ed25519" => &der[der.len() - 32..],
            _ => &der,
        };
        format!("v=DKIM1; k={kind}; p={}", BASE64_STANDARD.encode(key))
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The same, as a setting.
    pub fn setting(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    fn openssl(&self, arguments: &[&str]) {
        let mut openssl = Command::new("openssl");
        let done = openssl.current_dir(self.0.path()).args(arguments).output();
        let done = done.expect("openssl: apt-get install openssl");
        assert!(done.status.success(), "{arguments:?}: {done:?}");
    }
}

/// The Python that has client libraries as they are published: the one that `scripts/test` makes, or that of `DUYET_TEST_LIBRARIES`.
pub fn libraries() -> std::path::PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin/python");
    std::env::var_os("DUYET_TEST_LIBRARIES").map_or_else(own, std::path::PathBuf::from)
}

/// Runs a script of this folder with something on its standard input; what it printed.
pub fn python(script: &str, arguments: &[&str], input: &[u8]) -> String {
    use std::io::Write;
    use std::process::Stdio;

    let python = std::env::var("DUYET_TEST_PYTHON");
    let python = python.unwrap_or_else(|_| "/usr/bin/python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/support")
        .join(script);
    let mut process = Command::new(&python)
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{python}: {error}"));
    let mut standard_input = process.stdin.take().expect("its input");
    standard_input.write_all(input).expect("a pipe");
    drop(standard_input);
    let done = process.wait_with_output().expect("its output");
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).expect("UTF-8")
}
