"""Google's OAuth endpoints: consent at /authorize, tokens at /token, and /revoke."""

import urllib.parse

from support.stand_in_drive.accounts import Accounts
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import OAuthRefused
from support.stand_in_drive.messages import Answer, Request, html_answer, json_answer

_OPERATIONS = {"authorize": "authorize", "auth": "authorize", "token": "token", "revoke": "revoke"}


def route(path: str) -> str | None:
    return _OPERATIONS.get(path.rstrip("/").rpartition("/")[2])


class OAuth:
    def __init__(self, accounts: Accounts, behaviour: Behaviour) -> None:
        self.accounts = accounts
        self.behaviour = behaviour

    def answer(self, request: Request, operation: str) -> Answer:
        """Raises OAuthRefused."""
        if operation == "authorize":
            return self._authorize(request)
        if request.method != "POST":
            raise OAuthRefused(405, "invalid_request", "Only POST is served.")
        if operation == "token":
            return json_answer(self.accounts.exchanged(request.form))
        self.accounts.revoked(request.form.get("token") or request.query.get("token", ""))
        return json_answer({})

    def _authorize(self, request: Request) -> Answer:
        """Sends the browser back where the client may be trusted; shows a page of Google's where not."""
        asked = dict(request.query)
        redirect_uri = asked.get("redirect_uri", "")
        if self.behaviour.client_id and asked.get("client_id") != self.behaviour.client_id:
            return html_answer(401, "invalid_client: The OAuth client was not found.")
        if not redirect_uri or (
            self.behaviour.redirect_uris and redirect_uri not in self.behaviour.redirect_uris
        ):
            return html_answer(400, "redirect_uri_mismatch")
        if asked.get("response_type") != "code":
            return html_answer(400, "invalid_request: response_type")
        if not asked.get("scope"):
            return html_answer(400, "invalid_request: Missing required parameter: scope")
        if asked.get("code_challenge_method", "plain") not in ("plain", "S256"):
            return html_answer(400, "invalid_request: code_challenge_method")
        if self.behaviour.consent == "deny":
            told = {"error": "access_denied"}
        else:
            code = self.accounts.authorized(asked)
            told = {"code": code, "scope": " ".join(sorted(self.accounts.codes[code].scopes))}
        if "state" in asked:
            told["state"] = asked["state"]
        joined = "&" if "?" in redirect_uri else "?"
        location = redirect_uri + joined + urllib.parse.urlencode(told)
        return Answer(302, {"Location": location, "Content-Type": "text/html; charset=UTF-8"})
