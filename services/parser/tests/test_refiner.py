"""A resume is refined by an endpoint that answers well, and left as it is by one that misbehaves."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs
from support.certificates import self_signed
from support.model_server import (
    Behaviour,
    ModelServer,
    answering,
    completion,
    endless,
    hang_up,
    model_server,
    raw,
    saying,
    silence,
)

from hotgigs.chassis import worker_main, workers
from hotgigs.chassis.tracing import UNTRACED
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser import worker_job
from hotgigs.parser.document import Document, Line
from hotgigs.parser.parse_resume import parse_resume
from hotgigs.parser.parsing import Parsing, open_parsing
from hotgigs.parser.refining.refiner import Refiner, open_refiner
from hotgigs.parser.settings import ParserSettings

LINES = (
    "Mirela Stanescu",
    "mirela.stanescu@mail.example",
    "What kept me busy",
    "Motion planning lead, 2019 - 2021",
    "Northwind Robotics",
    "Languages",
    "Romanian",
)
RTF = (r"{\rtf1\ansi " + "".join(rf"{line}\par " for line in LINES) + "}").encode()
KEY = "sk-test-5f2c9a"
IMPROVED = {
    "experience": [
        {
            "title": "Motion planning lead",
            "company": "Northwind Robotics",
            "location": None,
            "start_date": "2019",
            "end_date": "2021",
            "current": False,
            "description": None,
            "achievements": [],
        }
    ]
}
INVENTED: dict[str, Any] = {
    "full_name": "Mirela Stanescu",
    "experience": [IMPROVED["experience"][0] | {"title": "Chief Scientist", "company": "Initech"}],
    "skills": [{"name": "Kubernetes"}],
    "total_experience_years": 30,
    "ai_summary": "The best candidate of all.",
}


def settings_for(url: str | None, **more: Any) -> ParserSettings:
    given = {
        "parser_workers": 1,
        "parser_refiner_url": url,
        "parser_refiner_model": "stand-in",
        "parser_refiner_api_key": KEY,
    }
    return ParserSettings(**given | more)


class InThisProcess:
    """A pool without the time that processes take to start."""

    size = 1

    async def run(
        self, request: bytes, *, time_limit_s: float, on_progress: Callable[[bytes], None] = lambda _: None
    ) -> bytes:
        assert time_limit_s > 0
        try:
            return await asyncio.to_thread(worker_job.parse, request, on_progress)
        except worker_main.Refused as err:
            raise workers.Refused(str(err)) from err


@asynccontextmanager
async def refiner_at(url: str, **more: Any) -> AsyncIterator[Refiner]:
    pool: Any = InThisProcess()
    async with open_refiner(settings_for(url, **more), pool, UNTRACED) as refiner:
        yield refiner


@asynccontextmanager
async def parsing_at(url: str, **more: Any) -> AsyncIterator[Parsing]:
    pool: Any = InThisProcess()
    async with refiner_at(url, **more) as refiner:
        yield Parsing(pool, time_limit_s=30, refiner=refiner)


@asynccontextmanager
async def parsing_by(*behaviours: Behaviour, **more: Any) -> AsyncIterator[tuple[Parsing, ModelServer]]:
    async with model_server(*behaviours) as model, parsing_at(model.url, **more) as parsing:
        yield parsing, model


@pytest.fixture(scope="session")
def local() -> ResumeData:
    return parse_resume(RTF, FileType.RTF, datetime.now(UTC).date())


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with capture_logs() as events:
        yield events


def counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("hotgigs_refinements_total", {"outcome": outcome}) or 0


async def test_what_was_overlooked_here_is_taken_from_the_model(local: ResumeData, logged: list[Any]) -> None:
    assert local.experience == ()
    before = counted("refined")
    async with parsing_by(saying(IMPROVED)) as (parsing, model):
        data = await parsing.parse(RTF, FileType.RTF)
    (job,) = data.experience
    assert (job.title, job.company) == ("Motion planning lead", "Northwind Robotics")
    assert data.ai_summary is not None
    assert "Motion planning lead" in data.ai_summary
    assert "Northwind Robotics" in data.ai_summary
    assert data.full_name == local.full_name
    assert len(model.requests) == 1
    assert counted("refined") == before + 1
    assert logged == []


async def test_an_invented_employer_is_refused(local: ResumeData) -> None:
    before = counted("unchanged")
    async with parsing_by(saying(INVENTED)) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert len(model.requests) == 1
    assert counted("unchanged") == before + 1


async def test_the_request_has_the_text_as_data_and_a_strict_schema(local: ResumeData) -> None:
    async with parsing_by(saying(IMPROVED)) as (parsing, model):
        await parsing.parse(RTF, FileType.RTF)
        await parsing.parse(RTF, FileType.RTF)
    first, second = model.requests
    assert first.head.startswith("POST /v1/chat/completions HTTP/1.1\r\n")
    assert f"authorization: Bearer {KEY}" in first.head.replace("Authorization", "authorization")
    sent = first.sent
    assert (sent["model"], sent["temperature"]) == ("stand-in", 0)
    system, user = sent["messages"]
    marker, text, end = user["content"].partition("\n")[0], *user["content"].rsplit("\n", 1)
    assert (system["role"], user["role"], end) == ("system", "user", marker)
    assert text == "\n".join((marker, *LINES))
    assert marker in system["content"]
    assert marker not in second.sent["messages"][1]["content"]
    asked = sent["response_format"]["json_schema"]
    assert (sent["response_format"]["type"], asked["strict"]) == ("json_schema", True)
    jsonschema.Draft202012Validator.check_schema(asked["schema"])
    objects = [asked["schema"], *asked["schema"]["$defs"].values()]
    for each in objects:
        assert each["type"] == "object"
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False
        assert "default" not in json.dumps(each["properties"])
    assert not {"total_experience_years", "ai_summary", "top_skills"} & set(asked["schema"]["properties"])
    full = dict.fromkeys(("full_name", "email", "phone", "location", "summary"))
    lists = {name: [] for name in ("education", "skills", "certifications", "languages")}
    jsonschema.validate(full | lists | IMPROVED, asked["schema"])


FOREIGN = b"<html>Bad gateway</html>"
MISBEHAVING: dict[str, tuple[str, Behaviour]] = {
    "silent": ("out_of_time", silence),
    "dripping": ("out_of_time", endless(b" ", pause_s=0.01)),
    "endless": ("too_large", endless(b" " * 65536)),
    "failing": ("status_5xx", answering(500, FOREIGN)),
    "refusing the key": ("status_4xx", answering(401, b'{"error": "bad key"}')),
    "redirecting": ("status_3xx", answering(307, Location="http://localhost:1/v1/chat/completions")),
    "hanging up": ("unreachable", hang_up),
    "no HTTP": ("unreachable", raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")),
    "no JSON": ("unusable", answering(200, FOREIGN)),
    "empty": ("unusable", answering(200)),
    "no choice": ("unusable", answering(200, b'{"choices": []}')),
    "no content": ("unusable", answering(200, completion(None))),
    "malformed content": ("unusable", answering(200, completion('{"full_name": "Mirela'))),
    "wrong shape": ("unusable", answering(200, completion('{"experience": "none", "skills": 3}'))),
    "deep": ("unusable", answering(200, completion('{"skills": ' + "[" * 100_000))),
    "packed": ("unusable", answering(200, b"\x1f\x8b\x08\x00" + b"\0" * 99, Content_Encoding="gzip")),
}


@pytest.mark.parametrize(("outcome", "behaviour"), MISBEHAVING.values(), ids=MISBEHAVING)
async def test_an_endpoint_that_misbehaves_leaves_the_local_result(
    local: ResumeData, logged: list[Any], outcome: str, behaviour: Behaviour
) -> None:
    before = counted(outcome)
    limit_s = 0.3 if outcome == "out_of_time" else 30
    async with parsing_by(behaviour, parser_refiner_time_limit_s=limit_s) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert len(model.requests) == 1
    assert counted(outcome) == before + 1
    assert logged == [{"event": "not_refined", "reason": outcome, "log_level": "warning"}]


async def test_an_endpoint_that_is_away_leaves_the_local_result(local: ResumeData, logged: list[Any]) -> None:
    async with model_server(silence) as model:
        url = model.url
    async with parsing_at(url) as parsing:
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert [event["reason"] for event in logged] == ["unreachable"]


async def test_a_redirect_is_not_followed(local: ResumeData) -> None:
    async with model_server(saying(IMPROVED)) as elsewhere:
        moved = answering(308, Location=f"{elsewhere.url}/chat/completions")
        async with parsing_by(moved) as (parsing, _):
            assert await parsing.parse(RTF, FileType.RTF) == local
    assert elsewhere.requests == []


async def test_the_environment_s_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with model_server(saying(IMPROVED)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        async with parsing_by(saying(IMPROVED)) as (parsing, model):
            await parsing.parse(RTF, FileType.RTF)
    assert (len(proxy.requests), len(model.requests)) == (0, 1)


# Busy

PAST = (datetime.now(UTC) - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(("status", "retry_after"), [(429, "0"), (503, "0"), (429, PAST)])
async def test_a_busy_endpoint_is_asked_once_more(local: ResumeData, status: int, retry_after: str) -> None:
    async with parsing_by(answering(status, Retry_After=retry_after), saying(IMPROVED)) as (parsing, model):
        data = await parsing.parse(RTF, FileType.RTF)
    assert data != local
    assert len(model.requests) == 2


async def test_an_endpoint_that_stays_busy_is_not_asked_a_third_time(
    local: ResumeData, logged: list[Any]
) -> None:
    async with parsing_by(answering(429, Retry_After="0")) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert len(model.requests) == 2
    assert [event["reason"] for event in logged] == ["busy"]


@pytest.mark.parametrize("retry_after", ["3600", "9" * 400, "Fri, 31 Dec 2999 23:59:59 GMT"])
async def test_an_endpoint_that_is_busy_for_longer_than_the_limit_is_not_waited_for(
    local: ResumeData, logged: list[Any], retry_after: str
) -> None:
    async with parsing_by(answering(429, Retry_After=retry_after)) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert len(model.requests) == 1
    assert [event["reason"] for event in logged] == ["busy"]


# Limits


async def test_a_document_s_time_limit_holds_for_the_model_too(logged: list[Any]) -> None:
    async with (
        model_server(silence) as model,
        refiner_at(model.url, parser_refiner_time_limit_s=3600) as refiner,
    ):
        data = ResumeData(full_name="Mirela Stanescu")
        document = Document(lines=(Line(text="Mirela Stanescu"),))
        assert await refiner.refined(data, document, time_left_s=0.2) is data
        assert await refiner.refined(data, document, time_left_s=-1) is data
    assert len(model.requests) <= 1
    assert [event["reason"] for event in logged] == ["out_of_time", "out_of_time"]


async def test_a_document_that_is_too_long_is_not_sent(local: ResumeData, logged: list[Any]) -> None:
    length = sum(map(len, LINES))
    async with parsing_by(saying(IMPROVED), parser_refiner_max_characters=length - 1) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) == local
    assert model.requests == []
    assert [event["reason"] for event in logged] == ["too_long"]
    async with parsing_by(saying(IMPROVED), parser_refiner_max_characters=length) as (parsing, model):
        assert await parsing.parse(RTF, FileType.RTF) != local


async def test_documents_that_wait_for_the_model_hold_up_no_worker(local: ResumeData) -> None:
    answers = asyncio.Event()
    arrived = asyncio.Semaphore(0)

    async def late(writer: asyncio.StreamWriter) -> None:
        arrived.release()
        await answers.wait()
        await saying(IMPROVED)(writer)

    async with (
        model_server(late) as model,
        open_parsing(settings_for(model.url, parser_refiner_requests=2)) as parsing,
    ):
        assert parsing.concurrency == 3
        both = [asyncio.create_task(parsing.parse(RTF, FileType.RTF)) for _ in range(2)]
        await arrived.acquire()
        await arrived.acquire()
        answers.set()
        assert local not in await asyncio.gather(*both)


# TLS


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    local: ResumeData, logged: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path, "localhost")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    async with model_server(saying(IMPROVED), tls=tls) as model:
        async with parsing_at(model.url) as parsing:
            assert await parsing.parse(RTF, FileType.RTF) == local
        assert [event["reason"] for event in logged] == ["unreachable"]
        assert model.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with parsing_at(model.url) as parsing:
            assert await parsing.parse(RTF, FileType.RTF) != local
