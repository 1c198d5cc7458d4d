"""The parts, each from likenesses that are given."""

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from professions import BAKER, BAKER_JOB, NEWCOMER, TODAY, job, packed, packed_job, skills

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.resume_data import Experience
from hotgigs.matcher.scoring.batch import Batch, batch_of
from hotgigs.matcher.scoring.calibration import STANDARD
from hotgigs.matcher.scoring.career import Career, career
from hotgigs.matcher.scoring.experience import Experience as Found
from hotgigs.matcher.scoring.experience import experience_score
from hotgigs.matcher.scoring.features import PackedCandidate, PackedJob
from hotgigs.matcher.scoring.likeness import Likeness, likeness
from hotgigs.matcher.scoring.skill import Skills, skill_score

replace = msgspec.structs.replace


def batch(*people: CandidateProfile) -> Batch:
    return batch_of(
        [msgspec.msgpack.decode(packed(each), type=PackedCandidate) for each in people], today=TODAY
    )


def unpacked(posting: JobPosting) -> PackedJob:
    return msgspec.msgpack.decode(packed_job(posting), type=PackedJob)


def with_jobs(*worked: Experience, **changed: object) -> CandidateProfile:
    return replace(BAKER, experience=worked, skills=(), **changed)


def alike(of: Batch, like: float | Sequence[float], posting: JobPosting = BAKER_JOB) -> Likeness:
    """Every cosine of a job as given: 1 is as like as can be, -1 is nothing like it."""
    found = likeness(unpacked(posting), of)
    jobs = np.broadcast_to(np.array(like, np.float64), found.title.shape)

    def wide(
        values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.repeat(jobs[:, None], values.shape[1], axis=1)

    return replace(
        found,
        title=jobs,
        text=jobs,
        sentences=wide(found.sentences),
        terms=wide(found.terms),
        items=np.full_like(found.items, -1.0),
        named=replace(found.named, worth=np.zeros_like(found.named.worth)),
        listed=replace(found.listed, worth=np.zeros_like(found.listed.worth)),
    )


def careers(of: Batch, like: float | Sequence[float]) -> Career:
    return career(alike(of, like), of, STANDARD)


def test_a_career_of_like_work_is_1_and_of_none_is_0() -> None:
    of = batch(with_jobs(job("Cook", "2020-01", None), job("Cook", "2010-01", "2019-12")))
    assert careers(of, 1.0).likeness.tolist() == [1.0, 1.0]
    assert careers(of, 1.0).whole.round(9).tolist() == [1.0]
    assert careers(of, -1.0).whole.tolist() == [0.0]


def test_what_was_done_a_half_life_ago_counts_half() -> None:
    end = 2026 - STANDARD.half_life_years
    of = batch(
        with_jobs(
            job("Cook", "2010", f"{int(end)}-{1 + round((end % 1) * 12):02d}"), job("Cook", "2025", None)
        )
    )
    assert careers(of, 1.0).recency.round(1).tolist() == [0.5, 1.0]


def test_the_longer_and_the_later_job_weighs_more_in_a_career() -> None:
    of = batch(
        with_jobs(job("Cook", "2016-11", None), job("Cook", "2016-01", "2016-10")),
        with_jobs(job("Cook", "2016-11", None), job("Cook", "2006-01", "2016-10")),
    )
    like_now, like_then = careers(of, [1, -1, 1, -1]).whole, careers(of, [-1, 1, -1, 1]).whole
    assert like_now[0] > like_now[1] > 0.5
    assert like_then[0] < like_then[1] < like_now[1]


def test_who_never_worked_has_no_career() -> None:
    assert careers(batch(NEWCOMER), 1.0).whole.tolist() == [0.0]


def experience(
    like: float, *worked: Experience, least: float | None = None, most: float | None = None
) -> Found:
    of = batch(with_jobs(*worked))
    posting = replace(BAKER_JOB, min_years=least, max_years=most)
    return experience_score(unpacked(posting), careers(of, like), of, STANDARD)


def test_years_count_as_far_as_they_are_alike() -> None:
    ten = job("Baker", "2016-11", None)
    assert experience(1.0, ten).relevant_years.round(1).tolist() == [10.0]
    assert experience(-1.0, ten).relevant_years.tolist() == [0.0]
    assert experience(-1.0, ten).score.tolist() == [0.0]


def test_as_many_years_as_are_asked_for_are_enough() -> None:
    ten = job("Baker", "2016-11", None)
    asked = [float(experience(1.0, ten, least=least).score[0]) for least in (5, 10, 20, 40)]
    assert asked == sorted(asked, reverse=True)
    assert asked[0] == asked[1] > asked[2] > asked[3] > 0


def test_years_above_the_most_lose_a_part_but_never_all() -> None:
    ten = job("Baker", "2016-11", None)
    asked = [float(experience(1.0, ten, most=most).score[0]) for most in (12, 8, 5, 4)]
    assert asked[0] > asked[1] > asked[2] > 25


def test_work_of_long_ago_counts_less_than_the_same_of_now() -> None:
    old = job("Baker", "1990-01", "1999-12")
    now = job("Baker", "2016-11", None)
    assert experience(1.0, old, least=10).score < experience(1.0, now, least=10).score


def skill_part(like: float, *listed: str, posting: JobPosting = BAKER_JOB, by_list: float = 0.0) -> Skills:
    of = batch(replace(with_jobs(job("Baker", "2016-11", None, "Something.")), skills=skills(*listed)))
    found = alike(of, like, posting)
    found = replace(found, listed=replace(found.listed, worth=np.full_like(found.listed.worth, by_list)))
    required = np.array([term.is_required for term in unpacked(posting).terms])[found.lookup.term_of]
    return skill_score(found, career(found, of, STANDARD), of, required, STANDARD)


def test_work_that_shows_everything_is_100_and_nothing_is_0() -> None:
    assert skill_part(1.0).score.round(6).tolist() == [100.0]
    assert skill_part(-1.0).score.tolist() == [0.0]


def test_a_list_is_believed_as_far_as_the_work_is_like_the_job() -> None:
    alone, beside = skill_part(-1.0, by_list=1.0), skill_part(0.35, by_list=1.0)
    assert alone.worth == pytest.approx(STANDARD.listed)
    assert (beside.worth > alone.worth).all()
    assert 0 < alone.score[0] < 20


def test_a_posting_without_a_description_is_judged_by_its_terms() -> None:
    terms_alone = replace(BAKER_JOB, description="")
    assert skill_part(1.0, posting=terms_alone).score.round(6).tolist() == [100.0]
    assert skill_part(-1.0, by_list=1.0, posting=terms_alone).score[0] == pytest.approx(
        100 * STANDARD.listed / STANDARD.stretch
    )


def test_a_posting_without_anything_is_judged_by_the_career() -> None:
    bare = JobPosting(title="Baker")
    assert skill_part(1.0, posting=bare).score.round(6).tolist() == [100.0]
    assert skill_part(-1.0, posting=bare).score.tolist() == [0.0]


def test_years_are_those_that_are_stated_or_else_those_of_the_dates() -> None:
    worked = job("Baker", "2016-11", None)
    of = batch(with_jobs(worked), with_jobs(worked, total_experience_years=3.5), NEWCOMER)
    assert of.total_years.round(1).tolist() == [10.0, 3.5, 0.0]
    assert of.job_owner.tolist() == [0, 1]


def test_a_job_that_ends_in_the_future_lasts_until_now() -> None:
    of = batch(with_jobs(job("Baker", "2016-11", "2040-01"), job("Baker", "2035-01", None)))
    assert of.years.round(1).tolist() == [10.0, 0.0]
    assert of.years_ago.tolist() == [0.0, 0.0]
