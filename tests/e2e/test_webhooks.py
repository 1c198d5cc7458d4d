"""Webhooks: what arrives at whose, and what becomes of what does not arrive."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from e2e import documents
from e2e.api import Api, Secrets
from e2e.authorisation.cast import Cast, Settings, the_cast
from e2e.candidates import CANDIDATES, done, imported, new_person, resume_of, share, until
from e2e.deployment import Deployment
from e2e.drive import until_so
from e2e.leaks.hidden import leaks
from e2e.leaks.people import OTTOLINE
from e2e.leaks.people import document_of as leaky_document_of
from e2e.leaks.stage import DEPOT_PLANNER
from e2e.matching import engineer, job_matches, post_job, until_matching
from e2e.refusals import assert_refused
from e2e.webhooks import EVENTS, WEBHOOKS, Answer, Json, Listener, Listening, listening
from standardwebhooks import Webhook, WebhookVerificationError

DOWN = Answer(status=503, headers={"Retry-After": "3600"}, body=b"being moved")
"""Nothing is tried again within a test, but what is asked for."""


@pytest.fixture
def listen() -> Iterator[Listening]:
    with listening() as listen:
        yield listen


@pytest.fixture(scope="module")
def cast(embedded: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    with the_cast(embedded, settings, secrets) as cast:
        yield cast


def test_all_events_of_a_recruiter_arrive_as_documented(
    deployment: Deployment, settings: Settings, secrets: Secrets
) -> None:
    with the_cast(deployment, settings, secrets) as cast, listening() as listen:
        recruiter = cast.user("recruiter")
        listener = listen(recruiter)
        name, mail = new_person("Zbigniew Quaresma")
        resume_id = recruiter.upload(engineer(name, mail))
        broken_id = recruiter.upload(("broken.pdf", documents.pdf_of_size(2345)))
        job_id = post_job(recruiter)
        (shared_id,) = imported(cast.user("recruiter"), engineer(*new_person()))
        share(cast["admin"], shared_id, recruiter, can_view_contact_info=True)

        completed = listener.until_told_of("resume.processing.completed", resume_id=resume_id)
        candidate_id = completed["data"]["candidate_id"]
        failed = listener.until_told_of("resume.processing.failed", resume_id=broken_id)
        added = listener.until_told_of("candidate.added", candidate_id=candidate_id)
        told_of_share = listener.until_told_of("candidate.shared", candidate_id=shared_id)
        match = listener.until_told_of("match.created", candidate_id=candidate_id, job_id=job_id)
        seen = recruiter.read(f"{CANDIDATES}/{candidate_id}")
        (matched,) = (
            each for each in job_matches(recruiter, job_id)["matches"] if each["candidate_id"] == candidate_id
        )
        schemas = {each["event"]: each for each in recruiter.read(f"{WEBHOOKS}/event-types")}

    assert (completed["data"]["status"], failed["data"]["status"]) == ("completed", "failed")
    assert failed["data"]["error_message"]
    told = {name: added["data"][name] for name in ("full_name", "email", "phone", "title", "location")}
    assert told == {name: seen[name] for name in told}
    assert (told["full_name"], told["email"]) == (name, mail)
    assert told_of_share["data"]["email"]
    told = {name: match["data"][name] for name in ("match_id", "match_score", "matching_skills")}
    assert told == {name: matched[name] for name in told}
    assert set(schemas) == set(EVENTS)
    for payload in (completed, failed, added, told_of_share, match):
        documented = schemas[payload["event"]]
        jsonschema.validate(payload["data"], documented["schema"])
        assert payload["data"].keys() == documented["example"]["data"].keys()
        assert datetime.fromisoformat(payload["timestamp"]) <= datetime.now(UTC) + timedelta(seconds=5)
    assert len({payload["data"]["event_id"] for payload in listener.told()}) == len(listener.told())


def test_subscribers_hear_what_they_may_see_and_nothing_else(cast: Cast, listen: Listening) -> None:
    owner, other, admin, person = (
        cast.user("recruiter"),
        cast.user("recruiter"),
        cast["admin"],
        cast.user("candidate"),
    )
    listeners = [listen(api) for api in (owner, other, admin, person)]
    of_owner, of_other, of_admin, of_person = listeners
    (candidate_id,) = imported(owner, resume_of(*new_person()))
    resume_id = person.upload(resume_of(*new_person()))
    own_id = of_person.until_told("candidate.added")["data"]["candidate_id"]
    (others_id,) = imported(other, resume_of(*new_person()))

    for listener, ids in (
        (of_owner, {candidate_id}),
        (of_person, {own_id}),
        (of_other, {others_id}),
        (of_admin, {candidate_id, own_id, others_id}),
    ):
        for id_ in ids:
            listener.until_told_of("candidate.added", candidate_id=id_)
            listener.until_told_of("resume.processing.completed", candidate_id=id_)
        assert listener.heard_of() >= ids
    assert of_owner.heard_of() == {candidate_id}
    assert of_other.heard_of() == {others_id}
    assert of_person.heard_of() == {own_id}
    assert [each["data"]["resume_id"] for each in of_person.told("resume.processing.completed")] == [
        resume_id
    ]


def test_without_leave_to_see_the_contact_it_is_nowhere_in_what_is_told(
    cast: Cast, listen: Listening
) -> None:
    owner, recruiter = cast.user("recruiter"), cast.user("recruiter")
    of_owner, listener = listen(owner), listen(recruiter)
    resume_id = owner.upload((OTTOLINE.filename, leaky_document_of(OTTOLINE)))
    candidate_id = of_owner.until_told_of("resume.processing.completed", resume_id=resume_id)["data"][
        "candidate_id"
    ]
    until(lambda: owner.http.get(f"{CANDIDATES}/{candidate_id}").status_code == 200)
    titles = {"title": f"Planner, {OTTOLINE.spoken}", "location": f"Turku {OTTOLINE.printed_phone}"}
    done(owner.http.patch(f"{CANDIDATES}/{candidate_id}", json=titles))

    share(cast["admin"], candidate_id, recruiter, can_view_contact_info=False)

    shared = listener.until_told_of("candidate.shared", candidate_id=candidate_id)["data"]
    job_id = post_job(recruiter, **DEPOT_PLANNER)
    match = listener.until_told_of("match.created", candidate_id=candidate_id, job_id=job_id)["data"]
    assert (shared["full_name"], match["candidate_name"]) == (OTTOLINE.hidden.name,) * 2
    assert (shared["email"], shared["phone"], shared["can_view_contact_info"]) == (None, None, False)
    assert leaks(listener.text(), OTTOLINE.hidden) == set()
    assert leaks(of_owner.text(), OTTOLINE.hidden)

    share(cast["admin"], candidate_id, recruiter, can_view_contact_info=True)
    again = listener.until_told("candidate.shared", lambda data: data["can_view_contact_info"])["data"]
    assert again["email"] == OTTOLINE.mail
    assert again["share_version"] > shared["share_version"]


def test_matches_come_in_batches_to_who_wants_them_so_and_only_good_ones_to_who_wants_those(
    cast: Cast, listen: Listening
) -> None:
    recruiter = cast.user("recruiter")
    nurses = [engineer(*new_person(), skills="wound care, triage") for _ in range(2)]
    candidates = set(imported(recruiter, *(engineer(*new_person()) for _ in range(4)), *nurses))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, candidates)
    scores = {each["candidate_id"]: each["match_score"] for each in job_matches(recruiter, job_id)["matches"]}
    best_score = max(scores.values())
    good = {id_ for id_, score in scores.items() if score == best_score}
    assert 0 < len(good) < len(candidates)
    batched = listen(recruiter, "match.created", batch=True)
    best = listen(recruiter, "match.created", min_score=best_score)
    post_job(recruiter)

    until_so(batched.heard_of, lambda heard: heard == candidates)
    payloads = batched.told()
    items = [item for payload in payloads for item in payload["data"]["items"]]
    assert len(payloads) < len(items) == len({item["event_id"] for item in items}) == len(candidates)
    until_so(best.heard_of, lambda heard: heard >= good)
    assert best.heard_of() == good
    assert len(best.inbox.calls) == len(good)


def test_a_rotated_secret_signs_beside_the_one_before(cast: Cast, listen: Listening) -> None:
    listener = listen(cast.user("recruiter"), "candidate.added")
    new = listener.rotate()
    assert new != listener.secret
    listener.post("test")
    (call,) = listener.inbox.until_called(1)
    assert listener.payload(call) == listener.payload(call, secret=new)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(call.body, dict(call.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(call.body + b" ", dict(call.headers))
    assert listener.webhook()["previous_secret_valid_until"]
    assert "secret" not in listener.webhook()


def test_a_test_event_is_the_example_with_an_id_of_its_own(cast: Cast, listen: Listening) -> None:
    listener = listen(cast.user("candidate"), "match.created")
    delivery_id = listener.post("test", event="candidate.shared")["delivery_id"]
    (call,) = listener.inbox.until_called(1)
    payload = listener.payload(call)
    examples = {
        each["event"]: each["example"]["data"] for each in listener.api.read(f"{WEBHOOKS}/event-types")
    }
    assert (payload["id"], payload["event"]) == (delivery_id, "candidate.shared")
    assert payload["data"] == examples["candidate.shared"]
    delivery = listener.until(delivery_id, "delivered")
    assert (delivery["is_test"], delivery["attempt_count"]) == (True, 1)
    assert [each["delivery_id"] for each in listener.deliveries()] == [delivery_id]
    assert listener.deliveries(status="failed") == []


def test_what_fails_is_tried_again_under_the_same_id(cast: Cast, listen: Listening) -> None:
    listener = listen(cast.user("recruiter"))
    moved = {"Location": f"{listener.inbox.url}?elsewhere"}
    listener.inbox.next = [
        Answer(status=500, body=b"a bad day" + b"." * 2000),
        Answer(status=302, headers=moved),
    ]
    listener.post("test", event="candidate.added")
    first, second, third = listener.inbox.until_called(3)
    assert first.id == second.id == third.id
    assert listener.payload(first) == listener.payload(third)
    delivery = listener.until(first.id, "delivered")
    attempts = delivery["attempts"]
    assert [(each["number"], each["status_code"]) for each in attempts] == [(3, 204), (2, 302), (1, 500)]
    assert [bool(each["error"]) for each in attempts] == [False, True, True]
    assert attempts[2]["answer"] == ("a bad day" + "." * 2000)[:1024]
    assert len(listener.inbox.calls) == 3


def test_after_the_last_try_it_has_failed_and_what_failed_since_can_be_recovered(
    cast: Cast, listen: Listening
) -> None:
    recruiter = cast.user("recruiter")
    listener = listen(recruiter, "candidate.added")
    listener.inbox.always = Answer(status=500)
    since = datetime.now(UTC) - timedelta(minutes=1)
    candidates = set(imported(recruiter, *(resume_of(*new_person()) for _ in range(2))))
    failed = until_so(lambda: listener.deliveries(status="failed"), lambda found: len(found) == 2)
    assert {each["attempt_count"] for each in failed} == {4}
    assert listener.webhook()["is_active"]

    listener.inbox.always = Answer()
    listener.inbox.calls.clear()
    listener.post("recover", since=since.isoformat())
    assert {call.id for call in listener.inbox.until_called(2)} == {each["delivery_id"] for each in failed}
    assert listener.heard_of() == candidates
    for each in failed:
        listener.until(each["delivery_id"], "delivered")


def test_a_delivery_is_made_again_whatever_became_of_it(cast: Cast, listen: Listening) -> None:
    listener = listen(cast.user("recruiter"))
    delivery_id = listener.post("test")["delivery_id"]
    listener.until(delivery_id, "delivered")
    listener.post("deliveries", delivery_id, "redeliver")
    first, second = listener.inbox.until_called(2)
    assert (first.id, first.body) == (second.id, second.body)
    delivery = until_so(lambda: listener.delivery(delivery_id), lambda each: each["attempt_count"] == 2)
    assert listener.until(delivery_id, "delivered")["attempt_count"] == delivery["attempt_count"]


def test_gone_switches_it_off_until_it_is_switched_on_again(cast: Cast, listen: Listening) -> None:
    listener = listen(cast.user("recruiter"))
    listener.inbox.always = Answer(status=410)
    delivery_id = listener.post("test")["delivery_id"]
    listener.until(delivery_id, "failed")
    webhook = until_so(listener.webhook, lambda webhook: not webhook["is_active"])
    assert "410" in webhook["disabled_reason"]
    assert len(listener.inbox.calls) == 1
    assert_refused(listener.api.http.post(listener.path("test")), 409)

    listener.inbox.always = Answer()
    assert listener.change(is_active=True)["disabled_reason"] is None
    listener.post("deliveries", delivery_id, "redeliver")
    listener.until(delivery_id, "delivered")


def test_who_is_suspended_hears_nothing_until_let_in_again(cast: Cast, listen: Listening) -> None:
    recruiter, owner, admin = cast.user("recruiter"), cast.user("recruiter"), cast["admin"]
    listener, of_admin = listen(recruiter, "candidate.shared"), listen(admin, "candidate.shared")
    first, second = imported(owner, *(resume_of(*new_person()) for _ in range(2)))
    # What is shared with somebody who is suspended is told to admins, and to nobody else.
    share(admin, first, recruiter, can_view_contact_info=True)
    listener.until_told_of("candidate.shared", candidate_id=first)
    account = f"/api/admin/users/{recruiter.user_id}"
    done(admin.http.patch(account, json={"status": "suspended"}))
    until_so(lambda: _state(cast, listener), lambda state: state == (False, "owner_inactive"))
    share(admin, first, recruiter, can_view_contact_info=False)
    of_admin.until_told("candidate.shared", lambda data: not data["can_view_contact_info"])
    assert len(listener.told()) == 1

    done(admin.http.patch(account, json={"status": "active"}))
    recruiter.log_in()
    until_so(lambda: _state(cast, listener), lambda state: state == (True, None))
    share(admin, second, recruiter, can_view_contact_info=True)
    listener.until_told_of("candidate.shared", candidate_id=second)
    assert len(listener.told()) == 2


def _state(cast: Cast, listener: Listener) -> tuple[bool, str | None]:
    """As the notifier has it: its owner can ask nothing meanwhile."""
    (row,) = cast.deployment.query(
        "notifier", "SELECT is_active, disabled_by FROM notifier.webhooks WHERE webhook_id = $1", listener.id
    )
    return row["is_active"], row["disabled_by"]


def test_what_was_unshared_while_its_receiver_was_down_is_not_told(cast: Cast, listen: Listening) -> None:
    recruiter, owner, admin = cast.user("recruiter"), cast.user("recruiter"), cast["admin"]
    listener = listen(recruiter, "candidate.shared")
    listener.inbox.always = DOWN
    kept, taken_back = imported(owner, *(resume_of(*new_person()) for _ in range(2)))
    for candidate_id in (kept, taken_back):
        share(admin, candidate_id, recruiter, can_view_contact_info=True)
    by_candidate = {
        listener.payload(call)["data"]["candidate_id"]: call.id for call in listener.inbox.until_called(2)
    }
    for delivery_id in by_candidate.values():
        until_so(lambda id_=delivery_id: listener.delivery(id_), lambda each: each["attempts"])

    admin.http.delete(
        f"/api/resumes/admin/candidates/{taken_back}/shares/{recruiter.user_id}"
    ).raise_for_status()
    share(admin, kept, recruiter, can_view_contact_info=False)
    listener.inbox.calls.clear()
    listener.inbox.always = Answer()
    until_so(lambda: _grants(cast, recruiter), lambda grants: grants == {kept: False})
    for delivery_id in by_candidate.values():
        listener.post("deliveries", delivery_id, "redeliver")

    listener.until(by_candidate[taken_back], "withheld")
    listener.until(by_candidate[kept], "delivered")
    assert listener.heard_of() == {kept}
    assert {payload["data"]["email"] for payload in listener.told()} == {None}


def _grants(cast: Cast, recruiter: Api) -> dict[str, bool]:
    """As the notifier has heard: by candidate, whether the contact may be seen."""
    rows = cast.deployment.query(
        "notifier",
        "SELECT candidate_id, can_view_contact_info FROM notifier.access"
        " WHERE recruiter_id = $1 AND NOT is_revoked",
        recruiter.user_id,
    )
    return {str(row["candidate_id"]): row["can_view_contact_info"] for row in rows}


def test_a_deleted_webhook_is_called_no_more(cast: Cast, listen: Listening) -> None:
    recruiter = cast.user("recruiter")
    deleted, other = listen(recruiter), listen(recruiter)
    deleted.inbox.always = DOWN
    deleted.post("test")
    deleted.inbox.until_called(1)
    recruiter.http.delete(deleted.path()).raise_for_status()
    assert_refused(recruiter.http.get(deleted.path()), 404)
    assert_refused(recruiter.http.get(deleted.path("deliveries")), 404)
    (candidate_id,) = imported(recruiter, resume_of(*new_person()))
    other.until_told_of("candidate.added", candidate_id=candidate_id)
    assert len(deleted.inbox.calls) == 1
    assert [each["webhook_id"] for each in recruiter.read(WEBHOOKS)] == [other.id]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": "ftp://you.example/in"}, "https"),
        ({"url": "https://user:word@you.example/in"}, ""),
        ({"url": "https://you.example/in#part"}, ""),
        ({"url": "https://"}, ""),
        ({"events": []}, "events"),
        ({"events": ["candidate.erased"]}, "events"),
        ({"min_score": 101}, "min_score"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_with_the_reason(
    cast: Cast, changes: dict[str, Any], words: str
) -> None:
    body: Json = {"url": "https://you.example/in", "events": list(EVENTS)} | changes
    assert_refused(cast["owner"].http.post(WEBHOOKS, json=body), 400, words)
