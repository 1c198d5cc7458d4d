"""A share that is taken back is gone from everything within a second."""

import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from e2e.api import Api, Secrets
from e2e.authorisation.asking import ADMIN_CANDIDATES, CANDIDATES, WELDER
from e2e.authorisation.cast import Cast, Settings, Target, the_cast
from e2e.candidates import until
from e2e.deployment import Deployment
from e2e.matching import MATCHING, job_matches, matching
from e2e.submissions import post_job

PROMISED_S = 1.0
WITHIN_S = 5 * PROMISED_S
"""On a machine that does much else."""


@pytest.fixture
def cast(deployment: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    with the_cast(deployment, settings, secrets) as cast:
        yield cast


@pytest.fixture
def target(cast: Cast) -> Target:
    """Shared with all that there is to allow."""
    (target,) = cast.import_people("owner", 1)
    cast.share(target, cast["cds"], "cds", share_reason="A fit", share_notes="For Delft.")
    return target


@pytest.fixture
def pending(deployment: Deployment, cast: Cast, target: Target) -> Iterator[str]:
    """The id of a resume of the same candidate that will never be read."""
    resume_id = uuid4()
    deployment.query(
        "gateway",
        "INSERT INTO gateway.resumes (resume_id, version, attempt, owner_user_id, database_id, source,"
        " filename, status, received_at, candidate_id)"
        " VALUES ($1, 1, 1, $2::text::uuid, $2::text::uuid, 'resume_import', 'cv.pdf', 'uploaded', now(),"
        " $3::text::uuid)",
        resume_id,
        cast["owner"].user_id,
        target.candidate_id,
    )
    yield str(resume_id)
    deployment.query("gateway", "DELETE FROM gateway.resumes WHERE resume_id = $1", resume_id)


def test_it_is_gone_from_every_answer_within_a_second(cast: Cast, target: Target, pending: str) -> None:
    recruiter, admin = cast["cds"], cast["admin"]
    path, resume = f"{CANDIDATES}/{target.candidate_id}", f"/api/resumes/{target.resume_id}"
    recruiter.http.post(f"{path}/tags", json={"tags": ["mine"]}).raise_for_status()
    note = recruiter.http.post(f"{path}/notes", json={"title": "Call", "content": "Rang."}).json()
    name = recruiter.read(path)["full_name"]
    job_id = post_job(recruiter, **WELDER)
    until(lambda: matching(recruiter, job_id) == {target.candidate_id})
    (match,) = job_matches(recruiter, job_id)["matches"]
    addresses = {
        **{
            f"list{query}": f"{CANDIDATES}{query}"
            for query in ("", f"?search={name}", f"?q={name}", "?tags=mine")
        },
        "source": f"{CANDIDATES}?source=admin_share",
        "CSV": f"{CANDIDATES}/export",
        "detail": path,
        "activity": f"{path}/activity",
        "export": f"{path}/export",
        "matches": f"{MATCHING}/candidates/{target.candidate_id}/matches",
        "statistics": f"{MATCHING}/stats/candidate/{target.candidate_id}",
        "similar": f"{MATCHING}/candidates/{target.candidate_id}/similar",
        "job": f"{MATCHING}/jobs/{job_id}/matches",
        **{part: f"{resume}/{part}" for part in ("status", "data", "download", "events")},
    }
    shown: dict[str, Callable[[], bool]] = {
        part: _shown(recruiter, address, target) for part, address in addresses.items()
    }
    assert {part: is_shown() for part, is_shown in shown.items()} == dict.fromkeys(shown, True)
    stream = _Stream(recruiter, pending)

    began = time.monotonic()
    admin.http.delete(
        f"{ADMIN_CANDIDATES}/{target.candidate_id}/shares/{recruiter.user_id}"
    ).raise_for_status()
    gone_after_s: dict[str, float] = {}
    while shown.keys() - gone_after_s.keys() and time.monotonic() - began < WITHIN_S:
        for part in shown.keys() - gone_after_s.keys():
            if not shown[part]():
                gone_after_s[part] = time.monotonic() - began
    gone_after_s |= stream.ended_after(began)

    print(f"gone after at most {max(gone_after_s.values()):.3f} s:", gone_after_s)
    assert gone_after_s.keys() == shown.keys() | {"stream"}
    assert max(gone_after_s.values()) < WITHIN_S
    written = [
        recruiter.http.post(f"{path}/notes", json={"title": "Late", "content": "Late."}),
        recruiter.http.post(f"{path}/tags", json={"tags": ["late"]}),
        recruiter.http.delete(f"{path}/notes/{note['note_id']}"),
        recruiter.http.put(f"{MATCHING}/matches/{match['match_id']}/viewed"),
        recruiter.http.post(f"{MATCHING}/candidates/{target.candidate_id}/rematch", json={}),
    ]
    assert [answer.status_code for answer in written] == [404] * 5


def _shown(api: Api, address: str, target: Target) -> Callable[[], bool]:
    """Whether what is at the address is of the candidate."""
    is_list = address.partition("?")[0].endswith(("/candidates", "/candidates/export"))
    is_list = is_list or address.startswith(f"{MATCHING}/jobs/")

    def is_shown() -> bool:
        answer = api.http.get(address)
        assert answer.status_code in (200, 404)
        if not is_list:
            return answer.status_code == 200
        return target.candidate_id in answer.text

    return is_shown


class _Stream:
    """The events of a resume, followed from now on."""

    def __init__(self, api: Api, resume_id: str) -> None:
        self._api, self._resume_id = api, resume_id
        self._began, self._ended_at = threading.Event(), 0.0
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        assert self._began.wait(WITHIN_S)

    def _follow(self) -> None:
        for _ in self._api.events(self._resume_id):
            self._began.set()
        self._ended_at = time.monotonic()

    def ended_after(self, began: float) -> dict[str, float]:
        self._thread.join(WITHIN_S)
        return {"stream": self._ended_at - began} if self._ended_at else {}
