"""What a PATCH of a candidate may say."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.gateway.changes.plain_text import Line, SomeText, Text
from hotgigs.gateway.changes.profile_change import Contradiction, ProfileChange, edits_of


def change(body: dict[str, Any]) -> ProfileChange:
    return msgspec.convert(body, ProfileChange)


def test_what_is_not_sent_is_not_edited_and_what_is_nothing_is_emptied() -> None:
    edits, reset = edits_of(
        change({"full_name": " Ada Example ", "email": None, "phone": "  ", "skills": []})
    )
    assert edits == ProfileEdits(full_name="Ada Example", email=None, phone=None, skills=())
    assert edits.title is UNSET
    assert reset == ()


def test_lists_are_edited_as_a_whole() -> None:
    body = {"experience": [{"title": "Engineer", "start_date": "2020-01", "current": True}]}
    edits, _ = edits_of(change(body | {"skills": [{"name": "Python"}], "total_experience_years": 5.5}))
    assert edits.experience == (Experience(title="Engineer", start_date="2020-01", current=True),)
    assert edits.skills == (Skill(name="Python"),)
    assert edits.total_experience_years == 5.5


def test_a_field_is_edited_or_reset_and_not_both() -> None:
    assert edits_of(change({"reset": ["email", "email"], "phone": "+1"}))[1] == ("email",)
    with pytest.raises(Contradiction, match="email"):
        edits_of(change({"reset": ["email"], "email": "ada@mail.example"}))


@pytest.mark.parametrize(
    "body",
    [
        {"full_name": "x" * 201},
        {"full_name": "Ada\0"},
        {"full_name": "Ada\nExample"},
        {"email": "no address"},
        {"email": "ada@mail.example\n"},
        {"phone": "call me!"},
        {"summary": "x" * 10_001},
        {"experience": [{"start_date": "2020-13"}]},
        {"experience": [{"description": "a\0b"}]},
        {"experience": [{"achievements": ["a\0b"]}]},
        {"education": [{"graduation_date": "in 2020"}]},
        {"skills": [{"name": " "}]},
        {"skills": [{"name": "Python"}] * 501},
        {"certifications": [{"issuer": "nobody knows of what"}]},
        {"languages": [{}]},
        {"total_experience_years": -1},
        {"total_experience_years": 81},
        {"reset": ["ai_summary"]},
        {"candidate_id": "an unknown field"},
    ],
)
def test_what_cannot_be_kept_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        change(body)


@pytest.mark.parametrize("kind", [Line, Text, SomeText])
@given(text=st.text(max_size=40))
def test_what_a_text_may_be_can_be_kept(kind: Any, text: str) -> None:
    try:
        taken = msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return
    assert "\0" not in taken
    assert kind is not Line or len(taken.splitlines()) <= 1
    assert kind is not SomeText or taken.strip()


def test_texts_of_people_are_taken() -> None:
    for text in ("Zoë O’Brien-Müller", "两年经验", "a\n\n\tb\r\n", "👩‍💻"):
        assert msgspec.convert(text, SomeText) == text
