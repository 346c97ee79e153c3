//! What happens, as it happens: server-sent events (WHATWG HTML, section 9.2).

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Instant as Moment, sleep_until};
use utoipa::ToSchema;

use crate::clock;
use crate::domain::{CommentId, EventId, Instant, Lane, QueueLane, Status};
use crate::http::connection::{Turn, stay};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::language::Language;
use crate::http::layer::LEAVING;
use crate::http::live::News;
use crate::http::problem::{Problem, ProblemBody};
use crate::messages::Messages;
use crate::store::Happened;

/// A line so often, so that no proxy takes the silence for the end; and who is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the service looks whether it is about to leave, and counts anew where something happened.
const TICK: Duration = Duration::from_millis(500);
/// Then the browser asks anew, by itself.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// As far back as a page that lost its line is told what it missed.
const MEMORY: Duration = Duration::from_secs(5 * 60);

/// A comment came, or moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moved {
    /// Which comment.
    id: CommentId,
    /// What happened: `comment.received`, `comment.approved`, `comment.kept`, `comment.undone`, `comment.noted`, `comment.reported`, …
    #[schema(example = "comment.approved")]
    kind: String,
    /// Who did it: a moderator's name, a rule's id, `reader` for its author, or `stranger` for who reported it.
    #[schema(example = "Lan")]
    by: String,
    /// When.
    at: Instant,
    /// Where it stands.
    status: Status,
    /// Its lane.
    lane: Lane,
    /// Its revision.
    revision: i32,
}

/// What somebody has on their screen, or has no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Screen {
    /// Which comment.
    id: CommentId,
    /// Whose; none where nobody's.
    #[schema(example = "Lan")]
    by: Option<String>,
    /// Whether it is the asker's own.
    mine: bool,
}

/// How many wait.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaneCount {
    /// The lane; `reported` counts published comments with open reports.
    lane: QueueLane,
    /// How many.
    count: i64,
    /// Whether there are more than were counted.
    more: bool,
    /// The arrival of the one that waits longest, or of its first report.
    oldest: Option<Instant>,
    /// The same in words, in the language of `Accept-Language`.
    #[schema(example = "oldest 3 hours")]
    said: Option<String>,
}

/// Follow what happens
///
/// Server-sent events: `comment` (a comment came or moved: `Moved`), `claim` (`Screen`), `counts` (a list of `LaneCount`), and `much` where
/// more happened than is told one by one, so that it is better to look anew. Each `comment` has an id; after a lost line the
/// browser sends the last one as `Last-Event-ID` and is told what it missed, up to five minutes. `since` does the same for a first call.
#[utoipa::path(
    operation_id = "watch",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("since" = Option<i64>, Query, description = "Microseconds since 1970: also what happened from then on")),
    responses(
        (status = 200, description = "The events, without end", body = Moved, content_type = "text/event-stream"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/events")]
pub async fn watch(
    by: Moderating,
    language: Language,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let since = query.read("since")?.map(Instant::from_micros);
    query.end()?;
    let turn = stay(&request);
    let mut line = Line::new(by, language.0, turn);
    line.catch_up(last_event(&request).or(since)).await?;
    let events = stream::unfold(line, |mut line| async move {
        let chunk = line.next().await?;
        Some((Ok::<Bytes, actix_web::Error>(chunk), line))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        // Proxies and compression would hold small pieces back.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

/// When the last event that the browser knows of happened: identifiers begin with their time.
fn last_event(request: &HttpRequest) -> Option<Instant> {
    let header = request.headers().get("last-event-id")?.to_str().ok()?;
    let EventId(id) = header.parse().ok()?;
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    let micros = i64::try_from(seconds).ok()? * 1_000_000 + i64::from(nanoseconds / 1_000);
    Some(Instant::from_micros(micros))
}

/// One page that watches.
struct Line {
    by: Moderating,
    t: Messages,
    news: Receiver<News>,
    ready: VecDeque<String>,
    /// Whether the counts may be others by now.
    stale: bool,
    heartbeat: Moment,
    end: Moment,
    _turn: Turn,
}

impl Line {
    fn new(by: Moderating, t: Messages, turn: Turn) -> Self {
        let now = Moment::now();
        Self {
            news: by.news(),
            by,
            t,
            ready: VecDeque::from(["retry: 2000\n\n".to_owned()]),
            stale: true,
            heartbeat: now + HEARTBEAT,
            end: now + LIFETIME,
            _turn: turn,
        }
    }

    /// Tells what happened from `since` on.
    async fn catch_up(&mut self, since: Option<Instant>) -> Result<(), Problem> {
        let Some(since) = since else { return Ok(()) };
        let known = clock::now().before(MEMORY);
        let missed = if since < known {
            None
        } else {
            self.by.happened_since(since).await?
        };
        match missed {
            None => self.say("much", None, &()),
            Some(missed) => missed.iter().for_each(|one| self.moved(one)),
        }
        Ok(())
    }

    /// The next piece; none where the line ends.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(Bytes::from(piece));
            }
            if LEAVING.load(Ordering::Relaxed) || Moment::now() >= self.end {
                return None;
            }
            tokio::select! {
                news = self.news.recv() => match news {
                    Ok(news) => self.hear(&news),
                    Err(RecvError::Lagged(_)) => self.hear(&News::Much),
                    Err(RecvError::Closed) => return None,
                },
                () = sleep_until(Moment::now() + TICK) => self.tick().await?,
            }
        }
    }

    fn hear(&mut self, news: &News) {
        match news {
            News::Happened(one) => self.moved(one),
            News::Held(held) if self.by.sees(held.0.site, held.1.as_deref()) => {
                let claim = &held.0;
                let mine = claim.moderator == self.by.moderator().id;
                self.screen(claim.comment, Some(claim.name.clone()), mine);
            }
            News::Released(site, comment, section) if self.by.sees(*site, section.as_deref()) => {
                self.screen(*comment, None, false);
            }
            News::Held(_) | News::Released(..) => {}
            News::Much => {
                self.stale = true;
                self.say("much", None, &());
            }
        }
    }

    fn moved(&mut self, one: &Happened) {
        if !self.by.sees(one.site, one.section.as_deref()) {
            return;
        }
        self.stale = true;
        let told = Moved {
            id: one.comment,
            kind: one.kind.clone(),
            by: one.by.clone(),
            at: one.at,
            status: one.status,
            lane: one.lane,
            revision: one.revision,
        };
        self.say("comment", Some(one.id), &told);
    }

    fn screen(&mut self, id: CommentId, by: Option<String>, mine: bool) {
        self.say("claim", None, &Screen { id, by, mine });
    }

    /// What is due: counts where something happened, a heartbeat; none where the session has ended.
    async fn tick(&mut self) -> Option<()> {
        if std::mem::take(&mut self.stale) {
            self.counts().await;
        }
        if Moment::now() >= self.heartbeat {
            self.heartbeat = Moment::now() + HEARTBEAT;
            self.ready.push_back(": still here\n\n".to_owned());
            return self.by.is_still_here().await.then_some(());
        }
        Some(())
    }

    async fn counts(&mut self) {
        // A database that is away is told by whatever the page does next.
        let Ok(lanes) = self.by.lanes().await else {
            return;
        };
        let now = clock::now();
        let told = lanes.into_iter().map(|total| {
            let wait = total.oldest.map(|oldest| self.t.wait(oldest, now));
            LaneCount {
                lane: total.lane,
                count: total.count,
                more: total.more,
                oldest: total.oldest,
                said: wait.map(|wait| self.t.with("queue-oldest", &[("wait", wait.into())])),
            }
        });
        let lanes: Vec<LaneCount> = told.collect();
        self.say("counts", None, &lanes);
    }

    fn say(&mut self, event: &str, id: Option<EventId>, data: &impl Serialize) {
        let data = serde_json::to_string(data).expect("our own types are JSON");
        let id = id.map_or_else(String::new, |id| format!("id: {id}\n"));
        self.ready
            .push_back(format!("event: {event}\n{id}data: {data}\n\n"));
    }
}
