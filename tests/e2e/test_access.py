"""Who may see what: owners and admins; for everybody else it does not exist."""

from collections.abc import Callable

import httpx
import pytest
from e2e.api import Api
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES

RESUME_PATHS = ("status", "events", "data", "download")


@pytest.fixture
def resume_id(recruiter: Api) -> str:
    """A completed one of the recruiter's."""
    resume_id = recruiter.upload(SAMPLES / "siobhan-tierney.doc")
    recruiter.until_ended(resume_id)
    return resume_id


def read(api: Api, resume_id: str, path: str) -> httpx.Response:
    return api.http.get(f"/api/resumes/{resume_id}/{path}")


@pytest.mark.parametrize("role", ["candidate", "recruiter"])
def test_a_stranger_cannot_tell_a_resume_from_none(
    sign_up: Callable[[str], Api], resume_id: str, role: str
) -> None:
    stranger = sign_up(role)
    details = {assert_refused(read(stranger, resume_id, path), 404) for path in RESUME_PATHS}
    unknown = resume_id[:-4] + ("0000" if resume_id[-4:] != "0000" else "0001")
    assert details == {assert_refused(read(stranger, unknown, "status"), 404)}


def test_owners_and_admins_read_everything_of_a_resume(recruiter: Api, admin: Api, resume_id: str) -> None:
    for path in RESUME_PATHS:
        assert read(recruiter, resume_id, path).status_code == 200
        assert read(admin, resume_id, path).status_code == 200


def test_a_candidate_imports_a_resume_and_reads_it_back(candidate: Api, admin: Api, recruiter: Api) -> None:
    resume_id = candidate.upload(SAMPLES / "solene-kerbrat.docx")
    assert candidate.until_ended(resume_id)["status"] == "completed"
    for path in RESUME_PATHS:
        assert read(candidate, resume_id, path).status_code == 200
        assert read(admin, resume_id, path).status_code == 200
        assert_refused(read(recruiter, resume_id, path), 404)


def test_a_batch_is_its_owner_s_and_the_admins(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api]
) -> None:
    content = (SAMPLES / "siobhan-tierney.doc").read_bytes()
    batch_id = recruiter.post_files([("cv.doc", content)]).json()["batch_id"]
    batch = recruiter.until_batch_ended(batch_id)
    assert admin.batch(batch_id) == batch
    for role in ("candidate", "recruiter"):
        assert_refused(sign_up(role).http.get(f"/api/resumes/batches/{batch_id}"), 404, "no such batch")


def test_an_admin_imports_into_the_master_database(admin: Api, recruiter: Api) -> None:
    content = (SAMPLES / "caleb-norquist.doc").read_bytes()
    answer = admin.post_files([("cv.doc", content)])
    assert answer.status_code == 201
    batch = admin.until_batch_ended(answer.json()["batch_id"])
    assert batch["completed"] == 1
    assert_refused(recruiter.http.get(f"/api/resumes/batches/{batch['batch_id']}"), 404)


def test_two_recruiters_who_import_the_same_person_get_a_candidate_each(
    recruiter: Api, sign_up: Callable[[str], Api]
) -> None:
    content = (SAMPLES / "tobias-ekwall.pdf").read_bytes()
    candidates = set()
    for api in (recruiter, sign_up("recruiter")):
        batch = api.until_batch_ended(api.post_files([("cv.pdf", content)]).json()["batch_id"])
        candidates.add(batch["resumes"][0]["candidate_id"])
    assert len(candidates) == 2


@pytest.mark.parametrize("role", ["candidate", "recruiter"])
def test_only_admins_look_at_accounts_and_change_them(
    sign_up: Callable[[str], Api], nobody: Api, role: str
) -> None:
    user, other = sign_up(role), nobody.register("candidate")
    assert_refused(user.http.get("/api/admin/users"), 403, "Only admins")
    change = user.http.patch(f"/api/admin/users/{other.user_id}", json={"status": "suspended"})
    assert_refused(change, 403, "Only admins")
    own = user.http.patch(f"/api/admin/users/{user.user_id}", json={"role": "admin"})
    assert_refused(own, 403, "Only admins")
