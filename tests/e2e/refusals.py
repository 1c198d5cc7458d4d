"""What every answer to a bad request has in common."""

import re

import httpx

_NOT_FOR_PEOPLE = re.compile(
    r"traceback|exception|/work|/tmp|/usr|/home|site-packages|\.py\b|0x[0-9a-f]{6}|litestar|msgspec|pymupdf|"
    r"pypdf|pyjwt|asyncpg|zipfile|python-docx|obstore|starlette|uvicorn|object at",
    re.IGNORECASE,
)


def assert_refused(answer: httpx.Response, status: int, words: str = "") -> str:
    """The detail, when the answer is a refusal as documented that says ``words``."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Correlation-ID"]
    body = answer.json()
    assert list(body) == ["detail"]
    detail = body["detail"]
    assert isinstance(detail, str)
    assert_said_to_people(detail)
    assert words.lower() in detail.lower(), detail
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    return detail


def assert_said_to_people(sentence: str) -> None:
    """In words, and without a trace of the inside of the system."""
    assert len(sentence.split()) > 2, sentence
    assert not _NOT_FOR_PEOPLE.search(sentence), sentence
