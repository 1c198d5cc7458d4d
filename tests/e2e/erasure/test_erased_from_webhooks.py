"""Of who was erased, webhooks are told nothing more, and nothing is left of what they were told."""

from collections.abc import Iterator
from itertools import product

import pytest
from e2e.api import Secrets
from e2e.authorisation.cast import Cast, Settings, the_cast
from e2e.background_loop import BackgroundLoop
from e2e.candidates import CANDIDATES, done, imported, resume_of
from e2e.deployment import Deployment
from e2e.drive import until_so
from e2e.erasure.traces import traces
from e2e.matching import engineer, post_job
from e2e.refusals import assert_refused
from e2e.webhooks import Answer, Listener, Listening, listening

NAME, MAIL = "Thaddeus Winterbourne", "twinterb@mail.example"
WORDS = [NAME, "winterbourne", "twinterb", MAIL]
ABOUT_ONE = ("resume.processing.completed", "candidate.added")
DOWN = Answer(status=503, headers={"Retry-After": "3600"})
"""With what it was sent as the body: an answer may say anything."""


@pytest.fixture
def cast(embedded: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    secrets.add(NAME, MAIL, "winterbourne")
    with the_cast(embedded, settings, secrets) as cast:
        yield cast


@pytest.fixture
def listen() -> Iterator[Listening]:
    with listening() as listen:
        yield listen


def test_nothing_is_left_of_what_webhooks_were_told_nor_of_what_waits_to_be_told(
    embedded: Deployment, loop: BackgroundLoop, cast: Cast, listen: Listening
) -> None:
    recruiter = cast.user("recruiter")
    up, down = (listen(recruiter, *ABOUT_ONE) for _ in range(2))
    batched = listen(recruiter, "match.created", batch=True)
    up.inbox.always, batched.inbox.always, down.inbox.always = Answer(status=200), Answer(status=200), DOWN
    (erased_id,) = imported(recruiter, engineer(NAME, MAIL))
    (kept_id,) = imported(recruiter, engineer("Ada Example", "ada.kept@mail.example"))
    for listener, event in product((up, down), ABOUT_ONE):
        for candidate_id in (erased_id, kept_id):
            listener.until_told_of(event, candidate_id=candidate_id)
    until_so(lambda: down.deliveries(status="pending"), lambda found: all(each["attempts"] for each in found))
    job_id = post_job(recruiter)
    of_both = until_so(lambda: batch_of(batched, job_id, {erased_id, kept_id}), bool)
    batched.until(of_both, "delivered")
    known_by = traces(embedded, loop, [*WORDS, erased_id])
    assert {"notifier.candidates", "notifier.attempts", "gateway.webhook_deliveries"} <= known_by.keys()
    assert NAME in known_by["notifier.attempts"]

    erasure = done(recruiter.http.delete(f"{CANDIDATES}/{erased_id}"))

    path = f"/api/admin/erasures/{erasure['erasure_id']}"
    proof = until_so(lambda: recruiter.http.get(path).json(), lambda proof: proof.get("is_complete"))
    assert proof["services"]["notifier"]
    assert traces(embedded, loop, WORDS) == {}
    left = traces(embedded, loop, [erased_id])
    assert {place for place in left if place.startswith("notifier.")} <= {"notifier.tombstones"}
    until_so(
        lambda: batched.delivery(of_both)["event_ids"],
        lambda event_ids: event_ids == event_ids_of(batched, of_both, kept_id),
    )
    assert {attempt["answer"] for attempt in batched.delivery(of_both)["attempts"]} == {""}
    assert len(up.deliveries()) == len(down.deliveries()) == len(ABOUT_ONE)

    down.inbox.always = Answer()
    down.inbox.calls.clear()
    for each in down.deliveries():
        down.post("deliveries", each["delivery_id"], "redeliver")
        down.until(each["delivery_id"], "delivered")
    assert down.heard_of() == {kept_id}
    batched.inbox.calls.clear()
    batched.post("deliveries", of_both, "redeliver")
    until_so(lambda: batch_of(batched, job_id, {kept_id}), lambda id_: id_ == of_both)


def batch_of(listener: Listener, job_id: str, candidate_ids: set[str]) -> str | None:
    """The id of what told of exactly these matches of the job."""
    for payload in listener.told():
        items = payload["data"]["items"]
        if {item["candidate_id"] for item in items if item["job_id"] == job_id} == candidate_ids:
            return str(payload["id"])
    return None


def event_ids_of(listener: Listener, delivery_id: str, candidate_id: str) -> list[str]:
    (payload,) = (each for each in listener.told() if each["id"] == delivery_id)
    return [item["event_id"] for item in payload["data"]["items"] if item["candidate_id"] == candidate_id]


def test_a_delivery_that_told_of_nobody_else_is_there_no_more(
    embedded: Deployment, cast: Cast, listen: Listening
) -> None:
    recruiter = cast.user("recruiter")
    listener = listen(recruiter, "candidate.added")
    (erased_id,) = imported(recruiter, resume_of(NAME, MAIL))
    listener.until_told_of("candidate.added", candidate_id=erased_id)
    (call,) = listener.inbox.calls
    recruiter.http.delete(f"{CANDIDATES}/{erased_id}").raise_for_status()
    until_so(listener.deliveries, lambda found: found == [])
    assert_refused(recruiter.http.get(listener.path("deliveries", call.id)), 404)
    assert_refused(recruiter.http.post(listener.path("deliveries", call.id, "redeliver")), 404)
    assert (
        recruiter.http.post(listener.path("recover"), json={"since": "2026-01-01T00:00:00Z"}).json()[
            "recovered"
        ]
        == 0
    )
