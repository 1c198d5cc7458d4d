"""Webhooks of users, and the outside systems that they call."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import msgspec
from e2e.api import Api
from e2e.candidates import done
from e2e.drive import until_so
from msgspec import Struct
from standardwebhooks import Webhook, WebhookVerificationError

WEBHOOKS = "/api/webhooks"
EVENTS = (
    "resume.processing.completed",
    "resume.processing.failed",
    "candidate.added",
    "candidate.shared",
    "match.created",
)

NOWHERE = {"url": "http://127.0.0.1:9/", "events": ["match.created"], "min_score": 100}
"""A webhook that is called for nothing but tests, and does not answer them."""

TOLERANCE = timedelta(minutes=5)
"""Of a receiver, for the time at which a call was signed, as Standard Webhooks recommends."""

Payload = dict[str, Any]
Json = dict[str, Any]


class Call(Struct, frozen=True, kw_only=True):
    """``headers`` by their names in small letters."""

    headers: Mapping[str, str]
    body: bytes
    came_at: datetime

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Answer(Struct, frozen=True, kw_only=True):
    status: int = 204
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""


class Inbox:
    """One address at `Receiver`. It gives the answers of ``next`` in turn, and then ``always``; those without
    a body, where they may have one, with what it was sent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.calls: list[Call] = []
        self.next: list[Answer] = []
        self.always = Answer()
        self.after_s = 0.0

    def take(self, call: Call) -> Answer:
        self.calls.append(call)
        answer = self.next.pop(0) if self.next else self.always
        if answer.status == 204 or answer.body:
            return answer
        return Answer(status=answer.status, headers=answer.headers, body=call.body)

    def until_called(self, times: int) -> list[Call]:
        """So often, or more."""
        calls: list[Call] = until_so(lambda: list(self.calls), lambda calls: len(calls) >= times)
        return calls


class Receiver:
    """An HTTP server in this process; open with `receiver`."""

    def __init__(self) -> None:
        inboxes: dict[str, Inbox] = {}
        self._inboxes = inboxes

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                inbox = inboxes[self.path]
                answer = inbox.take(Call(headers=headers, body=body, came_at=datetime.now(UTC)))
                time.sleep(inbox.after_s)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def inbox(self) -> Inbox:
        """A new one."""
        path = f"/{uuid4().hex}"
        inbox = Inbox(f"http://127.0.0.1:{self._server.server_port}{path}")
        self._inboxes[path] = inbox
        return inbox

    def close(self) -> None:
        self._server.shutdown()
        self.thread.join()
        self._server.server_close()


@contextmanager
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.thread.start()
    try:
        yield receiver
    finally:
        receiver.close()


class Listener:
    """A webhook, and the inbox that it calls."""

    def __init__(self, api: Api, inbox: Inbox, answer: Json) -> None:
        self.api = api
        self.inbox = inbox
        self.id: str = answer["webhook_id"]
        self.secrets: list[str] = []
        """The newest last."""
        self._keep(answer)
        api.secrets.add(inbox.url)

    def _keep(self, answer: Json) -> str:
        secret: str = answer["secret"]
        self.secrets.append(secret)
        self.api.secrets.add(secret, secret.removeprefix("whsec_"))
        return secret

    @property
    def secret(self) -> str:
        """The first."""
        return self.secrets[0]

    def path(self, *parts: str) -> str:
        return "/".join((WEBHOOKS, self.id, *parts))

    def webhook(self) -> Json:
        webhook: Json = self.api.read(self.path())
        return webhook

    def change(self, **changes: Any) -> Json:
        return done(self.api.http.put(self.path(), json=changes))

    def post(self, *parts: str, **body: Any) -> Json:
        return done(self.api.http.post(self.path(*parts), json=body))

    def rotate(self) -> str:
        """The new secret."""
        return self._keep(self.post("rotate-secret"))

    def deliveries(self, **params: str) -> list[Json]:
        answer = self.api.http.get(self.path("deliveries"), params=params).raise_for_status()
        deliveries: list[Json] = answer.json()
        return deliveries

    def delivery(self, delivery_id: str) -> Json:
        delivery: Json = self.api.read(self.path("deliveries", delivery_id))
        return delivery

    def until(self, delivery_id: str, status: str) -> Json:
        """The delivery, as soon as it is so."""
        delivery: Json = until_so(
            lambda: self.delivery(delivery_id), lambda delivery: delivery["status"] == status
        )
        return delivery

    def payload(self, call: Call, *, secret: str = "") -> Payload:
        """Raises WebhookVerificationError where it was not signed with the secret when it came."""
        signed_at = datetime.fromtimestamp(int(call.headers["webhook-timestamp"]), UTC)
        assert abs(call.came_at - signed_at) < TOLERANCE
        signature = Webhook(secret or self.secret).sign(call.id, signed_at, call.body.decode())
        if signature not in call.headers["webhook-signature"].split():
            raise WebhookVerificationError
        payload: Payload = msgspec.json.decode(call.body)
        assert payload["id"] == call.id
        assert payload["type"] == payload["event"]
        return payload

    def told(self, event: str = "") -> list[Payload]:
        """What it was told, of all calls; or of this event alone."""
        payloads = [self.payload(call) for call in list(self.inbox.calls)]
        return [payload for payload in payloads if event in ("", payload["event"])]

    def until_told(self, event: str, is_so: Callable[[Json], bool] = lambda _: True) -> Payload:
        """The first of such an event, with such data."""
        payload: Payload = until_so(
            lambda: next((each for each in self.told(event) if is_so(each["data"])), None),
            lambda found: found is not None,
        )
        return payload

    def until_told_of(self, event: str, **ids: str) -> Payload:
        return self.until_told(event, lambda data: ids.items() <= data.items())

    def text(self) -> str:
        """All that it was told."""
        return "\n".join(call.body.decode() for call in list(self.inbox.calls))

    def heard_of(self, event: str = "") -> set[str]:
        """The candidates that it was told of, by such events."""
        return {
            item["candidate_id"]
            for payload in self.told(event)
            for item in payload["data"].get("items", [payload["data"]])
            if item["candidate_id"]
        }


class Listening:
    """Makes webhooks; those that are left are deleted when `listening` is over."""

    def __init__(self, receiver: Receiver, closing: ExitStack) -> None:
        self._receiver = receiver
        self._closing = closing

    def __call__(
        self, api: Api, *events: str, headers: Mapping[str, str] = MappingProxyType({}), **body: Any
    ) -> Listener:
        """To all events, if none is named."""
        inbox = self._receiver.inbox()
        asked = {"url": inbox.url, "events": list(events or EVENTS)} | body
        listener = Listener(api, inbox, done(api.http.post(WEBHOOKS, json=asked, headers=headers), 201))
        self._closing.callback(api.http.delete, listener.path())
        return listener


@contextmanager
def listening() -> Iterator[Listening]:
    with receiver() as opened, ExitStack() as closing:
        yield Listening(opened, closing)


def webhook_with_deliveries(api: Api) -> tuple[str, str]:
    """The ids of a new one of `NOWHERE`, and of its delivery, which fails."""
    webhook = done(api.http.post(WEBHOOKS, json=NOWHERE), 201)
    api.secrets.add(webhook["secret"])
    delivery = done(api.http.post(f"{WEBHOOKS}/{webhook['webhook_id']}/test", json={}))
    return webhook["webhook_id"], delivery["delivery_id"]
