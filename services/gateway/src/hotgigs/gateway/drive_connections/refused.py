"""Why a Drive is not connected, in words for whoever wants to connect it, and in one word for a page."""

from typing import Literal

Reason = Literal[
    "incomplete",
    "expired",
    "other_browser",
    "not_allowed",
    "access_denied",
    "not_accepted",
    "misconfigured",
    "access_not_ticked",
    "no_lasting_access",
    "unavailable",
    "not_set_up",
]

WORDS: dict[Reason, str] = {
    "incomplete": "Something is missing from this address, to which Google leads. Connect Google Drive"
    " again.",
    "expired": "This consent was used already, or more than 10 minutes ago. Connect Google Drive again.",
    "other_browser": "This consent was not asked for in this browser. Connect Google Drive again, and stay in"
    " one browser.",
    "not_allowed": "This account may not connect Google Drive any more; ask an admin.",
    "access_denied": "Google Drive is not connected, since you did not allow it. Connect it again if you"
    " want to.",
    "not_accepted": "Google did not accept the consent. Connect Google Drive again.",
    "misconfigured": "Google refuses this system as it is set up. Tell its operator to look at the OAuth"
    " client.",
    "access_not_ticked": "Google was not told that files may be read. Connect Google Drive again, and tick"
    " that its files may be seen.",
    "no_lasting_access": "Google gave no lasting access, since it was given before. Remove this system at"
    " https://myaccount.google.com/connections, and connect Google Drive again.",
    "unavailable": "Google does not answer now. Nothing is connected; connect Google Drive again in a while.",
    "not_set_up": "Google Drive cannot be connected here: the operator has not set up an OAuth client"
    " (HOTGIGS_GOOGLE_CLIENT_ID).",
}


class ConsentRefused(Exception):
    """``str()`` is the reason, which may be logged."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


_OF_GOOGLE: dict[str, Reason] = {
    "access_denied": "access_denied",
    "invalid_grant": "not_accepted",
    "invalid_client": "misconfigured",
    "invalid_scope": "misconfigured",
    "redirect_uri_mismatch": "misconfigured",
    "unauthorized_client": "misconfigured",
    "unsupported_grant_type": "misconfigured",
    "unsupported_response_type": "misconfigured",
    "internal_failure": "unavailable",
    "rate_limit_exceeded": "unavailable",
    "server_error": "unavailable",
    "temporarily_unavailable": "unavailable",
}


def reason_of(error: object) -> Reason:
    """Of what Google calls an error (RFC 6749, 4.1.2.1 and 5.2)."""
    if not isinstance(error, str):
        return "unavailable"
    return _OF_GOOGLE.get(error, "not_accepted")
