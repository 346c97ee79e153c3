//! The routes, and the server around them.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_http::HttpService;
use actix_service::{
    IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config,
};
use actix_web::body::BoxBody;
use actix_web::dev::AppConfig;
use actix_web::dev::{ServerHandle, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::Data;
use actix_web::{App, Error};
use socket2::{Domain, Protocol, Socket, Type};
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, PathItem, Ref, RefOr, ResponseBuilder};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use super::connection::{QUIET, Watched};
use super::door::{House, SESSION_COOKIE};
use super::{
    akismet, challenge, checks, cms, compressed, cors, dashboard, demo, layer, mailbox, moderation,
    notices, ops, reading, receipts, reports, script, widget,
};
use crate::domain::{HistoryKind, ThreadOrder};
use crate::store::{ArticleOrder, Order, OutboxState};

/// As long as answers under way may take after the service was told to stop.
const FAREWELL: u64 = 8;

/// As many clients as may wait to be taken, unless the system allows fewer (`net.core.somaxconn`).
const BACKLOG: i32 = 4_096;
/// As long as the head of a connection's first request may take to arrive.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// As long as a client may take to see that its connection is closed.
const CLOSING_TIME: Duration = Duration::from_secs(1);

/// The public face of each site, under `/api/v1/sites/{site}`.
const SITES: &str = "/api/v1/sites/{site}";

/// Readers' own comments, under `/api/v1/receipts`.
pub(super) const RECEIPTS: &str = "/api/v1/receipts";

#[derive(OpenApi)]
#[openapi(
    components(schemas(ArticleOrder, HistoryKind, Order, OutboxState, ThreadOrder)),
    info(
        title = "Duyệt",
        description = "Comment moderation for newspapers: takes comments in, judges them, queues them for a person and tells that person.\n\nErrors are problem details (RFC 9457) in Vietnamese or English, as `Accept-Language` asks. Times are RFC 3339 in UTC. Identifiers are UUIDv7.",
    ),
    tags(
        (name = "Readers", description = "Called by the newspaper's pages. CORS allows the site's registered origins; no cookies."),
        (name = "CMS", description = "Called by the newspaper's CMS, signed with its secret (docs/cms.md), or by its external checker, signed with its own (docs/checker.md)."),
        (name = "Moderators", description = "With a bearer token from `duyet token add`, or the dashboard's session."),
        (name = "Akismet", description = "The Akismet protocol, for plugins and libraries that speak it. The key is a field `api_key` or `key`, or the first label of the host. Answers are text."),
        (name = "Operations", description = "For whoever runs the service."),
    ),
)]
struct Document;

/// What a newspaper's pages call.
fn readers(config: &mut ServiceConfig) {
    config
        .service(widget::submit)
        .service(reading::list::list)
        .service(reading::list::counts)
        .service(reports::report)
        .service(challenge::challenge)
        .service(cms::receive)
        .service(checks::answer)
        .service(cms::articles::put_one)
        .service(cms::articles::put_many);
}

/// What whoever holds a receipt calls, from the newspaper's pages too.
fn holders(config: &mut ServiceConfig) {
    config
        .service(receipts::show)
        .service(receipts::edit)
        .service(receipts::withdraw);
}

/// Every other documented route.
fn api(config: &mut ServiceConfig) {
    config
        .service(ops::livez)
        .service(ops::readyz)
        .service(ops::metrics)
        .service(ops::document)
        .service(akismet::verify_key)
        .service(akismet::comment_check)
        .service(akismet::submit_spam)
        .service(akismet::submit_ham)
        .service(akismet::test)
        .service(akismet::deactivate)
        .service(akismet::get_stats)
        .service(akismet::get_subscription)
        .service(akismet::key_sites)
        .service(akismet::key_sites_by_form)
        .service(akismet::usage_limit)
        .service(akismet::usage_limit_by_form)
        .service(moderation::listing::list)
        .service(moderation::listing::alike)
        .service(moderation::articles::list)
        .service(moderation::articles::show)
        .service(moderation::articles::change)
        .service(moderation::authors::show)
        .service(moderation::settings::show)
        .service(moderation::settings::change)
        .service(moderation::secret::renew)
        .service(moderation::bans::list)
        .service(moderation::bans::add)
        .service(moderation::bans::lift)
        .service(moderation::bans::reject_waiting)
        .service(moderation::cards::show)
        .service(moderation::decisions::decide)
        .service(moderation::decisions::undo)
        .service(moderation::claims::claim)
        .service(moderation::claims::release)
        .service(moderation::notes::add)
        .service(moderation::numbers::show)
        .service(moderation::events::watch)
        .service(moderation::history::list)
        .service(moderation::outbox::list)
        .service(moderation::outbox::send_again)
        .service(moderation::outbox::discard)
        .service(moderation::members::list)
        .service(moderation::members::invite)
        .service(moderation::members::change)
        .service(moderation::members::disable)
        .service(moderation::members::enable)
        .service(moderation::members::invite_again)
        .service(moderation::words::list)
        .service(moderation::words::add)
        .service(moderation::words::remove)
        .service(moderation::words::live)
        .service(moderation::words::draft)
        .service(moderation::backtests::start)
        .service(moderation::backtests::show)
        .service(moderation::backtests::cancel)
        .service(moderation::webhooks::list)
        .service(moderation::webhooks::add)
        .service(moderation::webhooks::change)
        .service(moderation::webhooks::remove)
        .service(moderation::webhooks::renew_secret)
        .service(moderation::webhooks::test)
        .service(moderation::webhooks::deliveries::list)
        .service(moderation::webhooks::deliveries::again)
        .service(moderation::rules::list)
        .service(moderation::rules::deeds)
        .service(moderation::rules::undo);
}

/// The pages.
fn pages(config: &mut actix_web::web::ServiceConfig) {
    config
        .service(ops::root)
        .service(ops::docs)
        .service(ops::assets)
        .service(cms::plugin::wordpress)
        .service(reports::show)
        .service(reading::page::show)
        .service(reading::feed::as_rss)
        .service(reading::feed::as_json)
        .service(receipts::show_page)
        .service(receipts::withdraw_by_form)
        .service(receipts::leave_form)
        .service(receipts::edit_by_form)
        .service(mailbox::show)
        .service(mailbox::show_leaving)
        .service(mailbox::confirm)
        .service(mailbox::leave)
        .service(notices::show)
        .service(notices::stop)
        .service(dashboard::sign_in::show)
        .service(dashboard::sign_in::sign_in)
        .service(dashboard::sign_in::show_code)
        .service(dashboard::sign_in::give_code)
        .service(dashboard::sign_in::sign_out)
        .service(dashboard::forgotten::show)
        .service(dashboard::forgotten::ask)
        .service(dashboard::forgotten::show_join)
        .service(dashboard::forgotten::join)
        .service(dashboard::forgotten::show_reset)
        .service(dashboard::forgotten::reset)
        .service(dashboard::account::show)
        .service(dashboard::account::set_name)
        .service(dashboard::account::set_language)
        .service(dashboard::account::set_mail)
        .service(dashboard::account::set_password)
        .service(dashboard::account::end_session)
        .service(dashboard::account::end_others)
        .service(dashboard::account::show_phone)
        .service(dashboard::account::begin_phone)
        .service(dashboard::account::confirm_phone)
        .service(dashboard::account::renew_codes)
        .service(dashboard::account::stop_phone)
        .service(dashboard::members::show)
        .service(dashboard::members::invite)
        .service(dashboard::members::show_one)
        .service(dashboard::members::change)
        .service(dashboard::members::disable)
        .service(dashboard::members::enable)
        .service(dashboard::members::invite_again)
        .service(dashboard::queue::show)
        .service(dashboard::queue::some)
        .service(dashboard::mailed::show)
        .service(dashboard::mailed::press)
        .service(dashboard::deciding::decide)
        .service(dashboard::deciding::undo)
        .service(dashboard::deciding::note)
        .service(dashboard::numbers::show)
        .service(dashboard::articles::list)
        .service(dashboard::articles::show)
        .service(dashboard::articles::change)
        .service(dashboard::authors::show)
        .service(dashboard::settings::show)
        .service(dashboard::settings::change)
        .service(dashboard::settings::renew)
        .service(dashboard::bans::show)
        .service(dashboard::bans::make)
        .service(dashboard::bans::lift)
        .service(dashboard::bans::reject_waiting)
        .service(dashboard::outbox::show)
        .service(dashboard::outbox::send_again)
        .service(dashboard::outbox::discard)
        .service(dashboard::webhooks::list)
        .service(dashboard::webhooks::add)
        .service(dashboard::webhook::show)
        .service(dashboard::webhook::change)
        .service(dashboard::webhook::switch)
        .service(dashboard::webhook::renew_secret)
        .service(dashboard::webhook::show_secret)
        .service(dashboard::webhook::test)
        .service(dashboard::webhook::remove)
        .service(dashboard::webhook::again)
        .service(dashboard::history::show)
        .service(dashboard::history::export::export)
        .service(dashboard::rules::list)
        .service(dashboard::rules::show)
        .service(dashboard::rules::undo)
        .service(dashboard::site_words::show)
        .service(dashboard::site_words::add)
        .service(dashboard::site_words::live)
        .service(dashboard::site_words::draft)
        .service(dashboard::site_words::remove)
        .service(dashboard::backtests::start)
        .service(dashboard::backtests::show)
        .service(dashboard::backtests::some)
        .service(dashboard::backtests::cancel);
}

/// The OpenAPI document, made from the routes.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .service(scope::scope(SITES).configure(readers))
        .service(scope::scope(RECEIPTS).configure(holders))
        .configure(api)
        .split_for_parts();
    document.paths.paths.values_mut().for_each(may_be_busy);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("From `duyet token add`"))
        .build();
    let session = ApiKeyValue::with_description(SESSION_COOKIE, "The dashboard's session");
    let webhook = ApiKeyValue::with_description(
        "webhook-signature",
        "Standard Webhooks, by the secret of the CMS or of the checker; beside it `webhook-id` and `webhook-timestamp`",
    );
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("webhook", SecurityScheme::ApiKey(ApiKey::Header(webhook)));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    document
}

/// Whatever needs the database can find it away.
fn may_be_busy(path: &mut PathItem) {
    let operations = [
        &mut path.get,
        &mut path.post,
        &mut path.put,
        &mut path.patch,
        &mut path.delete,
    ];
    for operation in operations.into_iter().flatten() {
        let content = Content::builder()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let busy = ResponseBuilder::new()
            .description("The service is busy or its database is away; nothing was changed. Try again after `Retry-After` seconds")
            .content("application/problem+json", content)
            .build();
        operation
            .responses
            .responses
            .entry("503".to_owned())
            .or_insert(RefOr::T(busy));
    }
}

/// How a server listens.
#[derive(Debug, Clone, Copy)]
pub struct Listening {
    /// Where.
    pub on: SocketAddr,
    /// With how many threads.
    pub workers: usize,
    /// For how many clients at the same time. The others wait in the system's queue until one of them leaves.
    pub connections: usize,
    /// Whether the sample article is shown.
    pub demonstration: bool,
}

/// The service's listening side.
pub struct Server {
    /// Where it answers.
    pub address: SocketAddr,
    handle: ServerHandle,
    running: actix_web::dev::Server,
}

impl Server {
    /// Starts to listen.
    pub fn bind(house: House, listening: Listening) -> std::io::Result<Self> {
        let house = Data::new(house);
        let listener = listen(listening.on)?;
        let address = listener.local_addr()?;
        let each = listening.connections.div_ceil(listening.workers).max(1);
        let builder = actix_server::Server::build()
            .workers(listening.workers)
            .max_concurrent_connections(each)
            .shutdown_timeout(FAREWELL)
            .disable_signals();
        let farewell = builder.graceful_shutdown_signal();
        // What `actix_web::HttpServer` does, but over connections that are watched.
        let running = builder
            .listen("duyet", listener, move || {
                let farewell = farewell.clone();
                let service = HttpService::build()
                    .keep_alive(QUIET)
                    .client_request_timeout(HEAD_TIME)
                    .client_disconnect_timeout(CLOSING_TIME)
                    .local_addr(address)
                    .graceful_shutdown_signal(move || {
                        let farewell = farewell.clone();
                        async move { farewell.notified().await }
                    })
                    .on_connect_ext(|io: &Watched<TcpStream>, data| io.introduce(data));
                let app = app(house.clone(), listening.demonstration);
                let app = map_config(app, |()| AppConfig::default());
                fn_service(|io: TcpStream| async {
                    let peer = io.peer_addr().ok();
                    Ok((Watched::new(io, QUIET), peer))
                })
                .and_then(service.h1(app))
            })?
            .run();
        Ok(Self {
            address,
            handle: running.handle(),
            running,
        })
    }

    /// Answers until `leave` is done, then finishes what is under way, closing each connection with its answer.
    pub async fn run_until(self, leave: impl Future<Output = ()>) -> std::io::Result<()> {
        let Self {
            handle, running, ..
        } = self;
        let running = actix_web::rt::spawn(running);
        leave.await;
        layer::LEAVING.store(true, Ordering::Relaxed);
        handle.stop(true).await;
        running.await.map_err(std::io::Error::other)?
    }
}

/// Like `TcpListener::bind`, whose queue of 128 is full as soon as a crowd comes: the system then forgets clients who believe
/// that they are connected.
fn listen(on: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(on), Type::STREAM, Some(Protocol::TCP))?;
    // A service that is started anew finds its address free.
    socket.set_reuse_address(true)?;
    socket.bind(&on.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// All routes, with what stands around them.
fn app(
    house: Data<House>,
    demonstration: bool,
) -> impl ServiceFactory<
    actix_http::Request,
    Config = AppConfig,
    Response = ServiceResponse<BoxBody>,
    Error = Error,
    InitError = (),
> {
    let sites = actix_web::web::scope(SITES)
        .wrap(cors::of_sites())
        .wrap(from_fn(cors::look_up_site))
        .configure(|config| readers(&mut ServiceConfig::new(config)));
    let receipts = actix_web::web::scope(RECEIPTS)
        .wrap(cors::of_receipts())
        .wrap(from_fn(cors::look_up_holders))
        .configure(|config| holders(&mut ServiceConfig::new(config)));
    App::new()
        .app_data(house)
        .wrap(from_fn(layer::around))
        .service(sites)
        .service(receipts)
        .configure(|config| api(&mut ServiceConfig::new(config)))
        .service(script::current)
        .service(script::pinned)
        .configure(|config| {
            if demonstration {
                config.service(demo::article);
            }
        })
        .service(
            actix_web::web::scope("")
                .wrap(from_fn(compressed::by_brotli))
                .wrap(Compress::default())
                .configure(pages),
        )
        .into_factory()
}
