"""How much of a text is folded."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.gateway.candidates import search_terms
from hotgigs.gateway.detail import skill_years
from hotgigs.redaction.folding import bounded, unaccented

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("ﷺﷻΐ㎯")), max_size=80)


@given(text=texts, limit=st.integers(18, 60))
def test_what_is_folded_is_never_much_more_than_its_limit(text: str, limit: int) -> None:
    part = bounded(text, limit)
    assert text.startswith(part)
    assert len(unicodedata.normalize("NFKD", part)) <= 2 * limit


@given(text=st.text(st.sampled_from("aéüßñŁ 1.東ö"), max_size=80), limit=st.integers(18, 60))
def test_texts_of_letters_are_read_up_to_their_limit(text: str, limit: int) -> None:
    assert bounded(text, limit) == text[:limit]


def test_of_a_profile_of_ligatures_no_more_is_folded_than_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    letters: list[int] = []

    def counted(text: str) -> str:
        letters.append(len(unicodedata.normalize("NFKD", text)))
        return unaccented(text)

    for module in (search_terms, skill_years):
        monkeypatch.setattr(module, "unaccented", counted)
    skill, text = Skill(name="ﷺ" * 200), "ﷺ" * 200_000
    job = Experience(start_date="2020", end_date="2021", description=text)
    search_terms.searchable(CandidateProfile(skills=(skill,)))
    assert max(letters) <= 20_000
    search_terms.searchable(CandidateProfile(summary=text))
    skill_years.skill_years([skill], [job] * 5, date(2026, 3, 15))
    assert max(letters) <= 200_000
    assert sum(letters) < 2_000_000
