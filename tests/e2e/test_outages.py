"""What is accepted is done in the end, and what is not accepted leaves nothing, whoever is away."""

import contextlib
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from e2e import documents
from e2e.api import ENDS_WITHIN_S, Api
from e2e.deployment import Deployment, DistributedDeployment
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES

PDF = (SAMPLES / "tobias-ekwall.pdf").read_bytes()
PARSER_STEP, PARSER_QUEUE = "Reading the pages", "parser.resume_received"


@pytest.fixture
def user(distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]) -> Api:
    return recruiter_of(distributed)


def rows_of(deployment: Deployment, resume_id: str) -> dict[str, int]:
    """How many rows there are of a resume, by whose they are."""
    tables = {"gateway": "gateway.resumes", "ingest": "ingest.resumes", "parser": "parser.parse_jobs"}
    return {
        service: deployment.query(service, f"SELECT count(*) FROM {table} WHERE resume_id = $1", resume_id)[
            0
        ][0]
        for service, table in tables.items()
    }


def uploaded_when_it_works_again(api: Api) -> str:
    """The id of a resume that is uploaded as soon as uploads are taken again."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while (answer := api.post_file("cv.pdf", PDF)).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answer.status_code in (201, 202), answer.text
    resume_id: str = answer.json()["resume_id"]
    return resume_id


def test_an_upload_is_safe_while_ingest_and_parser_are_away(
    distributed: DistributedDeployment, user: Api
) -> None:
    with distributed.away("ingest", "parser"):
        single = user.post_file("cv.pdf", PDF)
        bulk = user.post_files([("cv.pdf", PDF), ("picture.pdf", b"\x89PNG\r\n\x1a\n")])
        assert (single.status_code, bulk.status_code) == (202, 202)
        assert single.json()["status"] == "uploaded"
        status = user.status(single.json()["resume_id"])
        assert (status["status"], status["progress_percentage"]) == ("uploaded", 0)
        batch = user.batch(bulk.json()["batch_id"])
        assert [resume["status"] for resume in batch["resumes"]] == ["uploaded", "failed"]
        assert batch["status"] == "queued"
        early = user.http.get(f"/api/resumes/{single.json()['resume_id']}/data")
        assert_refused(early, 409, "still being processed")

    assert user.until_ended(single.json()["resume_id"])["status"] == "completed"
    batch = user.until_batch_ended(bulk.json()["batch_id"])
    assert [resume["status"] for resume in batch["resumes"]] == ["completed", "failed"]
    assert rows_of(distributed, single.json()["resume_id"]) == {"gateway": 1, "ingest": 1, "parser": 1}


def test_an_upload_is_taken_in_while_only_the_parser_is_away(
    distributed: DistributedDeployment, user: Api
) -> None:
    with distributed.away("parser"):
        answer = user.post_file("cv.pdf", PDF)
        assert answer.status_code == 201
        assert user.status(answer.json()["resume_id"])["status"] == "uploaded"
    assert user.until_ended(answer.json()["resume_id"])["status"] == "completed"


def test_without_the_broker_an_upload_is_refused_and_leaves_nothing(
    distributed: DistributedDeployment, user: Api
) -> None:
    resume_id = user.upload(("cv.pdf", PDF))
    user.until_ended(resume_id)

    def stored() -> tuple[object, ...]:
        counts = [
            distributed.query(service, f"SELECT count(*) FROM {service}.{table}")[0][0]
            for service, table in (("gateway", "resumes"), ("gateway", "batches"), ("ingest", "resumes"))
        ]
        return distributed.blobs, *counts

    before = stored()
    with distributed.without_broker():
        for answer in (user.post_file("cv.pdf", PDF), user.post_files([("cv.pdf", PDF)])):
            assert_refused(answer, 503, "try again")
            assert int(answer.headers["Retry-After"]) > 0
        assert user.status(resume_id)["status"] == "completed"
        assert user.data(resume_id)["full_name"] == "Tobias Ekwall"
        assert httpx.get(f"{user.url}/health/live").status_code == 200
        ready = httpx.get(f"{user.url}/health/ready")
        assert (ready.status_code, ready.json()["checks"]["bus"]) == (503, "unavailable")
        assert stored() == before

    assert user.until_ended(uploaded_when_it_works_again(user))["status"] == "completed"


def test_the_broker_goes_away_in_the_middle_of_the_work(
    distributed: DistributedDeployment, user: Api
) -> None:
    answer = user.post_files([("slow.pdf", documents.slow_pdf(pages=20)), *[("cv.pdf", PDF)] * 6])
    with distributed.without_broker():
        time.sleep(1)  # an absence, not a wait
    batch = user.until_batch_ended(answer.json()["batch_id"])
    assert batch["completed"] == 7
    for resume in batch["resumes"]:
        assert rows_of(distributed, resume["resume_id"]) == {"gateway": 1, "ingest": 1, "parser": 1}


def test_without_the_gateway_s_database_reads_are_refused_and_what_is_on_the_bus_is_safe(
    distributed: DistributedDeployment, user: Api
) -> None:
    assert user.http.get("/api/auth/me").status_code == 200
    with distributed.without_database("gateway"):
        refusal = user.http.get("/api/auth/me")
        answer = user.post_file("cv.pdf", PDF)
    assert_refused(refusal, 503, "try again")
    assert int(refusal.headers["Retry-After"]) > 0
    assert answer.status_code == 202

    resume_id = answer.json()["resume_id"]
    user.until_known(resume_id)
    assert user.until_ended(resume_id)["status"] == "completed"
    assert rows_of(distributed, resume_id) == {"gateway": 1, "ingest": 1, "parser": 1}


def test_the_parser_s_database_goes_away_and_nothing_is_lost_or_uses_up_its_tries(
    distributed: DistributedDeployment, user: Api
) -> None:
    with distributed.without_database("parser"):
        resume_ids = [user.upload(("cv.pdf", PDF)) for _ in range(3)]
        assert {user.status(resume_id)["status"] for resume_id in resume_ids} <= {"uploaded", "processing"}
        paused = distributed["parser"].logged(event="paused")
        time.sleep(1)  # an absence, not a wait
    for resume_id in resume_ids:
        assert user.until_ended(resume_id)["status"] == "completed"
        assert rows_of(distributed, resume_id) == {"gateway": 1, "ingest": 1, "parser": 1}
    assert len(distributed["parser"].logged(event="paused")) >= len(paused)
    assert not distributed["parser"].logged(event="dead_lettered")
    assert not distributed["parser"].logged(event="will_retry")


def test_a_parser_killed_in_the_middle_of_a_document_completes_it_once_when_it_is_back(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(deployment)
    resume_id = api.upload(("slow.pdf", documents.slow_pdf(pages=40)))
    with contextlib.closing(api.events(resume_id)) as events:
        assert any(event["current_step"] == PARSER_STEP for event in events)

    with deployment.away("parser"):
        assert not deployment["parser"].logged(event="handled", subject=resume_id, queue=PARSER_QUEUE)

    assert api.until_ended(resume_id)["status"] == "completed"
    assert rows_of(deployment, resume_id) == {"gateway": 1, "ingest": 1, "parser": 1}
    subject = {"subject": resume_id, "event": "handled"}
    for queue in (PARSER_QUEUE, "ingest.resume_parsed", "gateway.resume_completed"):
        assert len(deployment.logged(queue=queue, **subject)) == 1


def test_an_upload_that_is_being_sent_when_sigterm_comes_is_still_taken(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api, gateway = recruiter_of(deployment), deployment["gateway"]
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    drained_before = len(gateway.logged(event="draining"))

    def body() -> Iterator[bytes]:
        yield head + PDF[:20_000]
        gateway.terminate()
        deadline = time.monotonic() + ENDS_WITHIN_S
        while len(gateway.logged(event="draining")) == drained_before and time.monotonic() < deadline:
            time.sleep(0.02)
        yield PDF[20_000:] + b"\r\n--b--\r\n"

    form = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = api.http.post("/api/resumes/upload", content=body(), headers=form)
    assert gateway.wait_until_ended() == 0
    deployment.bring_back()

    assert answer.status_code in (201, 202), answer.text
    assert api.until_ended(answer.json()["resume_id"])["status"] == "completed"


def test_a_gateway_ends_in_time_though_somebody_follows_a_resume_that_waits(
    distributed: DistributedDeployment, user: Api
) -> None:
    with distributed.away("parser"):
        resume_id = user.upload(("cv.pdf", PDF))
        events = user.events(resume_id)
        assert next(events)["status"] == "uploaded"
        assert distributed["gateway"].stop() == 0
        with contextlib.suppress(httpx.TransportError):
            assert list(events) == []
    assert user.until_ended(resume_id)["status"] == "completed"


def test_sigterm_lets_work_in_hand_end_or_gives_it_back(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(deployment)
    slow = documents.slow_pdf(pages=20)
    resume_ids = [api.upload(file) for file in [("slow.pdf", slow), ("slow.pdf", slow), ("cv.pdf", PDF)]]
    assert any(event["status"] == "processing" for event in api.events(resume_ids[0]))

    statuses = [process.stop() for process in deployment.distinct_processes]
    assert statuses == [0] * len(statuses)
    deployment.bring_back()

    for resume_id in resume_ids:
        assert api.until_ended(resume_id)["status"] == "completed"
        assert rows_of(deployment, resume_id) == {"gateway": 1, "ingest": 1, "parser": 1}
    assert not [
        event for process in deployment.distinct_processes for event in process.logged(level="critical")
    ]
