"""Mail to users, handed in at the operator's server (RFC 6409)."""

from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from hotgigs.gateway.settings import GatewaySettings

TIMEOUT_S = 10.0


class MailNotTaken(Exception):
    """``is_final``: the server will not take this one, however often it is handed in."""

    def __init__(self, *, is_final: bool) -> None:
        super().__init__("the mail server did not take it")
        self.is_final = is_final


class Mail:
    def __init__(self, url: str, *, sender: str) -> None:
        """Raises ValueError for what is no ``smtp://`` or ``smtps://`` address of a server."""
        self._server = _server(url)
        self._sender = sender

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Raises MailNotTaken."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: not to be answered by machines
        message.set_content(text)
        server = self._server
        try:
            await aiosmtplib.send(
                message,
                hostname=server.hostname,
                port=server.port,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                # A password is not sent in clear; without one TLS is used where the server offers it.
                start_tls=True if server.scheme == "smtp" and server.username else None,
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as err:
            # What the server says may quote the address: none of it is kept.
            raise MailNotTaken(is_final=_is_final(err)) from None
        except (aiosmtplib.SMTPException, OSError, ValueError):
            raise MailNotTaken(is_final=False) from None


def mail_of(settings: GatewaySettings) -> Mail | None:
    """None where the operator has named no server. Raises ValueError."""
    if settings.smtp_url is None:
        return None
    return Mail(settings.smtp_url.get_secret_value(), sender=settings.mail_from)


def _server(url: str) -> SplitResult:
    server = urlsplit(url)
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        raise ValueError("HOTGIGS_SMTP_URL has to be like smtps://user:password@mail.example:465")
    return server


def _is_final(err: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPResponseException) -> bool:
    """A wrong password is the operator's to mend; a mailbox that is not there is nobody's."""
    if isinstance(err, aiosmtplib.SMTPRecipientsRefused):
        return all(each.code >= 500 for each in err.recipients)
    return isinstance(err, aiosmtplib.SMTPDataError) and err.code >= 500
