"""Jobs from their posting to their end."""

from collections.abc import Callable
from uuid import uuid4

from e2e.api import Api
from e2e.candidates import done
from e2e.matching import BACKEND, JOBS, change_job, post_job


def test_a_job_is_posted_read_changed_closed_opened_again_and_deleted(
    recruiter: Api, candidate: Api, admin: Api, sign_up: Callable[[str], Api]
) -> None:
    other = sign_up("recruiter")
    job_id = post_job(recruiter, weights={"skill": 2, "experience": 2})
    path = f"{JOBS}/{job_id}"
    posted = recruiter.read(path)
    assert {name: posted[name] for name in BACKEND} == BACKEND
    assert posted["weights"] == {"skill": 0.5, "experience": 0.5, "education": 0.0, "location": 0.0}
    assert (posted["status"], posted["owner_user_id"]) == ("open", recruiter.user_id)
    for reader in (other, candidate, admin):
        assert reader.read(path) == posted
        assert job_id in {each["job_id"] for each in reader.read(f"{JOBS}?limit=100")}
    assert [each["job_id"] for each in recruiter.read(f"{JOBS}?mine=true")] == [job_id]

    changed = change_job(recruiter, job_id, title="Staff Engineer", status="closed")
    assert (changed["title"], changed["status"], changed["weights"]) == ("Staff Engineer", "closed", None)
    assert changed["created_at"] == posted["created_at"] < changed["updated_at"]
    assert recruiter.read(path) == admin.read(path) == changed
    assert [each["job_id"] for each in recruiter.read(f"{JOBS}?mine=true&status=closed")] == [job_id]
    for reader in (other, candidate):
        assert reader.http.get(path).status_code == 404
        assert job_id not in {each["job_id"] for each in reader.read(f"{JOBS}?limit=100")}

    assert change_job(admin, job_id, status="open")["status"] == "open"
    assert other.read(path)["title"] == BACKEND["title"]
    assert other.http.put(path, json=BACKEND).status_code == 403
    assert other.http.delete(path).status_code == 403

    assert done(recruiter.http.delete(path)) == {"message": "Job deleted successfully"}
    for reader in (recruiter, other, candidate, admin):
        assert reader.http.get(path).status_code == 404
    assert recruiter.http.put(path, json=BACKEND).status_code == 404


def test_a_post_that_is_tried_again_posts_one_job(recruiter: Api, key: str) -> None:
    answers = [recruiter.http.post(JOBS, json=BACKEND, headers={"Idempotency-Key": key}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(recruiter.read(f"{JOBS}?mine=true")) == 1


def test_pages_of_jobs_are_walked_by_their_links(recruiter: Api) -> None:
    job_ids = [post_job(recruiter, title=f"Engineer {uuid4()}") for _ in range(3)]
    found, address = [], f"{JOBS}?mine=true&limit=1"
    while address:
        answer = recruiter.http.get(address)
        assert answer.headers["X-Total-Count"] == "3"
        found += [each["job_id"] for each in answer.json()]
        address = answer.links.get("next", {}).get("url", "")
    assert found == job_ids[::-1]
