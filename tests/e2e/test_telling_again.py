"""`hotgigs rebuild` and `hotgigs replay`: what a service has lost, its owners tell it again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from e2e.api import Api
from e2e.deployment import Deployment, DistributedDeployment
from e2e.samples import SAMPLES

from hotgigs.gateway.service import service as gateway

pytestmark = pytest.mark.timeout(400)  # a rebuild looks at all that the tests before have left

PDF = (SAMPLES / "tobias-ekwall.pdf").read_bytes()
NOT_A_RESUME = b"\x89PNG\r\n\x1a\n"
READ_MODELS = [model.table.name for model in gateway.read_models]

READ_MODEL = (
    "SELECT resume_id, version, attempt, batch_id, filename, status, error_message, candidate_id,"
    " received_at, processing_started_at, processing_completed_at, data"
    " FROM {schema}.resumes ORDER BY resume_id"
)


def rebuild(deployment: Deployment, *options: str) -> list[str]:
    done = deployment.command("rebuild", "gateway", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def found(**wrong: tuple[int, int, int]) -> list[str]:
    """What a rebuild says where this was wrong (missing, different, left over) and nothing else was."""
    counts = [(table, *wrong.get(table, (0, 0, 0))) for table in READ_MODELS]
    return ["{}: {} missing, {} different, {} left over".format(*each) for each in counts]


SOUND = found()
TRIES = 20
LOOKED_AT = 20
"""Of the resumes that come in meanwhile: those that end during a rebuild are among the newest."""


def until_sound(deployment: Deployment) -> None:
    """What follows from a resume, its candidate and what was done with it, is told by messages of its own."""
    for _ in range(TRIES):
        done = deployment.command("rebuild", "gateway", "--check")
        if done.returncode == 0:
            break
    assert done.stdout.splitlines() == SOUND, done.stderr


def everything(deployment: Deployment, api: Api) -> dict[str, str]:
    """A resume of each kind: completed, failed, and three of a batch, of which one was refused."""
    completed = api.upload(("cv.pdf", PDF))
    failed = api.upload(("empty.rtf", b"{\\rtf1 }"))
    batch = api.post_files([("cv.pdf", PDF), ("cv.pdf", PDF), ("picture.pdf", NOT_A_RESUME)]).json()
    api.until_ended(completed)
    assert api.until_ended(failed)["status"] == "failed"
    ended = api.until_batch_ended(batch["batch_id"])
    until_sound(deployment)
    return {
        "completed": completed,
        "failed": failed,
        "batch": batch["batch_id"],
        "of_batch": ended["resumes"][0]["resume_id"],
        "refused": ended["resumes"][2]["resume_id"],
    }


@contextmanager
def watched(read: Callable[[], object]) -> Iterator[list[object]]:
    """What ``read`` gave, again and again, during the block."""
    seen: list[object] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.append(read())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


@pytest.fixture
def of_everything(deployment: Deployment, recruiter: Api) -> dict[str, str]:
    return everything(deployment, recruiter)


def test_a_read_model_that_heard_everything_is_as_one_that_is_rebuilt(
    deployment: Deployment, of_everything: dict[str, str]
) -> None:
    assert rebuild(deployment, "--check") == SOUND


def test_a_spoilt_read_model_is_made_right_while_it_serves(
    deployment: Deployment, recruiter: Api, of_everything: dict[str, str]
) -> None:
    before = deployment.query("gateway", READ_MODEL.format(schema="gateway"))
    stranger = uuid4()
    candidate_id = next(
        row["candidate_id"] for row in before if str(row["resume_id"]) == of_everything["completed"]
    )
    for statement, *arguments in (
        ("DELETE FROM gateway.resumes WHERE resume_id = $1", of_everything["of_batch"]),
        ("DELETE FROM gateway.batches WHERE batch_id = $1", of_everything["batch"]),
        ("UPDATE gateway.resumes SET data = NULL WHERE resume_id = $1", of_everything["completed"]),
        ("UPDATE gateway.resumes SET version = 99 WHERE resume_id = $1", of_everything["failed"]),
        (
            "INSERT INTO gateway.batches (batch_id, owner_user_id, created_at) VALUES ($1, $1, now())",
            stranger,
        ),
        ("DELETE FROM gateway.entries WHERE candidate_id = $1", candidate_id),
        ("UPDATE gateway.candidates SET profile = '{}' WHERE candidate_id = $1", candidate_id),
    ):
        deployment.query("gateway", statement, *arguments)

    wrong = deployment.command("rebuild", "gateway", "--check")
    assert wrong.returncode == 1
    corrected = found(batches=(1, 0, 1), resumes=(1, 2, 0), entries=(1, 0, 0), candidates=(0, 1, 0))
    assert wrong.stdout.splitlines() == corrected

    with watched(lambda: recruiter.status(of_everything["refused"])["status"]) as seen:
        assert rebuild(deployment) == corrected
    assert set(seen) == {"failed"}
    assert rebuild(deployment, "--check") == SOUND
    assert deployment.query("gateway", READ_MODEL.format(schema="gateway")) == before
    assert recruiter.data(of_everything["completed"])["full_name"] == "Tobias Ekwall"
    assert recruiter.batch(of_everything["batch"])["completed"] == 2


def test_resumes_that_come_in_and_end_during_rebuilds_are_neither_lost_nor_set_back(
    deployment: Deployment, recruiter: Api
) -> None:
    uploaded: list[str] = []
    ended: dict[str, set[object]] = {}

    def upload_and_look() -> None:
        uploaded.append(recruiter.upload(("cv.pdf", PDF)))
        for resume_id in uploaded[-LOOKED_AT:]:
            status = recruiter.status(resume_id)["status"]
            if status == "completed" or resume_id in ended:
                ended.setdefault(resume_id, set()).add(status)

    with watched(upload_and_look):
        for _ in range(3):
            rebuild(deployment)
    assert uploaded
    for resume_id in uploaded:
        assert recruiter.until_ended(resume_id)["status"] == "completed"
    assert set().union(*ended.values()) == {"completed"}
    until_sound(deployment)


def test_a_resume_that_ingest_has_not_heard_of_yet_survives_a_rebuild(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(deployment)
    resume_id = str(uuid4())
    user_id = api.http.get("/api/auth/me").json()["user_id"]
    deployment.query(
        "gateway",
        "INSERT INTO gateway.resumes (resume_id, version, attempt, owner_user_id, database_id, source,"
        " filename, status, received_at)"
        " VALUES ($1, 0, 1, $2, $2, 'resume_import', 'cv.pdf', 'uploaded', now())",
        resume_id,
        user_id,
    )
    rebuild(deployment)
    assert api.status(resume_id)["status"] == "uploaded"
    deployment.query("gateway", "DELETE FROM gateway.resumes WHERE resume_id = $1", resume_id)


def test_a_consumer_that_lost_rows_gets_them_back_by_a_replay(
    deployment: Deployment, recruiter: Api, of_everything: dict[str, str]
) -> None:
    before = deployment.query("gateway", READ_MODEL.format(schema="gateway"))
    deployment.query("gateway", "DELETE FROM gateway.resumes")
    assert recruiter.http.get(f"/api/resumes/{of_everything['failed']}/status").status_code == 404

    done = deployment.command("replay", "ingest", "--to", "gateway")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" messages put into the queues of gateway\n")
    assert int(done.stdout.split()[0]) >= len(before) + count_of_batches(deployment)
    recruiter.until_known(max(str(row["resume_id"]) for row in before))
    recruiter.until_known(of_everything["failed"])
    recruiter.until_known(of_everything["completed"])
    assert recruiter.data(of_everything["completed"])["full_name"] == "Tobias Ekwall"
    assert deployment.query("gateway", READ_MODEL.format(schema="gateway")) == before


def test_a_resume_whose_outcome_was_lost_is_parsed_again_by_a_replay_and_no_other_is(
    deployment: Deployment, recruiter: Api, of_everything: dict[str, str]
) -> None:
    def told_again() -> int:
        return int(deployment.command("replay", "ingest", "--to", "parser").stdout.split()[0])

    resume_id = of_everything["completed"]
    before = told_again()  # of what was erased, and of resumes that wait for a parser
    deployment.query(
        "ingest",
        "UPDATE ingest.resumes SET status = 'uploaded', version = 3 WHERE resume_id = $1",
        resume_id,
    )
    assert told_again() == before + 1
    rebuild(deployment)
    assert recruiter.until_ended(resume_id)["status"] == "completed"
    until_sound(deployment)


def test_a_replay_that_the_bus_does_not_take_says_that_it_is_to_be_repeated(
    distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(distributed)
    api.until_ended(api.upload(("cv.pdf", PDF)))
    with distributed.without_broker():
        done = distributed.command("replay", "ingest", "--to", "gateway")
    assert done.returncode == 1
    assert "repeat the replay" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_service_without_state_or_read_models_says_so(deployment: Deployment) -> None:
    for arguments, reason in (
        (("rebuild", "parser"), "parser has no read models"),
        (("replay", "gateway", "--to", "ingest"), "gateway has no state that ingest hears of"),
        (("replay", "parser", "--to", "gateway"), "parser has no state that gateway hears of"),
    ):
        done = deployment.command(*arguments)
        assert (done.returncode, reason in done.stderr) == (1, True), done.stderr


def count_of_batches(deployment: Deployment) -> int:
    count: int = deployment.query("ingest", "SELECT count(*) FROM ingest.batches")[0][0]
    return count
