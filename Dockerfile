# syntax=docker/dockerfile:1

# Debian 12 on both sides: what is linked in the first stage is there in the second.
FROM rust:1-bookworm AS build
WORKDIR /src

# The dependencies, in a layer that stays until Cargo.toml or Cargo.lock changes: every target that Cargo.toml
# names is there and empty, the benches and the tests too, since Cargo does not read a manifest whose targets are missing.
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
RUN mkdir -p src benches/load tests web /data \
    && echo 'fn main() {}' > src/main.rs \
    && cp src/main.rs web/build.rs \
    && cp src/main.rs benches/load/main.rs \
    && cp src/main.rs benches/intake.rs \
    && cp src/main.rs tests/all.rs \
    && touch src/lib.rs \
    && cargo build --release --locked --bin duyet

# The service itself. Cargo goes by dates, and files from a checkout are older than the empty ones.
COPY . .
RUN touch src/main.rs src/lib.rs web/build.rs \
    && cargo build --release --locked --bin duyet

# The C library, the certificate authorities and nothing else: no shell, no package manager. There is
# nothing in it for a HEALTHCHECK to run; let the orchestrator ask /livez and /readyz.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build --chown=65532:65532 /data /data
COPY --from=build /src/target/release/duyet /usr/local/bin/duyet
# The database, the secret beside it, duyet.toml and mail that is written to files: all are here. Set
# DUYET_PUBLIC_URL too: the service cannot know under what name it is reached.
VOLUME /data
WORKDIR /data
ENV DATABASE_URL=sqlite:/data/duyet.db \
    DUYET_LISTEN=0.0.0.0:8080
EXPOSE 8080
USER 65532:65532
ENTRYPOINT ["duyet"]
CMD ["serve"]
