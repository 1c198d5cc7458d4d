"""A change of a candidate is safe as soon as it is answered, at every gateway, whoever is away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from e2e.api import Api, Secrets
from e2e.candidates import (
    add_note,
    detail,
    done,
    imported,
    listed,
    new_person,
    path_of,
    resume_of,
    share,
    until,
    until_status,
)
from e2e.deployment import Deployment, DistributedDeployment
from e2e.idempotent_requests import answered, is_replayed
from e2e.refusals import assert_refused
from e2e.server_process import ServerProcess
from e2e.submissions import post_job, submissions, submissions_of, submit, submitted


@pytest.fixture
def user(distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]) -> Api:
    return recruiter_of(distributed)


@pytest.fixture
def candidate_id(user: Api) -> str:
    (candidate_id,) = imported(user, resume_of(*new_person()))
    return candidate_id


@pytest.fixture
def admin(distributed: DistributedDeployment, settings: dict[str, str], secrets: Secrets) -> Iterator[Api]:
    api = Api(distributed.url, secrets)
    yield api.log_in(settings["HOTGIGS_ADMIN_EMAIL"], settings["HOTGIGS_ADMIN_PASSWORD"])
    api.close()


@pytest.fixture
def elsewhere(
    distributed: DistributedDeployment, tmp_path: Path, user: Api, secrets: Secrets
) -> Iterator[Api]:
    """The user's session at another gateway."""
    process = ServerProcess("gateway", distributed.settings, tmp_path)
    process.start()
    api = Api(process.url, secrets)
    api.http.headers["Authorization"] = user.http.headers["Authorization"]
    try:
        process.wait_until_ready()
        yield api
    finally:
        api.close()
        assert process.stop() == 0


def test_every_change_is_read_at_another_gateway_when_it_is_answered(
    user: Api,
    elsewhere: Api,
    admin: Api,
    recruiter_of: Callable[[Deployment], Api],
    distributed: DistributedDeployment,
) -> None:
    first, second = imported(user, resume_of(*new_person()), resume_of(*new_person("Bob Example")))
    note_id = done(add_note(user, first, "Hello"), 201)["note_id"]
    assert [note["id"] for note in detail(elsewhere, first)["notes"]] == [note_id]
    done(elsewhere.http.delete(path_of(first, "notes", note_id)))
    assert detail(user, first)["notes"] == []
    done(user.http.post(path_of(first, "tags"), json={"tags": ["a"]}))
    assert listed(elsewhere, tags="a") == [first]
    done(elsewhere.http.patch(path_of(first), json={"title": "Chief Engineer"}))
    assert detail(user, first)["title"] == "Chief Engineer"
    done(user.http.post(path_of(first, "merge"), json={"candidate_id": second}))
    assert listed(elsewhere) == [first]
    done(elsewhere.http.delete(path_of(first, "merge", second)))
    assert sorted(listed(user)) == sorted([first, second])
    other = recruiter_of(distributed)
    share(admin, first, other)
    there = Api(elsewhere.url, other.secrets)
    there.http.headers["Authorization"] = other.http.headers["Authorization"]
    assert listed(there) == [first]
    done(admin.http.delete(f"/api/resumes/admin/candidates/{first}/shares/{other.user_id}"))
    assert listed(there) == []
    job_id = post_job(other)
    submission_id = submitted(elsewhere, job_id, first)
    assert listed(there) == [first]
    done(user.http.delete(submissions_of(job_id, submission_id)))
    assert listed(there) == []
    there.close()
    done(user.http.delete(path_of(first)))
    assert_refused(elsewhere.http.get(path_of(first)), 404)


def test_changes_are_safe_while_ingest_is_away_and_there_when_it_is_back(
    distributed: DistributedDeployment, user: Api, recruiter_of: Callable[[Deployment], Api]
) -> None:
    kept, erased = imported(user, resume_of(*new_person()), resume_of(*new_person("Bob Example")))
    employer = recruiter_of(distributed)
    job_id = post_job(employer)
    with distributed.away("ingest"):
        note = done(add_note(user, kept, "While it was away."), 202)
        tags = done(user.http.post(path_of(kept, "tags"), json={"tags": ["waiting"]}), 202)
        edited = done(user.http.patch(path_of(kept), json={"title": "Chief Engineer"}), 202)
        waiting = done(submit(user, job_id, kept, "While it was away."), 202)
        erasure = done(user.http.delete(path_of(erased)), 202)
        assert tags["tags"] == ["waiting"]
        assert edited["title"] != "Chief Engineer"
        assert detail(user, kept)["notes"] == []
    until_status(user, erased, 404)
    until_status(employer, kept, 200)
    assert [each["submission_id"] for each in submissions(employer, job_id)] == [waiting["submission_id"]]
    shown = detail(user, kept)
    assert [each["id"] for each in shown["notes"]] == [note["note_id"]]
    assert (shown["tags"], shown["title"]) == (["waiting"], "Chief Engineer")
    proof = user.read(f"/api/admin/erasures/{erasure['erasure_id']}")
    assert proof["candidate_ids"] == [erased]


def test_without_the_broker_changes_are_refused_and_reads_are_not(
    distributed: DistributedDeployment, user: Api, candidate_id: str
) -> None:
    before = detail(user, candidate_id)
    with distributed.without_broker():
        refusals = [
            add_note(user, candidate_id, "Hello"),
            user.http.post(path_of(candidate_id, "tags"), json={"tags": ["a"]}),
            user.http.patch(path_of(candidate_id), json={"title": "CEO"}),
            user.http.delete(path_of(candidate_id)),
        ]
        for refusal in refusals:
            assert_refused(refusal, 503, "try again")
            assert int(refusal.headers["Retry-After"]) > 0
        assert unviewed(detail(user, candidate_id)) == unviewed(before)

    def works_again() -> bool:
        return add_note(user, candidate_id, "It works again.").status_code == 201

    until(works_again)
    assert [note["content"] for note in detail(user, candidate_id)["notes"]] == ["It works again."]


def test_a_request_that_is_tried_again_with_its_key_adds_one_note_whatever_happened_to_it(
    distributed: DistributedDeployment, user: Api, candidate_id: str, key: str
) -> None:
    def ask() -> httpx.Response:
        return add_note(user, candidate_id, "Once.", key=key)

    with distributed.without_broker():
        assert_refused(ask(), 503, "try again")
    first = answered(ask)
    assert first.status_code == 201
    # As if the gateway had been killed before it could keep its answer.
    distributed.query(
        "gateway",
        "UPDATE gateway.idempotency_keys SET status = NULL, answer = NULL WHERE user_id = $1",
        user.user_id,
    )
    again = answered(ask)
    assert (again.status_code, again.json(), is_replayed(again)) == (201, first.json(), False)
    replayed = ask()
    assert (replayed.json(), is_replayed(replayed)) == (first.json(), True)
    assert [note["content"] for note in detail(user, candidate_id)["notes"]] == ["Once."]


def test_a_note_that_was_sent_twice_while_ingest_was_away_is_one_note(
    distributed: DistributedDeployment, user: Api, candidate_id: str, key: str
) -> None:
    with distributed.away("ingest"):
        first = add_note(user, candidate_id, "Once.", key=key)
        distributed.query(
            "gateway",
            "UPDATE gateway.idempotency_keys SET status = NULL, answer = NULL WHERE user_id = $1",
            user.user_id,
        )
        again = add_note(user, candidate_id, "Once.", key=key)
        assert (first.status_code, again.status_code) == (202, 202)
        assert first.json() == again.json()
    done(add_note(user, candidate_id, "The last."), 201)
    assert sorted(note["content"] for note in detail(user, candidate_id)["notes"]) == ["Once.", "The last."]


def test_looking_at_a_candidate_is_noted_in_the_background(user: Api, candidate_id: str) -> None:
    def is_noted() -> bool:
        return detail(user, candidate_id)["last_viewed_at"] is not None

    until(is_noted)
    kinds = [act["kind"] for act in user.read(path_of(candidate_id, "activity"))]
    assert "viewed" in kinds


def unviewed(shown: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in shown.items() if name != "last_viewed_at"}
