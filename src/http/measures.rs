//! Requests counted and timed. The handles are kept by each thread, since looking one up by its labels costs more than
//! counting does.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::{Method, StatusCode};
use metrics::{Counter, Histogram, counter, histogram};

/// The measures of one method, route and status.
struct Measures {
    requests: Counter,
    seconds: Histogram,
}

/// Route and its measures, by method and status; a few dozen at the most.
type Known = HashMap<(&'static str, StatusCode), Vec<(String, Measures)>>;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Counts a request under the route that answered it; paths that no route answers are one.
pub fn record(request: &HttpRequest, status: StatusCode, took: Duration) {
    let route = request
        .match_pattern()
        .unwrap_or_else(|| "unknown".to_owned());
    KNOWN.with_borrow_mut(|known| {
        let method = label(request.method());
        let routes = known.entry((method, status)).or_default();
        let place = routes
            .iter()
            .position(|(is, _)| *is == route)
            .unwrap_or_else(|| {
                let measures = Measures::new(method, &route, status);
                routes.push((route, measures));
                routes.len() - 1
            });
        let measures = &routes[place].1;
        measures.requests.increment(1);
        measures.seconds.record(took);
    });
}

impl Measures {
    fn new(method: &'static str, route: &str, status: StatusCode) -> Self {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.as_u16().to_string()),
        ];
        Self {
            requests: counter!("duyet_http_requests_total", &labels),
            seconds: histogram!("duyet_http_request_seconds", &labels[..2]),
        }
    }
}

/// The methods there are. Anybody may make others up, and each would be a series of its own for ever.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
