"""The refiner is off unless its address is set, for the command as for the service."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from support.model_server import Behaviour, answering, model_server, saying

from hotgigs.parser.settings import ParserSettings

KEY = "sk-test-5f2c9a"
LINES = (
    "Mirela Stanescu",
    "mirela.stanescu@mail.example",
    "What kept me busy",
    "Motion planning lead, 2019 - 2021",
    "Northwind Robotics",
)
RTF = (r"{\rtf1\ansi " + "".join(rf"{line}\par " for line in LINES) + "}").encode()
JOB = {
    "title": "Motion planning lead",
    "company": "Northwind Robotics",
    "start_date": "2019",
    "end_date": "2021",
}
IMPROVED = {"experience": [JOB]}


def settings_for(url: str, **more: Any) -> ParserSettings:
    given = {"parser_refiner_url": url, "parser_refiner_model": "stand-in", "parser_refiner_api_key": KEY}
    return ParserSettings(**given | more)


def test_the_key_is_in_no_representation_and_in_no_error() -> None:
    assert KEY not in repr(settings_for("http://localhost/v1"))
    for wrong in ({"parser_refiner_url": "ftp://x"}, {"parser_refiner_api_key": f"{KEY}\r\nX-Evil: 1"}):
        with pytest.raises(ValidationError) as error:
            settings_for("http://localhost/v1", **wrong)
        assert KEY not in str(error.value)


@pytest.mark.parametrize(
    "url", ["models.example", "ftp://models.example", "http://user:secret@models.example"]
)
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValidationError):
        settings_for(url)


def test_an_address_needs_a_model() -> None:
    with pytest.raises(ValidationError, match="HOTGIGS_PARSER_REFINER_MODEL"):
        settings_for("http://localhost/v1", parser_refiner_model="")


# The command

OFF = """
import sys
from hotgigs.chassis.cli import main
try:
    main(["parse", sys.argv[1], "--out", sys.argv[2]])
except SystemExit as done:
    assert not done.code, done.code
assert "hotgigs.parser.parsing" in sys.modules
assert not [name for name in sys.modules if name.startswith(("httpx", "hotgigs.parser.refining.endpoint"))]
"""


async def run(*command: str | Path, **environment: str) -> tuple[int | None, bytes]:
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return process.returncode, output


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    file = tmp_path / "resume.rtf"
    file.write_bytes(RTF)
    return file


async def test_off_by_default_no_client_is_loaded_and_nothing_is_sent(resume: Path) -> None:
    async with model_server(saying(IMPROVED)) as model:
        code, output = await run(
            sys.executable,
            *("-c", OFF, resume, resume.parent),
            HOTGIGS_PARSER_REFINER_MODEL="stand-in",
            HOTGIGS_PARSER_REFINER_API_KEY=KEY,
            OPENAI_BASE_URL=model.url,
            OPENAI_API_KEY=KEY,
        )
    assert (code, output) == (0, b"")
    assert (resume.parent / "resume.rtf.json").exists()
    assert model.requests == []


@pytest.mark.parametrize(
    ("behaviour", "companies"), [(saying(IMPROVED), ["Northwind Robotics"]), (answering(500), [])]
)
async def test_the_command_refines_by_the_same_settings(
    resume: Path, behaviour: Behaviour, companies: list[str]
) -> None:
    hotgigs = Path(sys.executable).parent / "hotgigs"
    async with model_server(behaviour) as model:
        code, output = await run(
            hotgigs,
            *("parse", resume, "--out", resume.parent),
            HOTGIGS_PARSER_REFINER_URL=model.url,
            HOTGIGS_PARSER_REFINER_MODEL="stand-in",
            HOTGIGS_PARSER_REFINER_API_KEY=KEY,
        )
    assert code == 0
    assert len(model.requests) == 1
    data = json.loads((resume.parent / "resume.rtf.json").read_text())
    assert [job["company"] for job in data["experience"]] == companies
    for secret in (KEY, "Mirela", "Northwind", "mirela.stanescu"):
        assert secret not in output.decode()
    assert ("status_5xx" in output.decode()) is (companies == [])
