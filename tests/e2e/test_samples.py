"""The shipped sample resumes, from upload to download."""

from urllib.parse import unquote

import pytest
from e2e.api import Api
from e2e.samples import PEOPLE, SAMPLES


@pytest.mark.parametrize("name", PEOPLE)
def test_a_sample_is_imported_followed_read_and_downloaded(recruiter: Api, name: str) -> None:
    full_name, email, media_type = PEOPLE[name]
    content = (SAMPLES / name).read_bytes()

    answer = recruiter.post_file(name, content)
    assert answer.status_code == 201
    uploaded = answer.json()
    resume_id = uploaded["resume_id"]
    assert uploaded == {
        "resume_id": resume_id,
        "filename": name,
        "status": "uploaded",
        "message": "Resume uploaded successfully and queued for processing",
        "processing_job_id": resume_id,
    }

    events = list(recruiter.events(resume_id))
    percentages = [event["progress_percentage"] for event in events]
    assert percentages == sorted(percentages)
    assert [event["status"] for event in events] == sorted(
        (event["status"] for event in events), key=["uploaded", "processing", "completed"].index
    )
    assert events[-1] == recruiter.status(resume_id)
    assert events[-1]["status"] == "completed"
    assert events[-1]["progress_percentage"] == 100
    assert events[-1]["error_message"] is None
    assert events[-1]["processing_started_at"] <= events[-1]["processing_completed_at"]

    data = recruiter.data(resume_id)
    assert (data["resume_id"], data["full_name"], data["email"]) == (resume_id, full_name, email)
    assert data["experience"]
    assert data["skills"]

    assert "evidence" not in data
    evidence = recruiter.read(f"/api/resumes/{resume_id}/data?evidence=true")["evidence"]
    assert full_name.casefold() in evidence["/full_name"]["text"].casefold()
    assert (evidence["/full_name"]["page"] == 1) == (media_type == "application/pdf")
    assert all(0 < each["confidence"] < 1 for each in evidence.values())
    assert "/experience/0/title" in evidence
    exported = recruiter.read(f"/api/resumes/{resume_id}/data?format=jsonresume")
    assert (exported["basics"]["name"], exported["basics"]["email"]) == (full_name, email)
    assert len(exported["work"]) == len(data["experience"])

    download = recruiter.http.get(f"/api/resumes/{resume_id}/download")
    assert download.content == content
    assert download.headers["Content-Type"] == media_type
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    kind, _, saved_as = download.headers["Content-Disposition"].partition("; ")
    assert kind == "attachment"
    assert unquote(saved_as.removeprefix("filename*=UTF-8''")) == name


def test_a_name_that_would_break_out_of_a_header_is_made_harmless(recruiter: Api) -> None:
    content = (SAMPLES / "solene-kerbrat.docx").read_bytes()
    resume_id = recruiter.upload(('../../Ünïcode "CV"\r\nSet-Cookie: a=b; Лебенслауф.docx', content))
    recruiter.until_ended(resume_id)

    download = recruiter.http.get(f"/api/resumes/{resume_id}/download")

    assert "Set-Cookie" not in download.headers
    disposition = download.headers["Content-Disposition"]
    assert disposition.isascii()
    saved_as = unquote(disposition.removeprefix("attachment; filename*=UTF-8''"))
    assert saved_as.endswith("Лебенслауф.docx")
    assert not set(saved_as) & set('/\\"\r\n')


def test_the_same_person_twice_is_one_candidate_with_two_resumes(recruiter: Api) -> None:
    files = [(name, (SAMPLES / name).read_bytes()) for name in ("tobias-ekwall.pdf", "tobias-ekwall.pdf")]
    batch = recruiter.until_batch_ended(recruiter.post_files(files).json()["batch_id"])
    first, second = batch["resumes"]
    assert first["resume_id"] != second["resume_id"]
    assert first["candidate_id"] == second["candidate_id"]


def test_who_follows_a_resume_that_has_ended_gets_its_one_last_event(recruiter: Api) -> None:
    resume_id = recruiter.upload(SAMPLES / "tobias-ekwall.pdf")
    recruiter.until_ended(resume_id)
    assert [event["status"] for event in recruiter.events(resume_id)] == ["completed"]
