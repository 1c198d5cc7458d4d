"""Scores of people and jobs as odd as they come."""

from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from professions import (
    ACCOUNTANT_JOB,
    BACKEND_ENGINEER,
    BACKEND_JOB,
    BAKER,
    BAKER_JOB,
    BARE_JOB,
    JOBS,
    NEWCOMER,
    NURSE,
    NURSE_JOB,
    PEOPLE,
    TODAY,
    job,
    packed,
    packed_job,
    score,
)

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting, MatchWeights
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, Skill
from hotgigs.embeddings import DIMENSIONS, Vectors
from hotgigs.matcher.scoring.features import CandidateFeatures, PackedJob, candidate_features, job_features
from hotgigs.matcher.scoring.scorer import CHUNK, score_candidates, score_jobs

replace = msgspec.structs.replace


def by_letters(texts: Sequence[str]) -> Vectors:
    """Vectors that tell nothing, quickly, the same for the same text."""
    rows = np.ones((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        for place, char in enumerate(text[:200]):
            rows[row, (ord(char) + place) % DIMENSIONS] += 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("number", range(len(JOBS) - 1))
def test_everybody_is_the_best_for_the_job_of_their_profession(number: int) -> None:
    found = score_candidates(
        packed_job(JOBS[number]), [packed(each) for each in PEOPLE], weights=MatchWeights(), today=TODAY
    )
    assert int(found.totals.argmax()) == number
    assert found.totals[number] > 60
    assert sorted(found.totals)[-2] < found.totals[number] - 20


@pytest.mark.parametrize("posting", JOBS)
def test_somebody_of_whom_nothing_is_known_scores_little_but_scores(posting: JobPosting) -> None:
    found = score(NEWCOMER, posting)
    assert 0 < found.score < 30
    assert (found.met, found.relevant_years, found.best_experience) == ((), 0.0, None)


@pytest.mark.parametrize("left_out", ["experience", "skills", "education", "location", "title", "full_name"])
def test_a_profile_may_lack_anything(left_out: str) -> None:
    whole = score(BACKEND_ENGINEER, BACKEND_JOB)
    lacking = replace(
        BACKEND_ENGINEER, **{left_out: () if left_out in {"experience", "skills", "education"} else None}
    )
    assert score(lacking, BACKEND_JOB).score <= whole.score


def test_years_count_from_dates_where_no_total_is_stated() -> None:
    assert score(replace(BACKEND_ENGINEER, total_experience_years=0.0), BACKEND_JOB).experience_score > 80


def test_dates_that_cannot_be_score_as_far_as_they_can() -> None:
    def dated(start: str | None, end: str | None) -> float:
        (latest, *_) = BACKEND_ENGINEER.experience
        odd = replace(latest, start_date=start, end_date=end, current=False)
        found = score(replace(BACKEND_ENGINEER, experience=(odd,), total_experience_years=0.0), BACKEND_JOB)
        assert 0 <= found.relevant_years <= 55
        return found.relevant_years

    assert dated("2030-01", "2035-01") == 0
    assert dated("2024-01", "2020-01") < 1
    assert dated("2024-01", "9999-12") == dated("2024-01", None)
    assert dated("0000", "0000") < 1
    assert dated("someday", "\x00") == 0


def test_time_goes_by() -> None:
    one, later = (score(BAKER, BAKER_JOB, today=date(year, 11, 20)) for year in (2026, 2030))
    assert later.relevant_years == pytest.approx(one.relevant_years + 4, abs=0.2)
    assert score(BAKER, BAKER_JOB, today=date(1990, 1, 1)).relevant_years == 0


def test_fewer_years_at_most_than_at_least_are_a_job_too() -> None:
    turned = replace(NURSE_JOB, min_years=10, max_years=1)
    assert 0 < score(NURSE, turned).experience_score < score(NURSE, NURSE_JOB).experience_score


def test_too_many_years_lose_little() -> None:
    most = score(BAKER, replace(BAKER_JOB, max_years=14)).experience_score
    fewer = score(BAKER, replace(BAKER_JOB, max_years=3)).experience_score
    assert 0 < fewer < most


@pytest.mark.parametrize("years", [0.0, 1e9, -5.0, 0.1])
def test_any_years_may_be_asked_for(years: float) -> None:
    found = score(NURSE, replace(NURSE_JOB, min_years=years, max_years=years))
    assert 0 <= found.experience_score <= 100


def test_a_hundred_jobs_are_read_as_far_as_they_count() -> None:
    (latest, *_) = BACKEND_ENGINEER.experience
    many = replace(BACKEND_ENGINEER, experience=(latest,) * 100)
    found = score(many, BACKEND_JOB)
    assert found.score > 60
    assert found.best_experience == 0


def test_of_many_candidates_each_keeps_its_place() -> None:
    held = [packed(NURSE), packed(BAKER), packed(NEWCOMER)]
    posting = packed_job(NURSE_JOB)
    many = score_candidates(posting, held * (CHUNK // 2), weights=MatchWeights(), today=TODAY)
    few = score_candidates(posting, held, weights=MatchWeights(), today=TODAY)
    assert many.totals.tolist() == few.totals.tolist() * (CHUNK // 2)
    assert many.scored(CHUNK + 1) == few.scored((CHUNK + 1) % 3)
    for none in (-1, len(many.totals)):
        with pytest.raises(IndexError):
            many.scored(none)


def test_nobody_and_nothing_give_no_scores() -> None:
    assert score_candidates(packed_job(BARE_JOB), [], weights=MatchWeights(), today=TODAY).totals.shape == (
        0,
    )
    assert score_jobs(packed(BAKER), [], weights=[], today=TODAY).totals.shape == (0,)


@pytest.mark.parametrize("broken", [b"", b"\x00", b"{}", b"\x93\x01\x02\x03"])
def test_what_is_no_features_is_refused(broken: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        score_candidates(broken, [packed(BAKER)], weights=MatchWeights(), today=TODAY)
    with pytest.raises(msgspec.DecodeError):
        score_jobs(broken, [packed_job(BAKER_JOB)], weights=[MatchWeights()], today=TODAY)


def test_candidates_and_jobs_that_go_together_have_keys_in_common() -> None:
    def keys_of(profile: CandidateProfile) -> CandidateFeatures:
        return candidate_features(profile, by_letters)

    developer = set(job_features(BACKEND_JOB, by_letters).skill_keys)
    assert {"java", "postgresql"} <= developer & set(keys_of(BACKEND_ENGINEER).skill_keys)
    assert not developer & set(keys_of(BAKER).skill_keys)


def test_vectors_for_generation_have_length_1_whatever_is_known() -> None:
    for profile in PEOPLE:
        vector = candidate_features(profile, by_letters).vector
        assert vector.shape == (DIMENSIONS,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(job_features(BARE_JOB, by_letters).vector) == pytest.approx(1, abs=1e-5)


HOSTILE = (
    "a" * 100_000,
    "lead " * 50_000,
    "(" * 50_000,
    "and/or, " * 20_000,
    "\x00\x01\x02",
    "🙂" * 20_000,
    "\u202e\u0301" * 20_000,
    "١٢٣ years of " * 5_000,
    "remote in " * 20_000,
    "x@" * 50_000,
    "1-2 " * 50_000,
    "married " * 50_000,
    "http://" * 20_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_scored_too(text: str) -> None:
    worked = Experience(
        title=text, company=text, start_date=text, end_date=text, description=text, achievements=(text,)
    )
    profile = CandidateProfile(
        full_name=text,
        location=text,
        title=text,
        summary=text,
        experience=(worked,) * 20,
        education=(Education(degree=text, graduation_date=text),) * 20,
        skills=(Skill(name=text, canonical=text),) * 300,
        certifications=(Certification(name=text),),
        languages=(Language(name=text),),
    )
    posting = JobPosting(
        title=text,
        location=text,
        description=text,
        required_skills=(text,) * 50,
        preferred_skills=(text, "SQL"),
    )
    packed_profile = candidate_features(profile, by_letters).packed
    found = score_candidates(
        job_features(posting, by_letters).packed, [packed_profile], weights=MatchWeights(), today=TODAY
    )
    assert 0 <= found.scored(0).score <= 100
    assert len(packed_profile) < 1_000_000


texts = st.text(max_size=60)
dates = st.none() | st.from_regex(r"(19|20)\d\d(-\d\d)?", fullmatch=True) | texts


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        CandidateProfile,
        full_name=texts,
        location=texts,
        title=texts,
        summary=texts,
        experience=st.lists(
            st.builds(
                Experience,
                title=texts,
                start_date=dates,
                end_date=dates,
                current=st.booleans(),
                description=texts,
                achievements=st.lists(texts, max_size=3).map(tuple),
            ),
            max_size=3,
        ).map(tuple),
        skills=st.lists(st.builds(Skill, name=texts), max_size=4).map(tuple),
        total_experience_years=st.floats(0, 60),
    ),
    st.builds(
        JobPosting,
        title=texts,
        location=texts,
        remote=st.booleans(),
        description=texts,
        required_skills=st.lists(texts, max_size=4).map(tuple),
        preferred_skills=st.lists(texts, max_size=4).map(tuple),
        min_years=st.none() | st.floats(0, 60),
        max_years=st.none() | st.floats(0, 60),
    ),
)
def test_anybody_has_a_score_for_anything(profile: CandidateProfile, posting: JobPosting) -> None:
    candidate = candidate_features(profile, by_letters).packed
    asked = job_features(posting, by_letters).packed
    found = score_candidates(asked, [candidate], weights=MatchWeights(), today=TODAY)
    assert 0 <= found.scored(0).score == found.totals[0] <= 100
    other = score_jobs(candidate, [asked], weights=[MatchWeights()], today=TODAY)
    assert other.scored(0) == found.scored(0)


def test_a_job_that_rules_leading_people_out_is_none_that_leads_people() -> None:
    manager = replace(
        ACCOUNTANT_JOB,
        title="Marketing Manager",
        description="You buy media on every channel. Nobody reports to you.",
    )
    lonely = replace(
        manager,
        description="You buy media on every channel. This is not for those who want to lead a large team.",
    )
    leading = replace(manager, description="You buy media on every channel. You lead a team of six.")
    steps = [
        msgspec.msgpack.decode(packed_job(each), type=PackedJob).step for each in (manager, lonely, leading)
    ]
    assert steps[0] == steps[1] < steps[2]


def test_work_of_the_same_name_in_another_country_is_capped_and_remote_work_is_not() -> None:
    away = replace(NURSE, location="Madrid, Spain")
    assert score(away, NURSE_JOB).caps == ("abroad",)
    assert score(away, NURSE_JOB).score < score(NURSE, NURSE_JOB).score - 20
    remote = replace(NURSE_JOB, location=None, remote=True)
    assert score(away, remote).caps == ()
    assert score(away, remote).score == score(NURSE, remote).score


def test_one_embedding_call_holds_every_text_once() -> None:
    calls: list[list[str]] = []

    def embed(texts: Sequence[str]) -> Vectors:
        calls.append(list(texts))
        return by_letters(texts)

    twice = replace(
        BAKER, experience=(*BAKER.experience, job("Baker", "2001", "2002", "Baked bread by hand.")) * 2
    )
    candidate_features(twice, embed)
    job_features(BACKEND_JOB, embed)
    assert len(calls) == 2
    assert all(len(set(texts)) == len(texts) for texts in calls)
