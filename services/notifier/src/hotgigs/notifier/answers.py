"""What an answer means, and what is kept of it; pure."""

import codecs
import ssl

from aiohttp import (
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientResponseError,
    ClientSSLError,
    InvalidURL,
)

from hotgigs.contracts.webhook_state import AttemptError
from hotgigs.notifier.checked_sockets import ForbiddenAddress


def error_of_status(status_code: int) -> AttemptError | None:
    """None for 2xx alone. Redirects are not followed: whoever moves changes the webhook."""
    if 200 <= status_code < 300:
        return None
    return "redirect" if 300 <= status_code < 400 else "status"


def error_of(failure: Exception) -> AttemptError:
    """Of a try that was not answered."""
    error: AttemptError = "closed"
    match failure:
        case ClientConnectorError(os_error=ForbiddenAddress()) | InvalidURL():
            error = "forbidden_address"
        case TimeoutError():
            error = "timeout"
        case ClientConnectorDNSError():
            error = "unresolvable"
        case ClientSSLError() | ssl.SSLError():
            error = "tls"
        case ClientConnectorError(os_error=os_error):
            is_lost = isinstance(os_error, ConnectionResetError | ConnectionAbortedError)
            error = "closed" if is_lost else "refused"
        case ClientResponseError() | ValueError():
            error = "bad_answer"
    return error


def text_of(body: bytes) -> str:
    """As PostgreSQL and JSON take it: what is no UTF-8 replaced, NULs left out, and so is a character that
    ``body`` ends within."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return decoder.decode(body).replace("\0", "")
