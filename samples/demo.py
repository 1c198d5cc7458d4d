"""Imports the sample resumes over HTTP, prints what became of them, searches the candidates, and matches them
with the sample jobs.

Uses the system that answers on HOTGIGS_PORT (default 8000), else one of its own, embedded, in a
temporary folder, which ends with it. Exit status 1 if a sample was not parsed.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

SAMPLES = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".pdf", ".docx", ".doc"))
JOBS = json.loads((Path(__file__).parent / "jobs.json").read_text())
SEARCH = "engineer -bridge"
START_TIMEOUT_S = 60
LIST_TIMEOUT_S = 10
MATCH_TIMEOUT_S = 30


def main() -> int:
    with running_system() as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        client.headers["Authorization"] = f"Bearer {log_in(client)}"
        failures = [import_one(client, path) for path in SAMPLES]
        wait_for_candidates(client, failures.count(0))
        show_candidates(client, "All candidates by name", sort="name")
        show_candidates(client, f"Candidates found by: {SEARCH}", q=SEARCH)
        for job in JOBS:
            show_matches(client, job)
        return max(failures)


@contextmanager
def running_system() -> Iterator[str]:
    """The base URL of a running system."""
    base_url = f"http://127.0.0.1:{os.environ.get('HOTGIGS_PORT', '8000')}"
    if is_ready(base_url):
        print(f"Using the system at {base_url}\n")
        yield base_url
        return
    with tempfile.TemporaryDirectory(prefix="hotgigs-demo-") as folder:
        port = free_port()
        command = [str(Path(sys.executable).with_name("hotgigs")), "serve", "all"]
        environment = os.environ | {
            "HOTGIGS_DATA_DIR": folder,
            "HOTGIGS_PORT": str(port),
            "HOTGIGS_LOG_LEVEL": "error",
        }
        print("Starting a system of its own ...", flush=True)
        process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command
        try:
            yield wait_until_ready(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/health/ready", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def wait_until_ready(base_url: str, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_ready(base_url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("The system did not start.")
        time.sleep(0.2)
    return base_url


def log_in(client: httpx.Client) -> str:
    """An access token of a new recruiter."""
    account = {"email": f"demo-{secrets.token_hex(4)}@example.com", "password": secrets.token_urlsafe(12)}
    client.post("/api/auth/register", json=account | {"role": "recruiter"}).raise_for_status()
    answer = client.post("/api/auth/login", json=account).raise_for_status()
    return str(answer.json()["access_token"])


def import_one(client: httpx.Client, path: Path) -> int:
    """0 if the resume was parsed, else 1."""
    print(f"== {path.name}")
    with path.open("rb") as file:
        uploaded = client.post("/api/resumes/upload", files={"file": (path.name, file)}).raise_for_status()
    resume_id = uploaded.json()["resume_id"]
    status: dict[str, Any] = {}
    for status in statuses(client, resume_id):
        print(f"   {status['progress_percentage']:3d} %  {status['current_step']}")
    if status.get("status") != "completed":
        print(f"   failed: {status.get('error_message')}\n")
        return 1
    show(client.get(f"/api/resumes/{resume_id}/data").raise_for_status().json())
    return 0


def statuses(client: httpx.Client, resume_id: str) -> Iterator[dict[str, Any]]:
    """The status events, live, until the processing has ended."""
    with client.stream("GET", f"/api/resumes/{resume_id}/events") as events:
        for line in events.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def show(data: dict[str, Any]) -> None:
    print(f"   {data['full_name']}  |  {data['email']}  |  {data['phone']}  |  {data['location']}")
    print(f"   {data['total_experience_years']} years of experience")
    for job in data["experience"]:
        until = "present" if job["current"] else job["end_date"]
        print(f"   - {job['title']}, {job['company']} ({job['start_date']} to {until})")
    for degree in data["education"]:
        print(f"   - {degree['degree']}, {degree['institution']} ({degree['graduation_date']})")
    print(f"   Skills: {', '.join(skill['name'] for skill in data['skills'])}")
    for certification in data["certifications"]:
        print(f"   Certificate: {certification['name']} ({certification['issuer']})")
    print(f"   {data['ai_summary']}\n")


def wait_for_candidates(client: httpx.Client, expected: int) -> None:
    """Lists may be a moment behind the status."""
    deadline = time.monotonic() + LIST_TIMEOUT_S
    while len(candidates(client)) < expected and time.monotonic() < deadline:
        time.sleep(0.2)


def candidates(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = client.get("/api/resumes/candidates", params=query).raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found


def show_candidates(client: httpx.Client, heading: str, **query: str) -> None:
    print(f"== {heading}")
    for candidate in candidates(client, **query):
        line = [candidate["full_name"], candidate["title"], candidate["location"]]
        line += [f"{candidate['years_of_experience']} years", ", ".join(candidate["top_skills"][:3])]
        print(f"   {'  |  '.join(part or '?' for part in line)}")
    print()


def show_matches(client: httpx.Client, job: dict[str, Any]) -> None:
    """Of a job that is posted for it."""
    job_id = client.post("/api/jobs", json=job).raise_for_status().json()["job_id"]
    wait_for_matching(client, job_id)
    answer = client.get(f"/api/matching/jobs/{job_id}/matches").raise_for_status().json()
    print(f"== Matches of the job: {job['title']}, {job['location']}")
    for match in answer["matches"]:
        print(f"   {match['match_score']:5.1f}  {match['candidate_name']}  |  {match['candidate_title']}")
        print(f"          {match['match_explanation']}")
    print()


def wait_for_matching(client: httpx.Client, job_id: str) -> None:
    """A rematch that finds nothing new to compare is done when all before it is."""
    started = client.post(f"/api/matching/jobs/{job_id}/rematch", json={}).raise_for_status().json()
    deadline = time.monotonic() + MATCH_TIMEOUT_S
    while time.monotonic() < deadline:
        task = client.get(f"/api/matching/tasks/{started['task_id']}")
        if task.status_code == 200 and task.json()["status"] in ("completed", "failed"):
            return
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
