//! Whether a request is a member's of the newspaper, by their bearer token.

use actix_web::HttpRequest;

use super::House;
use crate::domain::Site;
use crate::http::problem::{Code, Problem};
use crate::secrets;

impl House {
    /// Whether a request to a site is a member's of its newspaper, by a token that is theirs. An email proves nothing: anybody
    /// may type a moderator's.
    pub(super) async fn is_members(
        &self,
        site: &Site,
        token: Option<String>,
    ) -> Result<bool, Problem> {
        let Some(token) = token else {
            return Ok(false);
        };
        let found = self
            .store
            .principal_by_token(secrets::hash_of(&token))
            .await?;
        let principal = found.ok_or(Problem::new(Code::Unauthorised))?;
        Ok(principal.sites.iter().any(|theirs| theirs.id == site.id))
    }
}

/// The bearer token of a request, where it has one.
pub(super) fn bearer(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get("authorization")?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
