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
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use super::connection::{QUIET, Watched};
use super::door::{House, SESSION_COOKIE};
use super::routes::{Methods, Routes, refuse};
use super::{
    akismet, challenge, checks, cms, common_answers, compressed, cors, dashboard, demo, layer,
    mailbox, moderation, notices, ops, reading, receipts, reports, script, widget,
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

/// The widget, for the newspapers' pages.
fn scripts(routes: &mut Routes<'_>) {
    routes
        .get("/widget.js", script::current)
        .get("/assets/widget.{hash}.js", script::pinned);
}

/// The pages that need no session.
fn pages(routes: &mut Routes<'_>) {
    routes
        .get("/", ops::root)
        .get("/docs", ops::docs)
        .get("/assets/{name}", ops::assets)
        .get("/integrations/wordpress/duyet.php", cms::plugin::wordpress)
        .get("/sites/{site}/comments/{id}/report", reports::show)
        .get("/sites/{site}/articles", reading::page::show)
        .get("/sites/{site}/feed.xml", reading::feed::as_rss)
        .get("/sites/{site}/feed.json", reading::feed::as_json)
        .get("/receipts/{token}", receipts::show_page)
        .post("/receipts/{token}", receipts::withdraw_by_form)
        .get("/receipts/{token}/edit", receipts::leave_form)
        .post("/receipts/{token}/edit", receipts::edit_by_form)
        .get("/mail/{token}", mailbox::show)
        .get("/mail/{token}/never", mailbox::show_leaving)
        .post("/mail/{token}/confirm", mailbox::confirm)
        .post("/mail/{token}/never", mailbox::leave)
        .get("/notices/off/{token}", notices::show)
        .post("/notices/off/{token}", notices::stop);
}

/// The dashboard's pages.
fn desk(routes: &mut Routes<'_>) {
    routes
        .get("/sign-in", dashboard::sign_in::show)
        .post("/sign-in", dashboard::sign_in::sign_in)
        .get("/sign-in/code", dashboard::sign_in::show_code)
        .post("/sign-in/code", dashboard::sign_in::give_code)
        .post("/sign-out", dashboard::sign_in::sign_out)
        .get("/forgotten", dashboard::forgotten::show)
        .post("/forgotten", dashboard::forgotten::ask)
        .get("/join/{token}", dashboard::forgotten::show_join)
        .post("/join/{token}", dashboard::forgotten::join)
        .get("/reset/{token}", dashboard::forgotten::show_reset)
        .post("/reset/{token}", dashboard::forgotten::reset)
        .get("/account", dashboard::account::show)
        .post("/account/name", dashboard::account::set_name)
        .post("/account/language", dashboard::account::set_language)
        .post("/account/mail", dashboard::account::set_mail)
        .post("/account/password", dashboard::account::set_password)
        .post("/account/sessions/end", dashboard::account::end_session)
        .post(
            "/account/sessions/end-others",
            dashboard::account::end_others,
        )
        .get("/account/phone", dashboard::account::show_phone)
        .post("/account/phone/begin", dashboard::account::begin_phone)
        .post("/account/phone/confirm", dashboard::account::confirm_phone)
        .post("/account/phone/codes", dashboard::account::renew_codes)
        .post("/account/phone/off", dashboard::account::stop_phone)
        .get("/members", dashboard::members::show)
        .post("/members", dashboard::members::invite)
        .get("/members/{id}", dashboard::members::show_one)
        .post("/members/{id}", dashboard::members::change)
        .post("/members/{id}/disable", dashboard::members::disable)
        .post("/members/{id}/enable", dashboard::members::enable)
        .post("/members/{id}/invite", dashboard::members::invite_again)
        .get("/queue", dashboard::queue::show)
        .get("/queue/cards", dashboard::queue::some)
        .get("/decide/{token}", dashboard::mailed::show)
        .post("/decide/{token}", dashboard::mailed::press)
        .post("/queue/decisions", dashboard::deciding::decide)
        .post("/queue/undo", dashboard::deciding::undo)
        .post("/queue/notes", dashboard::deciding::note)
        .get("/numbers", dashboard::numbers::show)
        .get("/articles", dashboard::articles::list)
        .get("/articles/{id}", dashboard::articles::show)
        .post("/articles/{id}", dashboard::articles::change)
        .get("/authors", dashboard::authors::show)
        .get("/settings", dashboard::settings::show)
        .post("/settings", dashboard::settings::change)
        .post("/settings/secret", dashboard::settings::renew)
        .get("/bans", dashboard::bans::show)
        .post("/bans", dashboard::bans::make)
        .post("/bans/{id}/lift", dashboard::bans::lift)
        .post("/bans/{id}/waiting", dashboard::bans::reject_waiting)
        .get("/outbox", dashboard::outbox::show)
        .post("/outbox/{id}/retry", dashboard::outbox::send_again)
        .post("/outbox/{id}/discard", dashboard::outbox::discard)
        .get("/webhooks", dashboard::webhooks::list)
        .post("/webhooks", dashboard::webhooks::add)
        .get("/webhooks/{id}", dashboard::webhook::show)
        .post("/webhooks/{id}", dashboard::webhook::change)
        .post("/webhooks/{id}/switch", dashboard::webhook::switch)
        .post("/webhooks/{id}/secret", dashboard::webhook::renew_secret)
        .get("/webhooks/{id}/secret", dashboard::webhook::show_secret)
        .post("/webhooks/{id}/test", dashboard::webhook::test)
        .post("/webhooks/{id}/remove", dashboard::webhook::remove)
        .post(
            "/webhooks/{id}/deliveries/{delivery}/again",
            dashboard::webhook::again,
        )
        .get("/history", dashboard::history::show)
        .post("/history/export", dashboard::history::export::export)
        .get("/rules", dashboard::rules::list)
        .get("/rules/one", dashboard::rules::show)
        .post("/rules/undo", dashboard::rules::undo)
        .get("/rules/words", dashboard::site_words::show)
        .post("/rules/words", dashboard::site_words::add)
        .post("/rules/words/{id}/live", dashboard::site_words::live)
        .post("/rules/words/{id}/draft", dashboard::site_words::draft)
        .post("/rules/words/{id}/delete", dashboard::site_words::remove)
        .post("/rules/backtests", dashboard::backtests::start)
        .get("/rules/backtests/{id}", dashboard::backtests::show)
        .get("/rules/backtests/{id}/part", dashboard::backtests::some)
        .post("/rules/backtests/{id}/cancel", dashboard::backtests::cancel);
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
    document
        .paths
        .paths
        .values_mut()
        .for_each(common_answers::add_to);
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

/// How a server listens.
#[derive(Debug, Clone, Copy)]
pub struct Listening {
    /// With how many threads.
    pub workers: usize,
    /// For how many clients at the same time. The others wait in the system's queue until one of them leaves.
    pub connections: usize,
    /// Whether the sample article is shown.
    pub demonstration: bool,
}

/// An address that is ours, though nobody is taken there yet: a client who came would wait for a service that may never start.
pub struct Bound(Socket);

impl Bound {
    /// Takes the address, unless somebody listens there.
    pub fn to(address: SocketAddr) -> std::io::Result<Self> {
        let domain = Domain::for_address(address);
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        // A service that is started anew finds its address free.
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        Ok(Self(socket))
    }

    /// Like `TcpListener::bind`, whose queue of 128 is full as soon as a crowd comes: the system then forgets clients who believe
    /// that they are connected.
    fn listen(self) -> std::io::Result<TcpListener> {
        self.0.listen(BACKLOG)?;
        Ok(self.0.into())
    }
}

/// The service's listening side.
pub struct Server {
    /// Where it answers.
    pub address: SocketAddr,
    handle: ServerHandle,
    running: actix_web::dev::Server,
}

impl Server {
    /// Starts to listen where it is bound.
    pub fn start(bound: Bound, house: House, listening: Listening) -> std::io::Result<Self> {
        let house = Data::new(house);
        let documented = Methods::documented(&document());
        let listener = bound.listen()?;
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
                let app = app(house.clone(), documented.clone(), listening.demonstration);
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

/// All routes, with what stands around them.
fn app(
    house: Data<House>,
    mut methods: Methods,
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
    let pages = actix_web::web::scope("")
        .wrap(from_fn(compressed::by_brotli))
        .wrap(Compress::default())
        .configure(|config| {
            let mut routes = Routes::new(config, &mut methods);
            pages(&mut routes);
            desk(&mut routes);
        });
    App::new()
        .app_data(house)
        .wrap(from_fn(layer::around))
        .service(sites)
        .service(receipts)
        .configure(|config| api(&mut ServiceConfig::new(config)))
        .configure(|config| {
            let mut routes = Routes::new(config, &mut methods);
            scripts(&mut routes);
            if demonstration {
                routes.get(demo::PATH, demo::article);
            }
        })
        .service(pages)
        .app_data(Data::new(methods))
        .default_service(actix_web::web::to(refuse))
        .into_factory()
}
