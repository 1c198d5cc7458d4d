"""Profiles: what a resume says, under what was edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.profile_edits import EditableField, ProfileEdits
from hotgigs.contracts.resume_data import Experience, ResumeData, Skill
from hotgigs.ingest.profiles import (
    EDITABLE,
    edited_fields,
    edited_further,
    fields_that_differ,
    latest_job,
    profile_of,
)

NOW_AT = Experience(title="Lead", company="Now Ltd", start_date="2021-05", current=True)
ENDED = Experience(title="Engineer", company="Then Ltd", start_date="2015", end_date="2021-04")
RESUME = ResumeData(
    full_name="Ada Example",
    email="ada@mail.example",
    summary="Says.",
    ai_summary="Made.",
    experience=(ENDED, NOW_AT),
    skills=(Skill(name="Python"), Skill(name="Go")),
    top_skills=("Python", "Go"),
    total_experience_years=9.5,
)

words = st.sampled_from([None, "", "one", "two"])
edits = st.builds(
    ProfileEdits,
    full_name=words | st.just(UNSET),
    email=words | st.just(UNSET),
    title=words | st.just(UNSET),
    current_company=words | st.just(UNSET),
    summary=words | st.just(UNSET),
    experience=st.sampled_from([UNSET, (), (ENDED,), (ENDED, NOW_AT)]),
    skills=st.sampled_from([UNSET, (), (Skill(name="Go"),), (Skill(name="Perl"),)]),
    total_experience_years=st.sampled_from([UNSET, 0.0, 3.5]),
)
resets = st.lists(st.sampled_from(EDITABLE))


def test_a_profile_is_what_the_resume_says_with_the_latest_job_s_title() -> None:
    profile = profile_of(RESUME, ProfileEdits())
    assert (profile.title, profile.current_company) == ("Lead", "Now Ltd")
    said = {name: getattr(RESUME, name) for name in RESUME.__struct_fields__ if name != "evidence"}
    assert said.items() <= structs.asdict(profile).items()


@pytest.mark.parametrize(
    ("jobs", "latest"),
    [
        ([], None),
        ([ENDED, NOW_AT], NOW_AT),
        ([NOW_AT, structs.replace(NOW_AT, start_date="2022")], structs.replace(NOW_AT, start_date="2022")),
        ([structs.replace(ENDED, end_date="2014"), ENDED], ENDED),
        ([structs.replace(ENDED, end_date="2021"), ENDED], ENDED),
        ([Experience(title="a"), Experience(title="b")], Experience(title="a")),
        ([Experience(title="a"), ENDED], ENDED),
        ([Experience(title="a", start_date="2022-01"), ENDED], Experience(title="a", start_date="2022-01")),
    ],
)
def test_the_latest_job_is_the_current_one_else_the_last_else_the_first(
    jobs: list[Experience], latest: Experience | None
) -> None:
    assert latest_job(jobs) == latest


def test_the_title_follows_jobs_that_were_edited_unless_it_was_edited_itself() -> None:
    assert profile_of(RESUME, ProfileEdits(experience=(ENDED,))).title == "Engineer"
    assert profile_of(RESUME, ProfileEdits(experience=())).title is None
    assert profile_of(RESUME, ProfileEdits(experience=(ENDED,), title="Baker")).title == "Baker"
    assert profile_of(RESUME, ProfileEdits(title=None)).title is None


def test_a_summary_that_was_written_replaces_the_one_that_was_made() -> None:
    profile = profile_of(RESUME, ProfileEdits(summary="Mine."))
    assert (profile.summary, profile.ai_summary) == ("Mine.", None)


def test_top_skills_are_of_the_skills_that_are_there() -> None:
    def top(*names: str) -> tuple[str, ...]:
        return profile_of(RESUME, ProfileEdits(skills=tuple(Skill(name=name) for name in names))).top_skills

    assert top("Perl", "Go") == ("Go",)
    assert top("Perl", "Ada") == ("Perl", "Ada")
    assert top() == ()


@given(edits)
def test_whatever_was_edited_stands_in_the_profile(edited: ProfileEdits) -> None:
    profile = profile_of(RESUME, edited)
    for name in edited_fields(edited):
        assert getattr(profile, name) == getattr(edited, name)
    untouched = set(CandidateProfile.__struct_fields__) - set(edited_fields(edited))
    untouched -= {"title", "current_company", "ai_summary", "top_skills"}
    assert all(getattr(profile, name) == getattr(RESUME, name) for name in untouched)


@given(edits, edits, resets)
def test_a_further_edit_counts_and_what_is_reset_follows_the_resume_again(
    before: ProfileEdits, further: ProfileEdits, reset: list[EditableField]
) -> None:
    after = edited_further(before, further, reset)
    for name in EDITABLE:
        said = getattr(further, name)
        kept = UNSET if name in reset else getattr(before, name)
        assert getattr(after, name) == (kept if said is UNSET else said)
    assert set(fields_that_differ(before, after)) == {
        name for name in EDITABLE if getattr(before, name) != getattr(after, name)
    }


@given(edits, edits, resets)
def test_the_same_edit_again_changes_nothing(
    before: ProfileEdits, further: ProfileEdits, reset: list[EditableField]
) -> None:
    once = edited_further(before, further, reset)
    assert edited_further(once, further, reset) == once
