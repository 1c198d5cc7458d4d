"""Of an erased person nothing is left anywhere, whatever dies meanwhile, and nothing comes back."""

import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from e2e.api import ENDS_WITHIN_S, Api, Secrets
from e2e.authorisation.asking import CANDIDATES, merge
from e2e.authorisation.cast import Cast, Settings, Target, the_cast
from e2e.background_loop import BackgroundLoop
from e2e.candidates import until
from e2e.deployment import Deployment, DistributedDeployment
from e2e.documents import plain_docx
from e2e.erasure.told import Told, publish, put_among_the_dead_letters, told_of
from e2e.erasure.traces import traces
from e2e.idempotent_requests import upload
from e2e.matching import BACKEND, MATCHING, job_matches, matching
from e2e.submissions import post_job, submissions, submit

from hotgigs.contracts.resume_data import ResumeData

NAME, PHONE = "Quenby Thistlewane", "+44 7700 900461"
MAIL, OTHER_MAIL, EDITED_MAIL = "qthistle@mail.example", "quenby.t@mail.example", "qt@edited.example"
FILENAME = "thistlewane-cv.docx"
WORDS = [NAME, "thistlewane", "qthistle", MAIL, OTHER_MAIL, EDITED_MAIL, PHONE, "7700900461", "7700 900461"]

OF_MATCHES = (
    "gateway.matches",
    "gateway.match_views",
    "gateway.matching_runs",
    "matcher.matches",
    "matcher.views",
    "matcher.candidates",
    "matcher.candidate_vectors",
    "matcher.candidate_features",
    "matcher.memberships",
    "matcher.runs",
)
"""Where there is only the id of a person, and no word."""


class Person:
    """All that the system may know of one: two resumes, a third of one merged, notes, tags, a share, an
    edit, and records of requests."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.owner = cast, cast["owner"]
        resume_id = upload(self.owner, str(uuid4()), (FILENAME, _resume(MAIL))).json()["resume_id"]
        self.target = Target(candidate_id=cast.candidate_of("owner", resume_id), resume_id=resume_id)
        self.resume_ids = [resume_id, self._again(MAIL, "2021")]
        other = self._again(OTHER_MAIL, "2022", phone="+44 7700 900462")
        self.resume_ids.append(other)
        merge(
            self.owner, self.target, Target(candidate_id=cast.candidate_of("owner", other), resume_id=other)
        )
        self.path = f"{CANDIDATES}/{self.target.candidate_id}"
        cast.share(self.target, cast["cds"], "cds", share_reason=NAME, share_notes=f"Write to {MAIL}")
        for author, is_private in product((self.owner, cast["cds"]), (False, True)):
            self._note(author, is_private)
        for author in (self.owner, cast["cds"]):
            tags, key = {"tags": [f"call {PHONE}", NAME]}, {"Idempotency-Key": str(uuid4())}
            _done(author.http.post(f"{self.path}/tags", json=tags, headers=key))
        _done(self.owner.http.patch(self.path, json={"email": EDITED_MAIL, "summary": f"{NAME} moved."}))
        self.job_id = post_job(cast["employer"])
        for author in (self.owner, cast["cds"]):
            keyed, note = {"Idempotency-Key": str(uuid4())}, f"{NAME}, {MAIL}, {PHONE}"
            _done(submit(author, self.job_id, self.target.candidate_id, note, **keyed))
        for author in (self.owner, cast["cds"], cast["employer"]):
            author.read(self.path)
        self._match()

    @property
    def told(self) -> Told:
        data = ResumeData(full_name=NAME, email=MAIL, phone=PHONE)
        return told_of(self.target, self.owner.user_id, data, FILENAME)

    def _match(self) -> None:
        """With the employer's job, who looks at it, previews it, and finds no similar person."""
        api, candidate_id = self.cast["employer"], self.target.candidate_id
        until(lambda: matching(api, self.job_id) == {candidate_id})
        (found,) = job_matches(api, self.job_id)["matches"]
        _done(api.http.put(f"{MATCHING}/matches/{found['match_id']}/viewed"))
        _done(api.http.post(f"{MATCHING}/preview", json=BACKEND))
        _done(api.http.get(f"{MATCHING}/candidates/{candidate_id}/similar"))
        _done(self.owner.http.post(f"{MATCHING}/candidates/{candidate_id}/rematch", json={"force": True}))

    def _again(self, mail: str, year: str, phone: str = PHONE) -> str:
        return self.owner.upload((f"{year}-{FILENAME}", _resume(mail, year, phone)))

    def _note(self, author: Api, is_private: bool) -> None:
        note = {"title": NAME, "content": f"Ring {PHONE}, {MAIL}", "is_private": is_private}
        _done(author.http.post(f"{self.path}/notes", json=note, headers={"Idempotency-Key": str(uuid4())}))


def _resume(mail: str, year: str = "2020", phone: str = PHONE) -> bytes:
    lines = [NAME, f"{mail} | {phone}", "Experience", f"Welder, Hallmark Works, 2019 - {year}"]
    return plain_docx("\n".join(lines))


def _done(answer: Any) -> Any:
    return answer.raise_for_status().json()


@pytest.fixture(scope="module")
def cast(distributed: DistributedDeployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    secrets.add(NAME, MAIL, OTHER_MAIL, EDITED_MAIL, "7700900461")
    with the_cast(distributed, settings, secrets) as cast:
        yield cast


@pytest.fixture
def person(cast: Cast) -> Person:
    return Person(cast)


def test_nothing_of_the_person_is_left_when_the_proof_is_complete(
    distributed: DistributedDeployment, loop: BackgroundLoop, person: Person
) -> None:
    (bystander,) = person.cast.import_people("owner", 1)
    of_others = told_of(bystander, person.owner.user_id, ResumeData(full_name="Bystander"), "bystander.pdf")
    put_among_the_dead_letters(
        distributed, loop, person.told | {"gateway.note_added": of_others["gateway.note_added"]}
    )
    put_among_the_dead_letters(distributed, loop, person.told)
    id_ = person.target.candidate_id
    known_by = traces(distributed, loop, [*WORDS, id_])
    assert {*OF_MATCHES} <= known_by.keys()
    assert {"ingest.resumes", "gateway.resumes", "gateway.entries", "gateway.notes", "dead letters"} <= set(
        known_by
    )
    assert {"ingest.submissions", "gateway.submissions"} <= set(known_by)
    assert any(
        blob.startswith(str(person.target.resume_id)) or person.target.resume_id in blob
        for blob in distributed.blobs
    )
    assert remembered_requests(distributed, person.cast) == 9  # an upload, notes, tags, submissions

    erasure_id = _done(person.owner.http.delete(person.path))["erasure_id"]

    proof = until_complete(person.owner, erasure_id)
    assert_forgotten(distributed, loop, person)
    assert not [blob for blob in distributed.blobs for id_ in person.resume_ids if id_ in blob]
    assert remembered_requests(distributed, person.cast) == 0
    assert set(proof["resume_ids"]) == set(person.resume_ids)
    assert None not in proof["services"].values()
    assert bystander.candidate_id in traces(distributed, loop, [bystander.candidate_id])["dead letters"]

    late = person.told
    publish(distributed, loop, late)
    until_heard(distributed, late)
    assert traces(distributed, loop, WORDS) == {}
    for api in (person.owner, person.cast["cds"], person.cast["admin"], person.cast["employer"]):
        assert submissions(api, person.job_id) == []
        assert api.http.get(person.path).status_code == 404
        assert api.http.get(f"/api/resumes/{person.target.resume_id}/status").status_code == 404


def die_before(deployment: Deployment, service: str, erase: Callable[[], Any]) -> Any:
    with deployment.away(service):
        return erase()


def die_at_once(deployment: Deployment, service: str, erase: Callable[[], Any]) -> Any:
    answer = erase()
    with deployment.away(service):
        return answer


@pytest.mark.parametrize("die", [die_before, die_at_once])
@pytest.mark.parametrize("service", ["ingest", "parser", "matcher", "drive-sync", "notifier"])
def test_a_service_that_is_killed_meanwhile_forgets_when_it_is_back(
    distributed: DistributedDeployment,
    loop: BackgroundLoop,
    person: Person,
    service: str,
    die: Callable[[Deployment, str, Callable[[], Any]], Any],
) -> None:
    def erase() -> Any:
        erased = _done(person.owner.http.delete(person.path))
        if die is die_before and service != "ingest":
            proof = person.owner.read(f"/api/admin/erasures/{erased['erasure_id']}")
            confirmed_at = proof["services"][service.replace("-", "_")]
            assert (confirmed_at, proof["is_complete"]) == (None, False)
        return erased

    erasure_id = die(distributed, service, erase)["erasure_id"]

    until_complete(person.owner, erasure_id)
    assert_forgotten(distributed, loop, person)


def test_a_gateway_that_is_killed_meanwhile_forgets_when_it_is_back(
    distributed: DistributedDeployment, loop: BackgroundLoop, person: Person
) -> None:
    erasure_id = _done(person.owner.http.delete(person.path))["erasure_id"]
    with distributed.away("gateway"):
        pass
    until_complete(person.owner, erasure_id)
    assert traces(distributed, loop, WORDS) == {}


def test_embedded_nothing_is_left_either_nor_told_again_when_all_is_killed_at_once(
    embedded: Deployment, loop: BackgroundLoop, settings: Settings, secrets: Secrets
) -> None:
    with the_cast(embedded, settings, secrets) as cast:
        person = Person(cast)
        assert "gateway.entries" in traces(embedded, loop, WORDS)
        erasure_id = die_at_once(embedded, "ingest", lambda: _done(person.owner.http.delete(person.path)))[
            "erasure_id"
        ]
        until_complete(person.owner, erasure_id)
        assert traces(embedded, loop, WORDS) == {}

        rebuilt = embedded.command("rebuild", "gateway")

        assert rebuilt.returncode == 0, rebuilt.stderr
        assert traces(embedded, loop, WORDS) == {}
        assert person.owner.http.get(person.path).status_code == 404
        assert until_complete(person.owner, erasure_id)["is_complete"]


def assert_forgotten(deployment: Deployment, loop: BackgroundLoop, person: Person) -> None:
    """Nothing is left but the id, and that not where people are matched."""
    id_ = person.target.candidate_id
    left = traces(deployment, loop, [*WORDS, id_])
    assert {word for said in left.values() for word in said} <= {id_}
    assert not {*OF_MATCHES} & left.keys()


def until_complete(api: Api, erasure_id: str) -> Any:
    """The proof, as soon as it says that it is."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while True:
        answer = api.http.get(f"/api/admin/erasures/{erasure_id}")
        if answer.status_code == 200 and answer.json()["is_complete"]:
            return answer.json()
        assert answer.status_code in (200, 404), answer.text
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)


def until_heard(deployment: Deployment, told: Told) -> None:
    """By those whose queues they are in."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    for queue, envelope in told.items():
        service = queue.partition(".")[0]
        heard = f"SELECT FROM {service}.inbox WHERE queue = $1 AND message_id = $2"
        while not deployment.query(service, heard, queue, envelope.id):
            assert time.monotonic() < deadline, queue
            time.sleep(0.05)


def remembered_requests(deployment: Deployment, cast: Cast) -> int:
    """Answers that are kept of what these users asked for."""
    users = [cast[asker].user_id for asker in ("owner", "cds")]
    remembered = "SELECT FROM gateway.idempotency_keys WHERE user_id = ANY($1::uuid[]) AND answer IS NOT NULL"
    return len(deployment.query("gateway", remembered, users))
