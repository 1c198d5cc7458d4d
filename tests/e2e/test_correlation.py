"""One upload can be followed through every service's log by one id."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from e2e.api import Api
from e2e.deployment import Deployment
from e2e.samples import SAMPLES

SAMPLE = SAMPLES / "siobhan-tierney.doc"
PATH_OF_AN_UPLOAD = [
    ("gateway", "ingest.submit_resume", "ingest"),
    ("ingest", "gateway.resume_received", "gateway"),
    ("ingest", "parser.resume_received", "parser"),
    ("parser", "ingest.resume_parsed", "ingest"),
    ("ingest", "gateway.resume_completed", "gateway"),
]


@pytest.mark.parametrize("offered", ["", f"client-{uuid4()}"], ids=["made", "offered by the client"])
def test_one_upload_s_id_is_in_the_logs_of_every_service_it_passes(
    deployment: Deployment, recruiter: Api, offered: str
) -> None:
    headers = {"X-Correlation-ID": offered} if offered else {}
    with SAMPLE.open("rb") as file:
        answer = recruiter.http.post("/api/resumes/upload", files={"file": file}, headers=headers)
    resume_id, correlation_id = answer.json()["resume_id"], answer.headers["X-Correlation-ID"]
    assert correlation_id == (offered or correlation_id)
    assert recruiter.until_ended(resume_id)["status"] == "completed"

    request, *others = deployment["gateway"].logged(event="http_request", correlation_id=correlation_id)
    assert (request["route"], request["method"], request["status"], others) == (
        "/api/resumes/upload",
        "POST",
        201,
        [],
    )
    for _, queue, service in PATH_OF_AN_UPLOAD:
        handled = handled_soon(deployment, service, queue=queue, correlation_id=correlation_id)
        assert [event["subject"] for event in handled] == [resume_id]


def handled_soon(deployment: Deployment, service: str, **fields: str) -> list[dict[str, str]]:
    """A handler says so after its effect can be seen."""
    for _ in range(200):
        if events := deployment[service].logged(event="handled", **fields):
            return events
        httpx.get(f"{deployment.url}/health/live")
    return []


@pytest.mark.parametrize("offered", ["short", "x" * 65, "line\tbreak", 'quo"ted--', "semi;colon-id"])
def test_an_id_that_could_harm_a_log_is_replaced(nobody: Api, offered: str) -> None:
    answer = nobody.http.get("/api/auth/me", headers={"X-Correlation-ID": offered})
    assert answer.headers["X-Correlation-ID"] != offered
    assert len(answer.headers["X-Correlation-ID"]) == 36


def test_two_uploads_have_two_ids(recruiter: Api, sign_up: Callable[[str], Api]) -> None:
    answers = [api.post_file("cv.doc", SAMPLE.read_bytes()) for api in (recruiter, sign_up("candidate"))]
    assert len({answer.headers["X-Correlation-ID"] for answer in answers}) == 2
