"""Documents that hang, swell or kill their worker fail with a plain reason; their neighbours complete."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e import documents
from e2e.api import Api
from e2e.deployment import Deployment
from e2e.refusals import assert_refused, assert_said_to_people
from e2e.samples import SAMPLES
from hostile import doc, docx, pdf, rtf

NEIGHBOURS = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.doc*"))]


@pytest.fixture(scope="module")
def strict(deployment: Deployment) -> Iterator[Deployment]:
    """With little time and little memory for each document, but enough to load a model in."""
    limits = {"HOTGIGS_PARSER_TIME_LIMIT_S": "6", "HOTGIGS_PARSER_MEMORY_LIMIT_MIB": "400"}
    with deployment.set_up_otherwise("parser", **limits):
        yield deployment


def outcome_of(deployment: Deployment, resume_id: str) -> str:
    rows = deployment.query("parser", "SELECT outcome FROM parser.parse_jobs WHERE resume_id = $1", resume_id)
    (row,) = rows
    outcome: str = row["outcome"]
    return outcome


def _very_slow_pdf() -> bytes:
    return documents.slow_pdf(pages=99)


@pytest.mark.parametrize(
    ("name", "make", "outcomes", "words"),
    [
        pytest.param("slow.pdf", _very_slow_pdf, {"out_of_time"}, "too long", id="hangs"),
        # Which part of reading it reaches a limit first is its reader's affair.
        pytest.param("bomb.docx", documents.docx_bomb, {"out_of_memory", "refused"}, "", id="swells"),
    ],
)
def test_a_document_beyond_the_limits_fails_alone(
    strict: Deployment,
    recruiter_of: Callable[[Deployment], Api],
    name: str,
    make: Callable[[], bytes],
    outcomes: set[str],
    words: str,
) -> None:
    api = recruiter_of(strict)
    answer = api.post_files([NEIGHBOURS[0], (name, make()), *NEIGHBOURS[1:]])

    batch = api.until_batch_ended(answer.json()["batch_id"])

    failed = [resume for resume in batch["resumes"] if resume["status"] == "failed"]
    assert [resume["filename"] for resume in failed] == [name]
    assert words in failed[0]["error_message"]
    assert failed[0]["error_message"].endswith(".")
    assert outcome_of(strict, failed[0]["resume_id"]) in outcomes
    assert batch["completed"] == len(NEIGHBOURS)


def test_a_document_that_kills_its_worker_fails_alone(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(deployment)
    resume_id = api.upload(("slow.pdf", documents.slow_pdf(pages=40)))
    for event in api.events(resume_id):
        if event["status"] == "processing":
            assert deployment["parser"].kill_workers() > 0
            break

    status = api.until_ended(resume_id)

    assert status["status"] == "failed"
    assert status["error_message"] == "The document cannot be read: it is damaged or made to do harm."
    assert outcome_of(deployment, resume_id) == "died"
    batch = api.until_batch_ended(api.post_files(NEIGHBOURS).json()["batch_id"])
    assert batch["completed"] == len(NEIGHBOURS)


def test_documents_made_to_do_harm_fail_with_plain_words_beside_neighbours_that_complete(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    api = recruiter_of(deployment)
    hostile = {
        "pages.pdf": pdf.many_pages(),
        "loop.pdf": pdf.page_loop(),
        "tree.docx": docx.tree_bomb(),
        "tables.docx": docx.nested_tables(),
        "entities.docx": docx.external_parameter_entity(),
        "squeezed.docx": docx.damaged_lzma(),
        "pieces.doc": doc.pieces_beyond_the_file(),
        "groups.rtf": rtf.nested_groups(),
    }
    answer = api.post_files([*hostile.items(), *NEIGHBOURS])

    batch = api.until_batch_ended(answer.json()["batch_id"])

    failed = {each["filename"]: each for each in batch["resumes"] if each["status"] == "failed"}
    assert failed.keys() == hostile.keys()
    assert batch["completed"] == len(NEIGHBOURS)
    for resume in failed.values():
        assert_said_to_people(resume["error_message"])
        assert_refused(api.http.get(f"/api/resumes/{resume['resume_id']}/data"), 409)


def test_no_file_of_the_server_comes_out_with_a_resume(
    deployment: Deployment, recruiter_of: Callable[[Deployment], Api], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary-4711")
    secret.chmod(0o644)
    api = recruiter_of(deployment)
    resume_id = api.upload(("entity.docx", docx.external_entity(secret.as_uri())))

    status = api.until_ended(resume_id)

    answers = [str(status), api.http.get(f"/api/resumes/{resume_id}/data").text]
    assert not [answer for answer in answers if "canary" in answer or str(tmp_path) in answer]
