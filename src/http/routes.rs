//! Which methods each path takes. What is asked for by another one is told which there are; what no path answers is not found.

use actix_web::dev::{Handler, ResourceDef};
use actix_web::http::{Method, header};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use utoipa::openapi::{OpenApi, PathItem};

/// The paths there are, and a method of each.
#[derive(Clone)]
pub struct Methods(Vec<(ResourceDef, Method)>);

impl Methods {
    /// Those of the documented routes.
    pub fn documented(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let all = paths.flat_map(|(path, item)| {
            let path = ResourceDef::new(path.as_str());
            methods_of(item).map(move |method| (path.clone(), method))
        });
        Self(all.collect())
    }

    /// Those that a path takes, as `Allow` has them (RFC 9110, 10.2.1); nothing where no route has that path.
    fn allowed(&self, path: &str) -> Option<String> {
        let matching = self.0.iter().filter(|(route, _)| route.is_match(path));
        let mut names: Vec<&str> = matching.map(|(_, method)| method.as_str()).collect();
        if names.contains(&"GET") {
            names.push("HEAD");
        }
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

fn methods_of(item: &PathItem) -> impl Iterator<Item = Method> + use<> {
    let there = [
        (item.get.is_some(), Method::GET),
        (item.post.is_some(), Method::POST),
        (item.put.is_some(), Method::PUT),
        (item.patch.is_some(), Method::PATCH),
        (item.delete.is_some(), Method::DELETE),
    ];
    there
        .into_iter()
        .filter_map(|(is, method)| is.then_some(method))
}

/// Takes routes in that the document does not have, and remembers them.
pub struct Routes<'a> {
    config: &'a mut ServiceConfig,
    methods: &'a mut Methods,
}

impl<'a> Routes<'a> {
    /// To be served by `config` and remembered by `methods`.
    pub fn new(config: &'a mut ServiceConfig, methods: &'a mut Methods) -> Self {
        Self { config, methods }
    }

    /// A GET of that path.
    pub fn get<F, Args>(&mut self, path: &'static str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.config.route(path, web::get().to(handler));
        self.remember(path, Method::GET)
    }

    /// A POST to that path.
    pub fn post<F, Args>(&mut self, path: &'static str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.config.route(path, web::post().to(handler));
        self.remember(path, Method::POST)
    }

    fn remember(&mut self, path: &'static str, method: Method) -> &mut Self {
        self.methods.0.push((ResourceDef::new(path), method));
        self
    }
}

/// What no route answers.
pub async fn refuse(methods: Data<Methods>, request: HttpRequest) -> HttpResponse {
    match methods.allowed(request.match_info().as_str()) {
        Some(allowed) => HttpResponse::MethodNotAllowed()
            .insert_header((header::ALLOW, allowed))
            .finish(),
        None => HttpResponse::NotFound().finish(),
    }
}
