"""What is said of each term: met by what, how, and in which job."""

import msgspec
import pytest
from professions import (
    ACCOUNTANT,
    BACKEND_ENGINEER,
    BACKEND_JOB,
    BAKER,
    BARE_JOB,
    JOBS,
    NEWCOMER,
    NURSE,
    NURSE_JOB,
    PEOPLE,
    job,
    score,
    skills,
)

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.match_state import TermEvidence
from hotgigs.contracts.resume_data import Certification, Experience

replace = msgspec.structs.replace


def evidence(profile: CandidateProfile, posting: JobPosting) -> dict[str, TermEvidence]:
    return {each.term: each for each in score(profile, posting).met}


def asking(*terms: str) -> JobPosting:
    return replace(BACKEND_JOB, required_skills=terms, preferred_skills=())


def test_a_term_is_met_under_its_name_another_of_its_names_or_by_a_kind_of_it() -> None:
    met = evidence(BACKEND_ENGINEER, asking("Java", "Kubernetes", "SQL"))
    assert (met["Java"].how, met["Java"].known_as) == ("exact", None)
    assert (met["SQL"].how, met["SQL"].known_as) == ("hierarchy", "PostgreSQL")
    assert met["Kubernetes"].how in {"exact", "alias"}
    assert evidence(BACKEND_ENGINEER, asking("K8s"))["K8s"].how == "alias"


def test_an_alias_is_worth_what_the_name_is_and_a_kind_a_little_less() -> None:
    met = evidence(BACKEND_ENGINEER, asking("K8s", "Java", "SQL", "PostgreSQL"))
    assert met["K8s"].worth == met["Java"].worth > met["SQL"].worth
    assert met["PostgreSQL"].worth > met["SQL"].worth


def test_a_general_skill_does_not_prove_a_specific_one() -> None:
    general = replace(BAKER, skills=skills("SQL"))
    assert "PostgreSQL" in score(general, asking("PostgreSQL")).missing


def test_one_framework_is_no_evidence_of_another() -> None:
    met = evidence(BACKEND_ENGINEER, asking("Spring Boot", "Django"))
    assert met.keys() == {"Spring Boot"}
    assert score(BACKEND_ENGINEER, asking("Spring Boot", "Django")).missing == ("Django",)


def test_a_term_may_be_met_by_what_means_it() -> None:
    term = "Looking after people on ventilators"
    met = evidence(NURSE, replace(NURSE_JOB, required_skills=(term,)))[term]
    assert (met.how, met.known_as, met.experience) == ("meaning", None, 0)


def test_a_small_likeness_is_no_evidence_though_it_counts() -> None:
    posting = replace(NURSE_JOB, required_skills=("Intensive Care Nurse", "Trade unions", "SolidWorks"))
    assert set(score(NURSE, posting).missing) == {"Trade unions", "SolidWorks"}


def test_a_product_is_met_by_name_alone() -> None:
    worked = job("Data Analyst", "2019-01", None, "Wrote the monthly report to the board.")
    analyst = replace(BAKER, title="Data Analyst", experience=(worked,), skills=())
    assert score(analyst, asking("Excel", "Reports to the board")).missing == ("Excel",)


def test_a_general_skill_is_not_told_as_evidence_of_a_specific_one() -> None:
    registered = replace(
        NURSE, title="Registered Nurse", certifications=(Certification(name="Registered Nurse"),)
    )
    met = evidence(registered, replace(NURSE_JOB, required_skills=("Trauma nursing", "CEN")))
    assert "Registered nurse" not in {each.known_as for each in met.values()}
    assert "CEN" not in met


def test_the_job_that_shows_a_skill_is_told_and_none_for_a_bare_list() -> None:
    listing = replace(BACKEND_ENGINEER, skills=(*BACKEND_ENGINEER.skills, *skills("Figma")))
    met = evidence(listing, asking("PostgreSQL", "Kafka", "Figma"))
    assert met["PostgreSQL"].experience == 1
    assert met["Kafka"].experience == 0
    assert met["Figma"].experience is None


def test_what_is_listed_itself_is_told_before_work_with_what_only_stands_for_it() -> None:
    worked = job("Data Engineer", "2019-01", None, "Ran the warehouse on BigQuery.")
    analyst = replace(BAKER, title="Data Engineer", experience=(worked,), skills=skills("SQL"))
    told = evidence(analyst, asking("SQL"))["SQL"]
    assert (told.how, told.known_as, told.experience) == ("exact", None, None)
    unlisted = evidence(replace(analyst, skills=()), asking("SQL"))["SQL"]
    assert (unlisted.how, unlisted.known_as, unlisted.experience) == ("hierarchy", "BigQuery", 0)


def test_work_with_a_kind_of_it_is_told_where_it_is_not_listed() -> None:
    met = evidence(replace(BACKEND_ENGINEER, skills=()), asking("Docker"))["Docker"]
    assert (met.how, met.known_as, met.experience) == ("hierarchy", "Kubernetes", 0)


def test_a_job_is_told_by_its_number_in_the_profile() -> None:
    gap = Experience(company="Northwind", start_date="2010", end_date="2011")
    met = evidence(replace(BACKEND_ENGINEER, experience=(gap, *BACKEND_ENGINEER.experience)), BACKEND_JOB)
    assert met["Java"].experience == 1
    assert score(replace(NURSE, experience=(gap, *NURSE.experience)), NURSE_JOB).best_experience == 1


def test_a_summary_in_place_of_jobs_is_no_job() -> None:
    told = replace(
        NEWCOMER, title="Java Developer", summary="Wrote payment services in Java at evening school."
    )
    found = score(told, asking("Java"))
    assert found.best_experience is None
    assert {each.experience for each in found.met} == {None}


def test_who_lists_a_skill_does_not_lack_it_though_it_is_worth_little() -> None:
    stuffed = replace(BAKER, skills=skills("Java", "Kubernetes", "PostgreSQL"))
    met = evidence(stuffed, asking("Java", "K8s", "SQL"))
    assert set(met) == {"Java", "K8s", "SQL"}
    assert all(each.worth < 0.3 for each in met.values())


def test_a_certificate_meets_a_term() -> None:
    certified = replace(BAKER, certifications=(Certification(name="CPA"),), skills=())
    assert evidence(certified, asking("CPA"))["CPA"].experience is None


def test_either_of_two_is_enough_and_both_of_two_are_needed() -> None:
    one = replace(ACCOUNTANT, certifications=(Certification(name="CIA"),))
    assert "CPA or CIA" in evidence(one, asking("CPA or CIA"))
    first = replace(BACKEND_ENGINEER, skills=skills("Django"))
    both = replace(first, skills=skills("Django", "Flask"))
    term = "Django and Flask"
    worth = [
        {each.term: each.worth for each in score(of, asking(term)).met}.get(term, 0) for of in (first, both)
    ]
    assert worth[0] < worth[1]


def test_the_best_met_come_first_and_what_is_required_before_what_is_preferred() -> None:
    found = score(BACKEND_ENGINEER, BACKEND_JOB)
    assert [each.worth for each in found.met] == sorted((each.worth for each in found.met), reverse=True)
    strange = score(BAKER, BACKEND_JOB)
    assert strange.missing == (*BACKEND_JOB.required_skills, *BACKEND_JOB.preferred_skills)
    assert strange.met == ()


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("posting", JOBS)
def test_every_term_is_either_met_or_missing(person: CandidateProfile, posting: JobPosting) -> None:
    found = score(person, posting)
    terms = [*(each.term for each in found.met), *found.missing]
    if posting.required_skills:
        assert sorted(terms) == sorted((*posting.required_skills, *posting.preferred_skills))
    assert all(each.experience is None or each.experience < len(person.experience) for each in found.met)


def test_names_that_look_alike_meet_nothing() -> None:
    javascript = replace(
        BAKER,
        skills=skills("JavaScript"),
        experience=(job("Web Developer", "2015-01", None, "Wrote JavaScript."),),
    )
    assert {each.how for each in score(javascript, asking("Java")).met} <= {"meaning"}
    listed = replace(BAKER, skills=skills("JavaScript"))
    assert score(listed, asking("Java")).missing == ("Java",)


def test_most_must_haves_without_any_evidence_hold_the_total_down() -> None:
    found = score(BAKER, BACKEND_JOB)
    assert "must_have_missing" in found.caps
    assert "must_have_missing" not in score(BACKEND_ENGINEER, BACKEND_JOB).caps
    assert "must_have_missing" not in score(BAKER, BARE_JOB).caps


def test_a_skill_part_of_100_has_nothing_required_missing() -> None:
    for person in PEOPLE:
        for posting in JOBS:
            found = score(person, posting)
            if set(found.missing) & set(posting.required_skills):
                assert found.skill_score < 100


def test_who_shows_nothing_of_what_is_required_is_held_down_however_like_the_work_is() -> None:
    for person in PEOPLE:
        for posting in JOBS:
            without = score(person, replace(posting, required_skills=()))
            strange = score(person, replace(posting, required_skills=("Basket weaving",)))
            assert strange.missing[0] == "Basket weaving"
            assert "must_have_missing" in strange.caps
            assert "must_have_missing" not in without.caps


def test_who_shows_one_of_few_must_haves_is_not_held_down() -> None:
    assert "must_have_missing" not in score(BACKEND_ENGINEER, asking("Java", "Basket weaving")).caps
