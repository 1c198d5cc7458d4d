"""Bad input of every kind gets a clear 4xx, and leaves nothing behind."""

import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from e2e import documents
from e2e.api import Api, Secrets
from e2e.deployment import BATCH_MAX_BYTES, Deployment
from e2e.documents import MIB
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES

Request = Callable[[Api], httpx.Response]

PDF, DOC = (SAMPLES / "tobias-ekwall.pdf").read_bytes(), (SAMPLES / "caleb-norquist.doc").read_bytes()
DOCX = (SAMPLES / "solene-kerbrat.docx").read_bytes()
UPLOAD, BULK = "/api/resumes/upload", "/api/resumes/bulk-upload"


@pytest.fixture(scope="module")
def regular(deployment: Deployment, secrets: Secrets) -> Iterator[Api]:
    """A recruiter; none of these tests minds what the others did."""
    api = Api(deployment.url, secrets).register("recruiter").log_in()
    yield api
    api.close()


@pytest.fixture
def nothing_stored(deployment: Deployment) -> Iterator[None]:
    """Fails where the test leaves a file or a resume behind."""

    def stored() -> tuple[set[str], int]:
        return deployment.blobs, deployment.query("ingest", "SELECT count(*) FROM ingest.resumes")[0][0]

    before = stored()
    yield
    assert stored() == before


def file(content: bytes, name: str = "resume.pdf") -> Request:
    return lambda api: api.post_file(name, content)


def files(*contents: bytes) -> Request:
    return lambda api: api.post_files((f"resume-{n}.pdf", content) for n, content in enumerate(contents))


def form(body: bytes, content_type: str = "multipart/form-data; boundary=b", path: str = UPLOAD) -> Request:
    return lambda api: api.http.post(path, content=body, headers={"Content-Type": content_type})


def part(name: str, value: bytes = b"", filename: str | None = None) -> bytes:
    named = f'; filename="{filename}"' if filename is not None else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + value + b"\r\n"


END = b"--b--\r\n"

BAD_UPLOADS: dict[str, tuple[Request, int, str]] = {
    "a picture named .pdf": (file(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), 400, "a picture"),
    "a web page named .doc": (file(b"<!DOCTYPE html><html><p>CV", "cv.doc"), 400, "a web page"),
    "a workbook": (file(documents.xlsx(), "cv.docx"), 400, "an Excel workbook"),
    "plain text": (file(b"Ada Example\nEngineer", "cv.pdf"), 400, "PDF, DOCX, DOC or RTF"),
    "an empty file": (file(b""), 400, "The file is empty."),
    "a truncated PDF": (file(PDF[: len(PDF) // 2]), 400, "The end of the file is missing"),
    "a truncated DOCX": (file(DOCX[: len(DOCX) // 2]), 400, "The end of the file is missing"),
    "a truncated DOC": (file(DOC[: len(DOC) // 2]), 400, "The end of the file is missing"),
    "a PDF with a password": (file(documents.protected_pdf()), 400, "protected with a password"),
    "a DOCX with a password": (file(documents.protected_docx(), "cv.docx"), 400, "protected with a password"),
    "a file of 11 MiB": (file(documents.pdf_of_size(11 * MIB)), 413, "larger than 10 MiB"),
    "a file of 60 MiB": (file(documents.pdf_of_size(30 * MIB)), 413, "10 MiB"),
    "a zip where one resume is wanted": (
        file(documents.zip_of({"cv.pdf": PDF}), "cv.zip"),
        400,
        "use the bulk upload",
    ),
    "no file": (
        lambda api: api.http.post(UPLOAD, files={"source": (None, b"resume_import")}),
        400,
        "no file",
    ),
    "a file in another field": (lambda api: api.http.post(UPLOAD, files={"resume": PDF}), 400, "'file'"),
    "a file field without a file name": (form(part("file", PDF) + END), 400, "form"),
    "two files": (
        lambda api: api.http.post(UPLOAD, files=[("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]),
        413,
        "Upload one file; use the bulk upload",
    ),
    "a source that is not documented": (
        lambda api: api.post_file("cv.pdf", PDF, source="headhunter"),
        400,
        "source: one of candidate_upload, resume_import",
    ),
    "a source given as a file": (
        form(part("file", PDF, "cv.pdf") + part("source", b"resume_import", "source.txt") + END),
        413,
        "Upload one file; use the bulk upload",
    ),
    "300 fields": (
        lambda api: api.http.post(
            UPLOAD, data={f"f{n}": "x" for n in range(300)}, files={"file": ("cv.pdf", PDF)}
        ),
        400,
        "too many",
    ),
    "a field of a mebibyte": (
        lambda api: api.http.post(UPLOAD, data={"source": "x" * MIB}, files={"file": ("cv.pdf", PDF)}),
        400,
        "too long",
    ),
    "a field that is no text": (
        form(part("source", b"\xff\xfe") + part("file", PDF, "cv.pdf") + END),
        400,
        "UTF-8",
    ),
    "a file name that is no text": (
        form(part("file", PDF, "cv.pdf").replace(b"cv.pdf", b"cv\xff.pdf") + END),
        400,
        "form is damaged",
    ),
    "a part header of a mebibyte": (form(part("file", PDF, "x" * MIB) + END), 400, "form is damaged"),
    "a part without a name": (
        form(b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + END),
        400,
        "form",
    ),
    "no boundary": (
        form(part("file", PDF, "cv.pdf") + END, "multipart/form-data"),
        400,
        "multipart/form-data",
    ),
    "a boundary that is not the body's": (
        form(part("file", PDF, "cv.pdf") + END, "multipart/form-data; boundary=other"),
        400,
        "form is damaged",
    ),
    "garbage for a body": (form(bytes(range(256)) * 40), 400, "form is damaged"),
    "an empty body": (form(b""), 400, "form"),
    "a body that is no form": (form(b'{"file": "cv"}', "application/json"), 400, "multipart/form-data"),
    "a form that ends in the middle of a file": (
        form((part("file", PDF, "cv.pdf") + END)[:-20_000]),
        400,
        "form is damaged",
    ),
    "a form that ends before its last boundary": (
        form(part("file", PDF, "cv.pdf")),
        400,
        "form is damaged",
    ),
    "a bulk upload without files": (form(END, path=BULK), 400, "form"),
    "a bulk upload in the field of the single one": (
        lambda api: api.http.post(BULK, files={"file": ("cv.pdf", PDF)}),
        400,
        "'files'",
    ),
    "a zip of zips": (
        files(documents.zip_of({"inner.zip": documents.zip_of({"cv.pdf": PDF})})),
        400,
        "An archive inside an archive is not opened",
    ),
    "a zip with nothing in it": (files(documents.zip_of({})), 400, "holds no files"),
    "a zip whose one member is too large": (
        files(documents.zip_bomb(unpacked_bytes=20 * MIB)),
        400,
        "larger than 10 MiB",
    ),
    "a zip bomb": (
        files(documents.zip_of({f"{n}.pdf": documents.pdf_of_size(9 * MIB) for n in range(9)})),
        413,
        f"at most {BATCH_MAX_BYTES // MIB} MiB at once, unpacked",
    ),
    "101 files": (files(*[b"%PDF-1.7\n%%EOF"] * 101), 413, "at most 100 files"),
    "101 files in a zip": (
        files(documents.zip_of({f"{n}.pdf": b"%PDF-1.7\n%%EOF" for n in range(101)})),
        413,
        "at most 100 files at once, those in archives included",
    ),
    "99 files and a zip of 2": (
        files(*[b"%PDF-1.7\n%%EOF"] * 99, documents.zip_of(dict.fromkeys(["a.pdf", "b.pdf"], PDF))),
        413,
        "at most 100 files at once, those in archives included",
    ),
    "files that are too large together": (
        files(*[documents.pdf_of_size(9 * MIB)] * 3),
        413,
        f"at most {BATCH_MAX_BYTES // MIB} MiB",
    ),
    "only bad files": (files(b"", b"\x89PNG\r\n\x1a\n"), 400, "resume-0.pdf: The file is empty."),
}


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(("request_of", "status", "words"), BAD_UPLOADS.values(), ids=BAD_UPLOADS)
def test_a_bad_upload_is_refused(regular: Api, request_of: Request, status: int, words: str) -> None:
    assert_refused(request_of(regular), status, words)


def json_body(path: str, body: bytes | str, method: str = "POST") -> Request:
    content = body.encode() if isinstance(body, str) else body
    headers = {"Content-Type": "application/json"}
    return lambda api: api.http.request(method, path, content=content, headers=headers)


def get(path: str, method: str = "GET") -> Request:
    return lambda api: api.http.request(method, path)


REGISTER, LOGIN = "/api/auth/register", "/api/auth/login"
SOMEBODY = '"email": "grace@mail.example", "password": "a long password"'

BAD_REQUESTS: dict[str, tuple[Request, int, str]] = {
    "JSON that is none": (json_body(REGISTER, "{email: "), 400, "JSON"),
    "JSON that is no object": (json_body(REGISTER, "[1, 2]"), 400, "object"),
    "JSON that is not UTF-8": (json_body(REGISTER, b'{"email": "\xff"}'), 400, "JSON"),
    "JSON nested without end": (json_body(REGISTER, '{"x":' * 100_000), 400, "JSON"),
    "no body": (json_body(REGISTER, ""), 400, "as JSON"),
    "a number for a mail address": (json_body(REGISTER, '{"email": 7, "password": "x"}'), 400, "email"),
    "no mail address": (
        json_body(REGISTER, '{"email": "ada", "password": "longenough"}'),
        400,
        "email: write a mail address",
    ),
    "a short password": (json_body(REGISTER, '{"email": "a@b.co", "password": "x"}'), 400, "password"),
    "a field that is missing": (json_body(LOGIN, '{"email": "a@b.co"}'), 400, "password"),
    "registering as an admin": (json_body(REGISTER, f'{{{SOMEBODY}, "role": "admin"}}'), 400, "role"),
    "a NUL in a text": (
        json_body(REGISTER, f'{{{SOMEBODY}, "full_name": "A\\u0000da"}}'),
        400,
        "NUL",
    ),
    "a lone surrogate in a text": (
        json_body(REGISTER, f'{{{SOMEBODY}, "full_name": "\\ud800"}}'),
        400,
        "JSON",
    ),
    "2 MiB of JSON": (
        json_body(REGISTER, f'{{{SOMEBODY}, "full_name": "{"x" * 2 * MIB}"}}'),
        413,
        "too large",
    ),
    "a wrong password": (json_body(LOGIN, '{"email": "a@b.co", "password": "wrong"}'), 401, "wrong"),
    "a NUL in a login": (json_body(LOGIN, '{"email": "a\\u0000@b.co", "password": "wrong"}'), 400, "NUL"),
    "a refresh token that is none": (
        json_body("/api/auth/refresh", '{"refresh_token": "made up"}'),
        401,
        "log in again",
    ),
    "an id that is no UUID": (get("/api/resumes/17/status"), 404, "nothing at this address"),
    "an id of SQL": (get("/api/resumes/' OR 1=1 --/data"), 404, "nothing at this address"),
    "an unknown resume's status": (get(f"/api/resumes/{uuid4()}/status"), 404, "no such resume"),
    "an unknown resume's events": (get(f"/api/resumes/{uuid4()}/events"), 404, "no such resume"),
    "an unknown resume's data": (get(f"/api/resumes/{uuid4()}/data"), 404, "no such resume"),
    "an unknown resume's file": (get(f"/api/resumes/{uuid4()}/download"), 404, "no such resume"),
    "an unknown batch": (get(f"/api/resumes/batches/{uuid4()}"), 404, "no such batch"),
    "an unknown API key": (get(f"/api/auth/api-keys/{uuid4()}", "DELETE"), 404, "no such API key"),
    "an unknown address": (get("/api/nowhere"), 404, "nothing at this address"),
    "an address that climbs": (get("/api/../../etc/passwd"), 404, "nothing at this address"),
    "another method": (get(UPLOAD, "PUT"), 405, "does not take this method"),
    "a limit beyond the greatest": (get("/api/admin/users?limit=101"), 403, "Only admins"),
}


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(("request_of", "status", "words"), BAD_REQUESTS.values(), ids=BAD_REQUESTS)
def test_a_bad_request_is_refused(regular: Api, request_of: Request, status: int, words: str) -> None:
    assert_refused(request_of(regular), status, words)


@pytest.mark.parametrize("query", ["limit=101", "limit=0", "skip=-1", "limit=many", "role=owner", "skip=1e9"])
def test_an_admin_s_bad_query_is_refused_by_the_name_of_its_field(admin: Api, query: str) -> None:
    name, _, _ = query.partition("=")
    assert_refused(admin.http.get(f"/api/admin/users?{query}"), 400, name)


def test_a_candidate_may_not_upload_in_bulk(candidate: Api) -> None:
    assert_refused(candidate.post_files([("cv.pdf", PDF)]), 403, "Only recruiters and admins")


def test_an_admin_may_not_upload_as_the_person_whom_a_resume_is_of(admin: Api) -> None:
    assert_refused(
        admin.post_file("cv.pdf", PDF, source="candidate_upload"), 400, "source: one of resume_import"
    )


def test_a_candidate_may_not_name_another_source(candidate: Api) -> None:
    detail = assert_refused(candidate.post_file("cv.pdf", PDF, source="google_drive"), 400, "source")
    assert "google_drive" not in detail


BAD_NAMES = {
    "a path": "../../etc/passwd",
    "a path of another system": "C:\\Windows\\..\\resume.pdf",
    "nothing but dots": "..",
    "control characters": "re\x01su\x7fme\u202e.pdf",
    "1000 characters": "x" * 1000 + ".pdf",
    "every script": "简历 ресюме पुनः ☃ 𝒞𝒱.pdf",
    "a percent sign and quotes": "100%\"'%00.pdf",
    "no more than spaces": "   ",
}


@pytest.mark.parametrize("name", BAD_NAMES.values(), ids=BAD_NAMES)
def test_a_name_of_tricks_becomes_a_plain_one(regular: Api, deployment: Deployment, name: str) -> None:
    answer = regular.post_file(name, documents.plain_pdf())

    assert answer.status_code == 201
    filename = answer.json()["filename"]
    assert filename.strip(". ")
    assert len(filename.encode()) <= 255
    assert not set(filename) & set("/\\\0\x01\x7f\u202e")
    regular.until_ended(answer.json()["resume_id"])
    assert all(key.startswith("resumes/") for key in deployment.blobs)


def test_a_nul_in_a_file_name_does_no_harm(regular: Api) -> None:
    answer = form(part("file", documents.plain_pdf(), "re\0sume.pdf") + END)(regular)
    if answer.status_code != 201:
        assert_refused(answer, 400, "form is damaged")
        return
    assert answer.json()["filename"] == "resume.pdf"
    regular.until_ended(answer.json()["resume_id"])


def test_names_of_tricks_in_a_zip_become_plain_ones(regular: Api, deployment: Deployment) -> None:
    names = ["../../../etc/cron.d/resume.pdf", "/absolute.pdf", "C:\\windows.pdf", "a/b/../c.pdf"]
    archive = documents.zip_of({name: documents.plain_pdf(name) for name in names})

    batch = regular.until_batch_ended(regular.post_files([("cvs.zip", archive)]).json()["batch_id"])

    assert [resume["filename"] for resume in batch["resumes"]] == [
        "resume.pdf",
        "absolute.pdf",
        "windows.pdf",
        "c.pdf",
    ]
    assert all(key.startswith("resumes/") for key in deployment.blobs)


def test_a_pdf_that_only_restricts_printing_is_taken(regular: Api) -> None:
    resume_id = regular.upload(("resume.pdf", documents.restricted_pdf()))
    assert regular.until_ended(resume_id)["status"] == "completed"


def test_an_upload_in_chunks_without_a_length_is_taken(regular: Api) -> None:
    body = part("file", PDF, "cv.pdf") + END
    answer = regular.http.post(
        UPLOAD,
        content=(body[at : at + 1000] for at in range(0, len(body), 1000)),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert "Content-Length" not in answer.request.headers
    assert answer.status_code == 201


@pytest.mark.usefixtures("nothing_stored")
def test_a_client_that_still_sends_gets_to_read_that_its_file_is_too_large(regular: Api) -> None:
    body = part("file", documents.pdf_of_size(11 * MIB), "cv.pdf") + END
    with _connection(regular) as connection:
        connection.sendall(_head(regular, len(body)) + body)
        connection.settimeout(20)
        assert b" 413 " in connection.makefile("rb").readline()


@pytest.mark.usefixtures("nothing_stored")
def test_a_client_that_hangs_up_in_the_middle_leaves_nothing(regular: Api, deployment: Deployment) -> None:
    body = part("file", PDF, "cv.pdf") + END
    errors = len(deployment.logged(level="error"))
    requests = len(deployment.logged(event="http_request"))
    with _connection(regular) as connection:
        connection.sendall(_head(regular, len(body)) + body[:-10_000])
    for _ in range(200):
        if len(deployment.logged(event="http_request")) > requests:
            break
        regular.http.get("/health/live")
    assert len(deployment.logged(event="http_request")) > requests
    assert len(deployment.logged(level="error")) == errors


def _connection(api: Api) -> socket.socket:
    address = urlsplit(api.url)
    assert address.hostname is not None
    return socket.create_connection((address.hostname, address.port or 80), timeout=20)


def _head(api: Api, length: int) -> bytes:
    lines = [
        f"POST {UPLOAD} HTTP/1.1",
        "Host: localhost",
        f"Authorization: {api.http.headers['Authorization']}",
        "Content-Type: multipart/form-data; boundary=b",
        f"Content-Length: {length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()
