"""Every example of the product's API document runs, and is answered as the document says."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from e2e import documents
from e2e.api import ENDS_WITHIN_S, Api, Secrets
from e2e.api_document import BASE_URL, PATH, Endpoint, differences, endpoints, snippets
from e2e.candidates import CANDIDATES, detail, imported, new_person, resume_of, until
from e2e.deployment import Deployment
from e2e.matching import job_matches, matching, post_job
from e2e.samples import PEOPLE, SAMPLES
from e2e.webhooks import EVENTS, listening
from msgspec import Struct
from support.stand_in_drive import StandInDrive

if not PATH.exists():
    pytest.skip(f"THE API DOCUMENT IS NOT AT {PATH}: none of its examples is tried", allow_module_level=True)

DOCUMENT = PATH.read_text()
ENDPOINTS = endpoints(DOCUMENT)
SAME_FORMAT_AS = {10: 6, 14: 12, 15: 12}
"""Where the document says so instead of giving an example."""
LISTS_OF = {13: 12}
"""Where it says that."""
TO_THE_WORD = frozenset({16, 17})
"""Whose messages are."""
MAY_BE_NULL = frozenset({"user_id"})
"""A recruiter's candidates have no account."""
WHAT_NO_SAMPLE_SAYS = [
    "John Example",
    "john@mail.example",
    "Education",
    "Bachelor of Science in Computer Science, University of California, 2016 - 2020",
    "GPA: 3.8",
    "Certifications",
    "AWS Certified Solutions Architect, Amazon Web Services, issued March 2022, expires March 2025",
]
PDF = (SAMPLES / "tobias-ekwall.pdf").read_bytes()


class Scene(Struct, frozen=True, kw_only=True):
    recruiter: Api
    admin: Api
    folder: Path
    """Where the snippets run; it has the files that they name."""
    ids: list[dict[str, str]]
    """Of each sample, by their names in the document's paths. Syncs have nothing to do with samples: there
    are as many."""
    share: dict[str, list[str]]
    """Whom to share with whom."""

    def path_of(self, endpoint: Endpoint, sample: int = 0) -> str:
        return endpoint.path.format(**self.ids[sample])

    def run(self, *command: str, **environment: str) -> Any:
        """The JSON that the command prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def here(self, snippet: str) -> str:
        assert BASE_URL in snippet
        return snippet.replace(BASE_URL, self.recruiter.url)

    @property
    def token(self) -> str:
        return str(self.recruiter.http.headers["Authorization"]).removeprefix("Bearer ")


@pytest.fixture(scope="module")
def scene(
    embedded: Deployment,
    settings: dict[str, str],
    secrets: Secrets,
    google: StandInDrive,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("snippets")
    for name in ("resume.pdf", "resume1.pdf", "resume2.pdf", "resume3.pdf"):
        (folder / name).write_bytes(PDF)
    apis = [Api(embedded.url, secrets) for _ in range(4)]
    recruiter, one, other, admin = apis
    for api in (recruiter, one, other):
        api.register("recruiter").log_in()
    admin.log_in(settings["HOTGIGS_ADMIN_EMAIL"], settings["HOTGIGS_ADMIN_PASSWORD"])
    resume_ids = [recruiter.upload(SAMPLES / name) for name in PEOPLE]
    resume_ids.append(recruiter.upload(("more.docx", documents.plain_docx("\n".join(WHAT_NO_SAMPLE_SAYS)))))
    candidate_ids = [candidate_of(recruiter, resume_id) for resume_id in resume_ids]
    job_id = job_for(recruiter, candidate_ids[0])
    match = match_of(recruiter, job_id, candidate_ids[0])
    yield Scene(
        recruiter=recruiter,
        admin=admin,
        folder=folder,
        ids=[
            {
                "resume_id": resume_id,
                "candidate_id": candidate_id,
                "job_id": job_id,
                "match_id": match,
                "sync_id": sync_for(recruiter, google),
            }
            for resume_id, candidate_id in zip(resume_ids, candidate_ids, strict=True)
        ],
        share={
            "candidate_ids": imported(admin, *(resume_of(*new_person(name)) for name in ("Ada", "Bea"))),
            "recruiter_ids": [one.user_id, other.user_id],
        },
    )
    for api in apis:
        api.close()


def test_the_document_has_its_endpoints() -> None:
    assert sorted(ENDPOINTS) == list(range(1, 25))
    assert all(ENDPOINTS[number].curl for number in (1, 2))


def test_every_endpoint_is_there(scene: Scene) -> None:
    paths = httpx.get(f"{scene.recruiter.url}/schema/openapi.json").json()["paths"]
    there = {
        endpoint.number
        for endpoint in ENDPOINTS.values()
        if endpoint.method.lower() in paths.get(endpoint.path, {})
    }
    assert there == set(ENDPOINTS)


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda endpoint: f"{endpoint.number}")
def test_an_endpoint_answers_as_documented(scene: Scene, endpoint: Endpoint) -> None:
    example = ENDPOINTS[SAME_FORMAT_AS.get(endpoint.number, endpoint.number)].response
    if endpoint.number in LISTS_OF:
        example = [ENDPOINTS[LISTS_OF[endpoint.number]].response]
    answers = ASKED.get(endpoint.number, asked)(scene, endpoint)
    for answer in answers:
        assert answer.is_success, answer.text
    if endpoint.number == 5:
        assert answers[0].content == PDF
        return
    assert example is not None
    if endpoint.number in TO_THE_WORD:
        assert {answer.json()["message"] for answer in answers} == {example["message"]}
    assert differences(example, [answer.json() for answer in answers], may_be_null=MAY_BE_NULL) == []


def test_a_webhook_is_told_as_documented(scene: Scene) -> None:
    section = DOCUMENT.partition("\n## Webhooks\n")[2].partition("\n## ")[0]
    events = re.findall(r"^- `([\w.]+)`:", section, re.MULTILINE)
    (example,) = (json.loads(one) for one in snippets(section, "json"))
    with listening() as listen:
        listener = listen(scene.recruiter, *events)
        resume_id = scene.recruiter.upload(resume_of(*new_person()))
        told = listener.until_told_of(example["event"], resume_id=resume_id)
    assert differences(example, [told]) == []
    assert told["data"]["status"] == example["data"]["status"]
    assert set(events) == set(EVENTS)


def candidate_of(api: Api, resume_id: str) -> str:
    api.until_ended(resume_id)
    candidate_id = next(
        each["candidate_id"]
        for each in api.read(CANDIDATES)
        if resume_id in {one["resume_id"] for one in detail(api, each["candidate_id"])["resumes"]}
    )
    return str(candidate_id)


def job_for(api: Api, candidate_id: str) -> str:
    """One that the candidate matches, though not in everything."""
    person = detail(api, candidate_id)
    skills = [each["name"] for each in person["skills"][:3]]
    job = {"title": person["title"], "company_name": "Tech Startup Inc", "location": person["location"]}
    return post_job(api, **job, required_skills=skills, preferred_skills=["Beekeeping"])


def sync_for(api: Api, google: StandInDrive) -> str:
    """Of an empty folder."""
    grant = google.accounts.grant()
    api.secrets.add(grant.access_token, grant.refresh_token)
    body = ENDPOINTS[12].request | {
        "folder_id": google.files.add_folder("Resumes"),
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
    }
    answer = api.http.post(ENDPOINTS[12].path, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def match_of(api: Api, job_id: str, candidate_id: str) -> str:
    until(lambda: candidate_id in matching(api, job_id))
    return next(
        str(each["match_id"])
        for each in job_matches(api, job_id)["matches"]
        if each["candidate_id"] == candidate_id
    )


def asked(scene: Scene, endpoint: Endpoint) -> list[httpx.Response]:
    """Of every sample."""
    api = api_for(scene, endpoint)
    samples = range(len(scene.ids) if "{" in endpoint.path else 1)
    return [
        api.http.request(endpoint.method, scene.path_of(endpoint, sample), json=endpoint.request)
        for sample in samples
    ]


def api_for(scene: Scene, endpoint: Endpoint) -> Api:
    return scene.admin if "/admin/" in endpoint.path else scene.recruiter


def shared(scene: Scene, endpoint: Endpoint) -> list[httpx.Response]:
    assert {name: len(ids) for name, ids in scene.share.items()} == {
        name: len(endpoint.request[name]) for name in scene.share
    }
    answer = scene.admin.http.post(endpoint.path, json=endpoint.request | scene.share)
    assert answer.json() == endpoint.response, "to the word"
    return [answer]


def uploaded(scene: Scene, endpoint: Endpoint) -> list[httpx.Response]:
    """As the snippet does."""
    snippet = scene.here(endpoint.curl).replace("<token>", scene.token).rstrip()
    done = subprocess.run(
        ["bash", "-c", snippet + " --silent --show-error --write-out '\\n%{http_code}'"],
        cwd=scene.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    body, _, status = done.stdout.rpartition("\n")
    return [httpx.Response(int(status), text=body)]


def detailed(scene: Scene, endpoint: Endpoint) -> list[httpx.Response]:
    """With notes and tags, so that the example has something to be compared with."""
    for number in (8, 9):
        asked(scene, ENDPOINTS[number])
    return asked(scene, endpoint)


def listed(scene: Scene, endpoint: Endpoint) -> list[httpx.Response]:
    """When a candidate of the list has tags and was viewed, which is recorded a moment after the answer."""
    api = api_for(scene, endpoint)
    viewed = f"{CANDIDATES}/{api.read(scene.path_of(endpoint))[0]['candidate_id']}"
    api.http.post(f"{viewed}/tags", json=ENDPOINTS[9].request).raise_for_status()
    api.read(viewed)
    deadline = time.monotonic() + ENDS_WITHIN_S
    while True:
        answers = asked(scene, endpoint)
        if any(each["last_viewed_at"] for each in answers[0].json()):
            return answers
        assert time.monotonic() < deadline, "nothing is heard of the view"
        time.sleep(0.1)


ASKED: dict[int, Callable[[Scene, Endpoint], list[httpx.Response]]] = {
    1: uploaded,
    2: uploaded,
    6: listed,
    10: listed,
    7: detailed,
    11: shared,
}


@pytest.mark.parametrize(
    ("path", "token", "status"), [("", "", 401), ("", "Bearer no", 401), ("/x", None, 404)]
)
def test_an_error_has_the_documented_format(scene: Scene, path: str, token: str | None, status: int) -> None:
    (example,) = (json.loads(one) for one in snippets(DOCUMENT, "json") if '"detail"' in one)
    token = scene.recruiter.http.headers["Authorization"] if token is None else token
    answer = httpx.get(f"{scene.recruiter.url}{CANDIDATES}{path}", headers={"Authorization": token})
    assert answer.status_code == status
    assert answer.json().keys() == example.keys()
    assert differences(example, [answer.json()]) == []


def test_the_python_client_uploads(scene: Scene) -> None:
    (snippet,) = snippets(DOCUMENT, "python")
    script = scene.here(snippet) + (
        "\nimport json, os\n"
        'client = HotGigsClient(os.environ["KEY"])\n'
        'print(json.dumps(client.upload_resume("resume.pdf")))\n'
    )
    answer = scene.run(sys.executable, "-c", script, KEY=api_key(scene))
    assert differences(ENDPOINTS[1].response, [answer]) == []


def test_the_javascript_client_uploads_and_waits(scene: Scene) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("NODE IS NOT INSTALLED: the document's JavaScript is not tried")
    waiting, client = snippets(DOCUMENT, "javascript")
    script = f"""
        {scene.here(client)}
        {waiting}
        const key = process.env.KEY, direct = fetch;
        const headers = {{Authorization: `Bearer ${{key}}`}};
        const page = (path) => direct(process.env.URL + path, {{headers}});
        (async () => {{
            const file = new Blob([require('fs').readFileSync('resume.pdf')]);
            const uploaded = await new HotGigsClient(key).uploadResume(file);
            globalThis.fetch = page;
            console.log(JSON.stringify({{uploaded, ended: await waitForProcessing(uploaded.resume_id)}}));
        }})();
    """
    answer = scene.run(node, "-e", script, KEY=api_key(scene), URL=scene.recruiter.url)
    assert differences(ENDPOINTS[1].response, [answer["uploaded"]]) == []
    assert differences(ENDPOINTS[3].response, [answer["ended"]]) == []
    assert answer["ended"]["status"] == "completed"


def api_key(scene: Scene) -> str:
    answer = scene.recruiter.http.post("/api/auth/api-keys", json={"name": "sdk"}).raise_for_status().json()
    scene.recruiter.secrets.add(answer["key"])
    return str(answer["key"])
