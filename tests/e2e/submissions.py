"""Jobs and submissions as a client makes them."""

from typing import Any

import httpx
from e2e.api import Api
from e2e.candidates import done


def post_job(api: Api, **changes: Any) -> str:
    """The id of a new one."""
    job = {"title": "Gardener", "description": "Knows roses.", "required_skills": ["Pruning"]} | changes
    job_id: str = done(api.http.post("/api/jobs", json=job), 201)["job_id"]
    return job_id


def submissions_of(job_id: str, *parts: str) -> str:
    return "/".join((f"/api/jobs/{job_id}/submissions", *parts))


def submit(api: Api, job_id: str, candidate_id: str, note: str = "", **headers: str) -> httpx.Response:
    body = {"candidate_id": candidate_id, "note": note}
    return api.http.post(submissions_of(job_id), json=body, headers=headers)


def submitted(api: Api, job_id: str, candidate_id: str, note: str = "") -> str:
    """The id of the submission."""
    submission_id: str = done(submit(api, job_id, candidate_id, note), 201)["submission_id"]
    return submission_id


def withdraw(api: Api, job_id: str, submission_id: str) -> httpx.Response:
    return api.http.delete(submissions_of(job_id, submission_id))


def submissions(api: Api, job_id: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = api.read(submissions_of(job_id))
    return answer
