"""What more or less of something may do to a score, and what may not do anything to it."""

from random import Random
from typing import TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from professions import (
    ACCOUNTANT_JOB,
    BACKEND_ENGINEER,
    BACKEND_JOB,
    BAKER,
    BAKER_JOB,
    JOBS,
    NURSE_JOB,
    PEOPLE,
    TODAY,
    job,
    packed,
    packed_job,
    score,
    skills,
)

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting, MatchWeights
from hotgigs.contracts.resume_data import Certification
from hotgigs.matcher.scoring.scorer import score_candidates, score_jobs

people = st.sampled_from(PEOPLE)
jobs = st.sampled_from(JOBS)
jobs_with_skills = st.sampled_from([posting for posting in JOBS if posting.required_skills])
UNRELATED = ("Scuba diving", "Beekeeping", "Violin", "Falconry", "Origami", "Chess")
T = TypeVar("T")
replace = msgspec.structs.replace


@st.composite
def profiles(draw: st.DrawFn) -> CandidateProfile:
    """Of jobs and lists of several people, of any age."""
    worked = [each for person in PEOPLE for each in person.experience]
    listed = [each for person in PEOPLE for each in person.skills]
    chosen = draw(st.lists(st.sampled_from(worked), max_size=4, unique_by=id))
    shift = draw(st.integers(0, 12))
    moved = tuple(
        replace(
            each,
            start_date=f"{int((each.start_date or '')[:4]) - shift}",
            end_date=f"{int((each.end_date or '2026')[:4]) - shift}",
            current=False,
        )
        for each in chosen
    )
    return replace(
        draw(people),
        title=moved[0].title if moved else None,
        experience=moved,
        skills=tuple(draw(st.lists(st.sampled_from(listed), max_size=8, unique_by=id))),
        total_experience_years=draw(st.sampled_from([0.0, 1.5, 8.0])),
    )


@settings(max_examples=60, deadline=None)
@given(profiles(), jobs_with_skills, st.data())
def test_a_required_skill_more_never_lowers_a_score(
    profile: CandidateProfile, posting: JobPosting, data: st.DataObject
) -> None:
    skill = data.draw(st.sampled_from(posting.required_skills))
    before = score(profile, posting)
    listed = score(replace(profile, skills=(*profile.skills, *skills(skill))), posting)
    certified = replace(profile, certifications=(*profile.certifications, Certification(name=skill)))
    after = [listed, score(certified, posting)]
    if profile.experience:
        at = data.draw(st.integers(0, len(profile.experience) - 1))
        worked = list(profile.experience)
        lines = list(worked[at].achievements)
        line = data.draw(st.sampled_from([skill, f"Used {skill} every day.", f"Responsible for {skill}"]))
        lines.insert(data.draw(st.integers(0, len(lines))), line)
        worked[at] = replace(worked[at], achievements=tuple(lines))
        after.append(score(replace(profile, experience=tuple(worked)), posting))
    for each in after:
        assert each.score >= before.score
        assert each.skill_score >= before.skill_score
        assert {term.term for term in each.met} >= {term.term for term in before.met}


@settings(max_examples=60, deadline=None)
@given(profiles(), jobs, st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=4, unique=True))
def test_a_skill_that_has_nothing_to_do_with_the_job_changes_nothing(
    profile: CandidateProfile, posting: JobPosting, unrelated: list[str]
) -> None:
    more = replace(profile, skills=(*skills(*unrelated), *profile.skills))
    assert score(more, posting) == score(profile, posting)


@settings(max_examples=60, deadline=None)
@given(profiles(), jobs, st.randoms(use_true_random=False))
def test_order_says_nothing(profile: CandidateProfile, posting: JobPosting, random: Random) -> None:
    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(items, len(items)))

    other = replace(
        profile,
        skills=shuffled(profile.skills),
        education=shuffled(profile.education),
        certifications=shuffled(profile.certifications),
        languages=shuffled(profile.languages),
        experience=tuple(
            replace(each, achievements=shuffled(each.achievements)) for each in profile.experience
        ),
    )
    assert score(other, posting) == score(profile, posting)


@settings(max_examples=40, deadline=None)
@given(st.lists(profiles(), min_size=1, max_size=8), jobs, st.data())
def test_a_pair_has_one_score_from_both_sides_and_in_any_company(
    candidates: list[CandidateProfile], posting: JobPosting, data: st.DataObject
) -> None:
    weights = data.draw(
        st.sampled_from([MatchWeights(), MatchWeights(skill=0.1, experience=0.6, education=0.2)])
    )
    held, posted = [packed(each) for each in candidates], packed_job(posting)
    others = [packed_job(each) for each in data.draw(st.lists(jobs, max_size=4))]
    at = data.draw(st.integers(0, len(others)))
    sides = [*others[:at], posted, *others[at:]]
    order = data.draw(st.permutations(range(len(held))))

    together = score_candidates(posted, held, weights=weights, today=TODAY)
    shuffled = score_candidates(posted, [held[number] for number in order], weights=weights, today=TODAY)
    for number, each in enumerate(held):
        alone = score_candidates(posted, [each], weights=weights, today=TODAY)
        other_side = score_jobs(each, sides, weights=[weights] * len(sides), today=TODAY)
        assert together.scored(number) == alone.scored(0) == other_side.scored(at)
        assert together.scored(number) == shuffled.scored(order.index(number))
        assert together.totals[number] == alone.totals[0] == other_side.totals[at]


@settings(max_examples=60, deadline=None)
@given(profiles(), jobs, st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any))
def test_scores_are_0_to_100_with_one_decimal(
    profile: CandidateProfile, posting: JobPosting, parts: list[int]
) -> None:
    weights = MatchWeights(
        **dict(zip(MatchWeights.__struct_fields__, (p / sum(parts) for p in parts), strict=True))
    )
    found = score(profile, posting, weights=weights)
    for each in (
        found.score,
        found.skill_score,
        found.experience_score,
        found.education_score,
        found.location_score,
    ):
        assert 0 <= each <= 100
        assert each == round(each, 1)
    assert all(0 < term.worth <= 1 for term in found.met)
    terms = [*(term.term for term in found.met), *found.missing]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("posting", [BACKEND_JOB, NURSE_JOB, BAKER_JOB, ACCOUNTANT_JOB])
@pytest.mark.parametrize("part", ["skill", "experience", "education", "location"])
def test_a_part_that_alone_has_weight_is_the_score(posting: JobPosting, part: str) -> None:
    weights = MatchWeights(**{name: float(name == part) for name in MatchWeights.__struct_fields__})
    for person in PEOPLE:
        found = score(person, posting, weights=weights)
        if not found.caps:
            assert found.score == getattr(found, f"{part}_score")


def test_a_stuffed_list_is_worth_far_less_than_the_same_skills_in_work() -> None:
    every_term = (*BACKEND_JOB.required_skills, *BACKEND_JOB.preferred_skills)
    stuffed = replace(BAKER, skills=skills(*every_term, "Spring Boot", "Docker", "Microservices", "Linux"))
    honest = replace(BACKEND_ENGINEER, location=stuffed.location, education=stuffed.education, skills=())
    assert score(stuffed, BACKEND_JOB).score < score(honest, BACKEND_JOB).score - 25
    assert score(stuffed, BACKEND_JOB).skill_score < 40


def test_names_that_are_stuffed_into_a_job_do_not_make_it_like_the_posting() -> None:
    (bakery,) = BAKER.experience
    every_term = ", ".join((*BACKEND_JOB.required_skills, *BACKEND_JOB.preferred_skills, "Docker", "Linux"))
    stuffed = replace(bakery, achievements=(*bakery.achievements, f"Technologies: {every_term}."))
    found = score(replace(BAKER, experience=(stuffed,), location="Manchester, UK"), BACKEND_JOB)
    assert "other_profession" in found.caps
    assert found.relevant_years == 0
    assert found.score < score(BACKEND_ENGINEER, BACKEND_JOB).score - 50


def test_work_says_more_than_a_list() -> None:
    posting = replace(BAKER_JOB, required_skills=("Bread baking", "Latte art"))
    (bakery,) = BAKER.experience
    listed = replace(BAKER, skills=(*BAKER.skills, *skills("Latte art")))
    shown = replace(bakery, achievements=(*bakery.achievements, "Taught latte art to the shop's baristas."))
    worked = replace(BAKER, experience=(shown,))
    without, by_list, by_work = (score(each, posting) for each in (BAKER, listed, worked))
    assert without.skill_score < by_list.skill_score < by_work.skill_score
    assert "Latte art" in without.missing
    assert {each.term: each.experience for each in by_list.met}["Latte art"] is None
    assert {each.term: each.experience for each in by_work.met}["Latte art"] == 0


def test_what_was_done_lately_says_more_than_the_same_long_ago() -> None:
    def person(start: str, end: str) -> CandidateProfile:
        return replace(
            BACKEND_ENGINEER,
            skills=(),
            experience=(
                job("Librarian", "2020-01", None, "Lent books to readers and ordered new ones."),
                job("Software Developer", start, end, "Wrote payment services in Java, SQL and Kubernetes."),
            ),
        )

    recent, old = (
        score(person("2015-01", "2019-12"), BACKEND_JOB),
        score(person("1998-01", "2002-12"), BACKEND_JOB),
    )
    assert recent.skill_score > old.skill_score
    assert recent.experience_score > old.experience_score
    assert recent.score > old.score


def test_who_is_too_junior_loses_more_than_who_is_too_senior() -> None:
    def person(title: str) -> CandidateProfile:
        return replace(BACKEND_ENGINEER, title=title)

    fitting = score(person("Senior Backend Engineer"), BACKEND_JOB)
    trainee = score(person("Trainee Backend Engineer"), BACKEND_JOB)
    head = score(person("Head of Backend Engineering"), BACKEND_JOB)
    assert (trainee.seniority, fitting.seniority, head.seniority) == ("far_below", "fitting", "far_above")
    assert fitting.experience_score > head.experience_score > trainee.experience_score
    assert trainee.caps == ("too_junior",)
    assert head.caps == ()


def test_years_of_other_work_are_not_relevant() -> None:
    found = score(BAKER, BACKEND_JOB)
    assert found.relevant_years < 1
    assert found.experience_score < 30
    assert "other_profession" in found.caps
