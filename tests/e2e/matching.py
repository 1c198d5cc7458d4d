"""Jobs and who matches them, as a client posts and reads them."""

from collections.abc import Collection
from typing import Any

from e2e import documents
from e2e.api import Api
from e2e.candidates import done, until

JOBS = "/api/jobs"
MATCHING = "/api/matching"
BACKEND = {
    "title": "Backend Engineer",
    "company_name": "Tech Startup Inc",
    "location": "Berlin, Germany",
    "description": "You build services in Python on PostgreSQL and run them on AWS.",
    "required_skills": ["Python", "PostgreSQL", "AWS"],
    "preferred_skills": ["Kubernetes"],
    "min_years": 3,
    "education_level": "bachelor",
}


def engineer(name: str, email: str, *, skills: str = "Python, PostgreSQL, AWS") -> tuple[str, bytes]:
    """The file of somebody whom `BACKEND` asks for, unless the skills are others."""
    lines = [
        name,
        email,
        "Berlin, Germany",
        "Experience",
        "Backend Engineer, Analytical Engines Ltd, Berlin, 01/2018 - 12/2024",
        f"Built and ran services with {skills}.",
        "Education",
        "Bachelor of Science in Computer Science, Technische Universität Berlin, 2017",
        "Skills",
        skills,
    ]
    return f"{email}.docx", documents.plain_docx("\n".join(lines))


def post_job(api: Api, **fields: Any) -> str:
    """A job like `BACKEND`, and its id."""
    job_id: str = done(api.http.post(JOBS, json=BACKEND | fields), 201)["job_id"]
    return job_id


def change_job(api: Api, job_id: str, **fields: Any) -> dict[str, Any]:
    return done(api.http.put(f"{JOBS}/{job_id}", json=BACKEND | fields))


def job_matches(api: Api, job_id: str, **params: Any) -> dict[str, Any]:
    return done(api.http.get(f"{MATCHING}/jobs/{job_id}/matches", params=params))


def candidate_matches(api: Api, candidate_id: str, **params: Any) -> dict[str, Any]:
    return done(api.http.get(f"{MATCHING}/candidates/{candidate_id}/matches", params=params))


def matching(api: Api, job_id: str) -> set[str]:
    """The candidates that the caller sees to match the job."""
    return {each["candidate_id"] for each in job_matches(api, job_id, limit=100)["matches"]}


def until_matching(api: Api, job_id: str, candidate_ids: Collection[str]) -> None:
    """These and no others."""
    until(lambda: matching(api, job_id) == set(candidate_ids))


def until_task_ended(api: Api, task_id: str) -> dict[str, Any]:
    path = f"{MATCHING}/tasks/{task_id}"
    until(lambda: done(api.http.get(path))["status"] in ("completed", "failed"))
    return done(api.http.get(path))
