"""A POST that is sent again with its Idempotency-Key is carried out once and gets the same answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from e2e.api import Api
from e2e.deployment import Deployment
from e2e.idempotent_requests import (
    add_api_key,
    answered,
    batches_of,
    bulk_upload,
    is_replayed,
    records_of,
    resumes_of,
    upload,
)
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES

PDF = ("tobias-ekwall.pdf", (SAMPLES / "tobias-ekwall.pdf").read_bytes())
DOC = ("caleb-norquist.doc", (SAMPLES / "caleb-norquist.doc").read_bytes())
PICTURE = ("picture.pdf", b"\x89PNG\r\n\x1a\n")


def test_an_upload_that_is_sent_twice_is_one_resume(deployment: Deployment, recruiter: Api, key: str) -> None:
    first, again = upload(recruiter, key, PDF), upload(recruiter, key, PDF)
    assert (first.status_code, is_replayed(first)) == (201, False)
    assert (again.status_code, is_replayed(again)) == (201, True)
    assert again.json() == first.json()
    assert again.headers["X-Correlation-ID"] != first.headers["X-Correlation-ID"]
    assert len(resumes_of(deployment, recruiter)) == 1
    assert recruiter.until_ended(first.json()["resume_id"])["status"] == "completed"
    assert upload(recruiter, key, PDF).json() == first.json()


def test_a_bulk_upload_that_is_sent_twice_is_one_batch(
    deployment: Deployment, recruiter: Api, key: str
) -> None:
    first, again = (bulk_upload(recruiter, key, [PDF, PICTURE, DOC]) for _ in range(2))
    assert (first.status_code, again.status_code, is_replayed(again)) == (201, 201, True)
    assert again.json() == first.json()
    assert batches_of(deployment, recruiter) == 1
    batch = recruiter.until_batch_ended(first.json()["batch_id"])
    assert [resume["filename"] for resume in batch["resumes"]] == [PDF[0], PICTURE[0], DOC[0]]


def test_an_api_key_that_is_asked_for_twice_is_one_and_is_told_twice(recruiter: Api, key: str) -> None:
    first, again = add_api_key(recruiter, key), add_api_key(recruiter, key)
    assert again.json() == first.json()
    assert is_replayed(again)
    bearer = {"Authorization": f"Bearer {again.json()['key']}"}
    assert recruiter.http.get("/api/auth/me", headers=bearer).status_code == 200
    assert len(recruiter.read("/api/auth/api-keys")) == 1


def test_nothing_of_a_request_or_its_answer_can_be_read_in_the_database(
    deployment: Deployment, recruiter: Api
) -> None:
    key = "retry of tobias.ekwall@example.com".replace(" ", "-")
    api_key = add_api_key(recruiter, key, name="for-the-nightly-import").json()["key"]
    upload(recruiter, "an-upload", PDF)
    records = records_of(deployment, recruiter)
    assert len(records) == 2
    for word in (api_key, api_key.removeprefix("hg_"), "nightly", key, "tobias", PDF[0], "Ekwall", "message"):
        assert not [record for record in records if word.encode() in record]


def test_a_key_is_good_for_one_request(deployment: Deployment, recruiter: Api, key: str) -> None:
    first = upload(recruiter, key, PDF)
    renamed, other = ("cv.pdf", PDF[1]), (PDF[0], DOC[1])
    for answer in (upload(recruiter, key, renamed), upload(recruiter, key, other)):
        assert_refused(answer, 422, "another request")
    assert_refused(bulk_upload(recruiter, key, [PDF]), 422, "another request")
    assert_refused(add_api_key(recruiter, key), 422, "another request")
    assert upload(recruiter, key, PDF).json() == first.json()
    assert len(resumes_of(deployment, recruiter)) == 1


def test_an_upload_that_is_sent_many_times_at_once_is_one_resume(
    deployment: Deployment, recruiter: Api, key: str
) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: upload(recruiter, key, PDF), range(6)))
    carried_out = [answer for answer in answers if answer.status_code == 201 and not is_replayed(answer)]
    assert len(carried_out) == 1
    for answer in answers:
        if answer.status_code == 201:
            assert answer.json() == carried_out[0].json()
        else:
            assert_refused(answer, 409, "still being carried out")
            assert int(answer.headers["Retry-After"]) > 0
    later = answered(lambda: upload(recruiter, key, PDF))
    assert (later.json(), is_replayed(later)) == (carried_out[0].json(), True)
    assert len(resumes_of(deployment, recruiter)) == 1


def test_another_user_s_same_key_is_another_key(sign_up: Callable[[str], Api], key: str) -> None:
    one, other = (upload(sign_up("recruiter"), key, PDF) for _ in range(2))
    assert (one.status_code, other.status_code, is_replayed(other)) == (201, 201, False)
    assert one.json()["resume_id"] != other.json()["resume_id"]


def test_a_refused_file_does_not_use_up_the_key(recruiter: Api, key: str) -> None:
    assert_refused(upload(recruiter, key, PICTURE), 400, "a picture")
    assert_refused(bulk_upload(recruiter, key, [PICTURE]), 400, "None of the files")
    good = upload(recruiter, key, PDF)
    assert (good.status_code, is_replayed(good)) == (201, False)


def test_where_nobody_is_logged_in_a_key_gets_nobody_s_answer(nobody: Api, key: str) -> None:
    nobody.register("candidate")
    login = {"email": nobody.email, "password": nobody.password}
    answers = [
        nobody.http.post("/api/auth/login", json=login, headers={"Idempotency-Key": key}) for _ in range(2)
    ]
    tokens = {answer.json()["refresh_token"] for answer in answers}
    nobody.secrets.add(*tokens)
    assert len(tokens) == 2
    wrong = nobody.http.post(
        "/api/auth/login", json=login | {"password": "wrong"}, headers={"Idempotency-Key": key}
    )
    assert_refused(wrong, 401)
    assert_refused(add_api_key(nobody, key), 401)


@pytest.mark.parametrize("bad", ["", "x" * 256, "two words", '""'])
def test_a_key_that_is_none_is_refused(recruiter: Api, bad: str) -> None:
    assert_refused(add_api_key(recruiter, bad), 400, "Idempotency-Key")


def test_every_post_that_takes_a_token_documents_the_key(deployment: Deployment) -> None:
    document = httpx.get(f"{deployment.url}/schema/openapi.json").json()
    posts = {path: item["post"] for path, item in document["paths"].items() if "post" in item}
    open_to_all = {"/api/auth/register", "/api/auth/login", "/api/auth/refresh"}
    without = open_to_all | {"/api/matching/preview"}  # which changes nothing
    assert without < set(posts)
    for path, operation in posts.items():
        headers = [one["name"] for one in operation.get("parameters", []) if one["in"] == "header"]
        assert headers == ([] if path in without else ["Idempotency-Key"])
        assert ("422" in operation["responses"]) == (path not in without)
        if path not in without:
            schema = operation["responses"]["409"]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}
    assert not [
        path
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "post" and "Idempotency-Key" in str(operation)
    ]


def test_a_web_page_may_send_a_key_and_see_that_an_answer_is_replayed(
    distributed: Deployment, recruiter_of: Callable[[Deployment], Api], key: str
) -> None:
    origin = "https://app.example.com"
    with distributed.set_up_otherwise("gateway", HOTGIGS_CORS_ORIGINS=origin):
        preflight = httpx.options(
            f"{distributed.url}/api/auth/api-keys",
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization, content-type, idempotency-key",
            },
        )
        assert preflight.status_code == 204
        allowed = preflight.headers["Access-Control-Allow-Headers"].lower()
        assert allowed == "*" or "idempotency-key" in allowed
        api = recruiter_of(distributed)
        api.http.headers["Origin"] = origin
        add_api_key(api, key)
        replayed = add_api_key(api, key)
        assert is_replayed(replayed)
        assert "Idempotent-Replayed" in replayed.headers["Access-Control-Expose-Headers"]
