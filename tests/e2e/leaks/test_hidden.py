"""The looking for leaks finds them, in whatever dress."""

import base64
import json

import pytest
from e2e.leaks.hidden import Hidden, leaks

LUDMILA = Hidden(
    name="Ludmila Varneth",
    mails=("zephyrquill@mail.example", "Ludmila.Varneth@post.example", "qx7@mail.example"),
    phones=("14155550132", "4155550132"),
)


@pytest.mark.parametrize(
    "content",
    [
        "Zephyrquill@MAIL.example",
        '{"bio": "linkedin.com/in/zephyrQUILL"}',
        '{"bio": "ludmila.varneth\\u0040post.example"}',
        "/api/resumes/candidates?search=zephyrquill%40mail.example",
        "filename*=UTF-8''%7Aephyrquill.docx",
        '[{"email": "qx7 (at) mail.example"}]',
        '{"phone": "+1 (415) 555-0132"}',
        '{"notes": ["call 555 / 01 \\u2011 32 please"]}',
        '{"phone": 4155550132}',
        'name,phone\nA,"415.\n555.0132"',
        f"cursor={base64.urlsafe_b64encode(json.dumps(['zephyrquill', 3]).encode()).decode().rstrip('=')}",
        'event: status\ndata: {"filename": "zephyr\\u0071uill.pdf"}\n\n',
        "41555501",
    ],
)
def test_what_is_hidden_is_found(content: str) -> None:
    assert leaks(content, LUDMILA)


@pytest.mark.parametrize(
    "content",
    [
        '{"full_name": "Ludmila Varneth", "bio": "welded ludmila.varneth plates"}',
        '{"id": "01234155-5501-7132-8000-415555013241"}',
        '{"at": "2026-01-02T03:04:05.415555Z"}',
        '{"years": [41, 555, 132]}',
        "eqx7z and 41555",
        '{"phone": "[hidden]", "email": null}',
    ],
)
def test_what_is_not_hidden_is_not(content: str) -> None:
    assert leaks(content, LUDMILA) == set()
