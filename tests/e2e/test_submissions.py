"""Submitting candidates to jobs, applying, and what that lets a job's owner see: as long as it lasts."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from e2e.api import Api
from e2e.candidates import (
    CANDIDATES,
    detail,
    done,
    imported,
    listed,
    new_person,
    path_of,
    resume_of,
    share,
    until_status,
)
from e2e.deployment import Deployment
from e2e.submissions import post_job, submissions, submissions_of, submit, submitted, withdraw

SignUp = Callable[[str], Api]


@pytest.fixture
def employer(sign_up: SignUp) -> Api:
    return sign_up("recruiter")


@pytest.fixture
def job_id(employer: Api) -> str:
    return post_job(employer)


@pytest.fixture
def mail() -> str:
    return new_person()[1]


@pytest.fixture
def ada(recruiter: Api, mail: str) -> str:
    """The recruiter's."""
    (candidate_id,) = imported(recruiter, resume_of("Ada Example", mail))
    return candidate_id


@pytest.fixture
def own(deployment: Deployment, candidate: Api, mail: str) -> str:
    """The candidate that the person's upload made."""
    candidate.secrets.add(mail)
    resume_id = candidate.upload(resume_of("Bea Example", mail))
    assert candidate.until_ended(resume_id)["status"] == "completed"
    statement = "SELECT candidate_id FROM gateway.resumes WHERE resume_id = $1"
    (row,) = deployment.query("gateway", statement, resume_id)
    until_status(candidate, str(row["candidate_id"]), 200)
    return str(row["candidate_id"])


def sees(api: Api, candidate_id: str) -> bool:
    return api.http.get(path_of(candidate_id)).status_code == 200


def test_the_job_s_owner_sees_who_was_submitted_until_it_is_withdrawn(
    recruiter: Api, employer: Api, job_id: str, ada: str, mail: str
) -> None:
    assert not sees(employer, ada)
    made = done(submit(recruiter, job_id, ada, " Free from May. "), 201)
    assert (made["job_id"], made["candidate_id"], made["submitted_by"], made["note"]) == (
        job_id,
        ada,
        recruiter.user_id,
        "Free from May.",
    )
    shown = detail(employer, ada)
    assert (shown["email"], shown["source"]) == (mail, "admin_share")
    assert listed(employer) == [ada]
    for api in (employer, recruiter):
        assert submissions(api, job_id) == [made]
    assert withdraw(recruiter, job_id, made["submission_id"]).status_code == 200
    assert not sees(employer, ada)
    assert listed(employer) == []
    for api in (employer, recruiter):
        assert submissions(api, job_id) == []
    assert withdraw(recruiter, job_id, made["submission_id"]).status_code == 404


def test_nobody_submits_twice_to_a_closed_job_or_what_is_not_theirs(
    recruiter: Api, employer: Api, job_id: str, ada: str, sign_up: SignUp
) -> None:
    submitted(recruiter, job_id, ada)
    assert submit(recruiter, job_id, ada).status_code == 409
    for stranger in (sign_up("recruiter"), sign_up("candidate")):
        assert submit(stranger, job_id, ada).status_code == 404
        assert submissions(stranger, job_id) == []
    assert submit(recruiter, str(uuid4()), ada).status_code == 404
    closed = post_job(employer, status="closed")
    assert submit(recruiter, closed, ada).status_code == 404
    assert submit(employer, closed, ada).status_code == 409
    assert recruiter.http.get(submissions_of(closed)).status_code == 404


def test_an_own_candidate_to_an_own_job_is_a_submission_and_no_grant(
    recruiter: Api, admin: Api, ada: str
) -> None:
    own_job = post_job(recruiter)
    submission_id = submitted(recruiter, own_job, ada)
    assert [each["submission_id"] for each in submissions(recruiter, own_job)] == [submission_id]
    assert admin.read(f"/api/resumes/admin/candidates/{ada}/shares") == []
    assert withdraw(recruiter, own_job, submission_id).status_code == 200
    assert sees(recruiter, ada)


def test_whom_it_is_shared_with_submits_only_where_he_may_and_shows_no_more_than_he_sees(
    recruiter: Api, admin: Api, employer: Api, job_id: str, ada: str, mail: str, sign_up: SignUp
) -> None:
    agent = sign_up("recruiter")
    share(admin, ada, agent, can_submit_to_jobs=False)
    refused = submit(agent, job_id, ada)
    assert refused.status_code == 403
    assert "permission to submit" in refused.json()["detail"]
    share(admin, ada, agent, can_view_contact_info=False)
    submitted(agent, job_id, ada, "Seen in person.")
    shown = detail(employer, ada)
    assert (shown["email"], shown["phone"]) == (None, None)
    (resume,) = detail(recruiter, ada)["resumes"]
    assert employer.http.get(f"/api/resumes/{resume['resume_id']}/download").status_code == 403
    everything = [
        employer.http.get(path).text
        for path in (
            CANDIDATES,
            path_of(ada),
            path_of(ada, "export"),
            path_of(ada, "activity"),
            f"/api/resumes/{resume['resume_id']}/data",
            submissions_of(job_id),
        )
    ]
    assert all(mail not in text for text in everything)
    share(admin, ada, agent)
    assert detail(employer, ada)["email"] == mail, "his permissions are followed at once"


def test_what_was_passed_on_goes_with_the_share_that_it_hangs_on(
    recruiter: Api, admin: Api, employer: Api, job_id: str, ada: str, sign_up: SignUp
) -> None:
    agent, last = sign_up("recruiter"), sign_up("recruiter")
    share(admin, ada, agent)
    submitted(agent, job_id, ada)
    last_job = post_job(last)
    submitted(employer, last_job, ada)
    assert all(sees(each, ada) for each in (agent, employer, last))
    revoking = f"/api/resumes/admin/candidates/{ada}/shares/{agent.user_id}"
    assert admin.http.delete(revoking).status_code == 200
    assert not any(sees(each, ada) for each in (agent, employer, last))
    assert submissions(employer, job_id) == submissions(last, last_job) == []
    share(admin, ada, agent)
    assert all(sees(each, ada) for each in (agent, employer, last))


def test_an_admin_s_share_and_a_submission_add_up_and_part(
    recruiter: Api, admin: Api, employer: Api, job_id: str, ada: str, mail: str
) -> None:
    share(admin, ada, employer, can_view_contact_info=False)
    assert detail(employer, ada)["email"] is None
    submission_id = submitted(recruiter, job_id, ada)
    assert detail(employer, ada)["email"] == mail
    assert withdraw(employer, job_id, submission_id).status_code == 200
    assert detail(employer, ada)["email"] is None


def test_a_person_applies_sees_it_and_takes_it_back(
    candidate: Api, employer: Api, job_id: str, own: str, mail: str, sign_up: SignUp
) -> None:
    submission_id = submitted(candidate, job_id, own, "I grow roses.")
    shown = detail(employer, own)
    assert (shown["email"], shown["source"]) == (mail, "application")
    assert [each["note"] for each in submissions(candidate, job_id)] == ["I grow roses."]
    other_job = post_job(sign_up("recruiter"))
    assert submit(employer, other_job, own).status_code == 403, "who applies is not passed on"
    assert withdraw(candidate, job_id, submission_id).status_code == 200
    assert not sees(employer, own)


def test_a_job_that_is_deleted_lets_its_owner_see_nobody_any_more(
    recruiter: Api, employer: Api, job_id: str, ada: str
) -> None:
    submitted(recruiter, job_id, ada)
    assert employer.http.delete(f"/api/jobs/{job_id}").status_code == 200
    until_status(employer, ada, 404)
    assert submit(recruiter, job_id, ada).status_code == 404


def test_of_an_erased_person_no_submission_is_left(
    recruiter: Api, employer: Api, job_id: str, ada: str, deployment: Deployment
) -> None:
    note = f"Roses {uuid4().hex}"
    done(submit(recruiter, job_id, ada, note, **{"Idempotency-Key": str(uuid4())}), 201)
    recruiter.http.delete(path_of(ada)).raise_for_status()
    assert submissions(employer, job_id) == submissions(recruiter, job_id) == []
    for service in ("ingest", "gateway"):
        for table in ("submissions", "outbox"):
            statement = f"SELECT count(*) AS count FROM {service}.{table} AS it WHERE it::text LIKE $1"
            (row,) = deployment.query(service, statement, f"%{note}%")
            assert row["count"] == 0
    (row,) = deployment.query(
        "gateway",
        "SELECT count(*) AS count FROM gateway.idempotency_keys WHERE user_id = $1",
        recruiter.user_id,
    )
    assert row["count"] == 0


def test_a_person_says_whether_they_are_to_be_found_and_nobody_else_does(
    candidate: Api, recruiter: Api, admin: Api, own: str
) -> None:
    path = path_of(own, "consent")
    assert candidate.read(path) == {"candidate_id": own, "can_be_found": False}
    for can_be_found in (True, False):
        told = done(candidate.http.put(path, json={"can_be_found": can_be_found}))
        assert told == candidate.read(path) == {"candidate_id": own, "can_be_found": can_be_found}
    for other in (recruiter, admin):
        assert other.http.get(path).status_code == 403
        assert other.http.put(path, json={"can_be_found": True}).status_code == 403
    assert candidate.read(path)["can_be_found"] is False


def test_a_gateway_that_lost_it_is_told_again(
    recruiter: Api, candidate: Api, employer: Api, job_id: str, ada: str, own: str, deployment: Deployment
) -> None:
    submission_id = submitted(recruiter, job_id, ada)
    job_of_gone = post_job(employer)
    gone = submitted(recruiter, job_of_gone, ada)
    assert withdraw(recruiter, job_of_gone, gone).status_code == 200
    done(candidate.http.put(path_of(own, "consent"), json={"can_be_found": True}))
    for table in ("submissions", "consents", "access", "entries"):
        deployment.query("gateway", f"DELETE FROM gateway.{table}")
    assert submissions(employer, job_id) == []

    rebuilt = deployment.command("rebuild", "gateway")

    assert rebuilt.returncode == 0, rebuilt.stderr
    assert [each["submission_id"] for each in submissions(employer, job_id)] == [submission_id]
    assert submissions(employer, job_of_gone) == []
    assert sees(employer, ada)
    assert candidate.read(path_of(own, "consent"))["can_be_found"] is True
    # Who is to be found is found by every job of the other tests.
    done(candidate.http.put(path_of(own, "consent"), json={"can_be_found": False}))
