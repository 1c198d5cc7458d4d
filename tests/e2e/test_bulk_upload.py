"""Bulk uploads: the good files are imported, the bad ones say why, all in their order."""

import pytest
from e2e import documents
from e2e.api import Api
from e2e.samples import SAMPLES

CORPUS = SAMPLES.parents[1] / "shared" / "corpus" / "docs"


def sample(name: str) -> tuple[str, bytes]:
    return name, (SAMPLES / name).read_bytes()


def test_bad_files_of_a_batch_fail_alone_and_a_zip_is_taken_apart(recruiter: Api) -> None:
    archive = documents.zip_of(
        {
            "folder/": b"",
            "__MACOSX/._cv.pdf": b"clutter",
            "folder/solene-kerbrat.docx": sample("solene-kerbrat.docx")[1],
            "notes.txt": b"call back on Monday",
            "more.zip": documents.zip_of({"cv.pdf": b"%PDF-1.7\n%%EOF"}),
            "siobhan-tierney.doc": sample("siobhan-tierney.doc")[1],
            "locked.pdf": documents.protected_pdf(),
        }
    )
    files = [
        sample("tobias-ekwall.pdf"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n"),
        ("cvs.zip", archive),
        sample("caleb-norquist.doc"),
        ("broken.pdf", documents.pdf_of_size(5000)),
    ]

    answer = recruiter.post_files(files)
    assert answer.status_code == 201
    queued = answer.json()
    assert queued == {
        "batch_id": queued["batch_id"],
        "total_files": 9,
        "status": "queued",
        "message": "Bulk upload queued: 9 resumes",
    }

    batch = recruiter.until_batch_ended(queued["batch_id"])
    assert (batch["total_files"], batch["completed"], batch["failed"], batch["processing"]) == (9, 4, 5, 0)
    assert batch["status"] == "completed"
    reasons = {resume["filename"]: resume["error_message"] for resume in batch["resumes"]}
    assert list(reasons) == [
        "tobias-ekwall.pdf",
        "picture.pdf",
        "solene-kerbrat.docx",
        "notes.txt",
        "more.zip",
        "siobhan-tierney.doc",
        "locked.pdf",
        "caleb-norquist.doc",
        "broken.pdf",
    ]
    assert [name for name, reason in reasons.items() if reason is None] == [
        "tobias-ekwall.pdf",
        "solene-kerbrat.docx",
        "siobhan-tierney.doc",
        "caleb-norquist.doc",
    ]
    assert "a picture" in reasons["picture.pdf"]
    assert "not a resume document" in reasons["notes.txt"]
    assert "archive inside an archive" in reasons["more.zip"]
    assert "password" in reasons["locked.pdf"]
    assert "damaged" in reasons["broken.pdf"]
    for resume in batch["resumes"]:
        assert (resume["candidate_id"] is None) == (resume["status"] == "failed")


def test_a_file_that_was_refused_in_a_batch_has_a_status_and_no_data_or_file(recruiter: Api) -> None:
    answer = recruiter.post_files([sample("siobhan-tierney.doc"), ("picture.pdf", b"\x89PNG\r\n\x1a\n")])
    refused = recruiter.until_batch_ended(answer.json()["batch_id"])["resumes"][1]

    status = recruiter.status(refused["resume_id"])
    assert status["status"] == "failed"
    assert status["error_message"] == refused["error_message"]
    data = recruiter.http.get(f"/api/resumes/{refused['resume_id']}/data")
    assert data.status_code == 409
    assert "a picture" in data.json()["detail"]
    assert recruiter.http.get(f"/api/resumes/{refused['resume_id']}/download").status_code == 404


def test_a_batch_of_which_nothing_can_be_read_has_failed(recruiter: Api) -> None:
    answer = recruiter.post_files([("broken.pdf", documents.pdf_of_size(5000))])
    batch = recruiter.until_batch_ended(answer.json()["batch_id"])
    assert (batch["status"], batch["failed"]) == ("failed", 1)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of resumes in ../shared/corpus/docs")
def test_every_document_of_the_corpus_is_imported_or_says_why_not(recruiter: Api) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(CORPUS.iterdir())]
    assert len(files) == 47

    batch = recruiter.until_batch_ended(recruiter.post_files(files).json()["batch_id"])

    assert [resume["filename"] for resume in batch["resumes"]] == [name for name, _ in files]
    for resume in batch["resumes"]:
        if resume["status"] == "failed":
            assert "scan" in resume["filename"]
            assert "This file is a scan" in resume["error_message"]
        else:
            data = recruiter.data(resume["resume_id"])
            assert data["full_name"], resume["filename"]
            assert data["email"], resume["filename"]
            recruiter.secrets.add(data["full_name"], data["email"])
    assert batch["completed"] >= 43
