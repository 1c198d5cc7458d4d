"""What a body shows of a candidate whose contact is hidden from whoever hears."""

import re
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.told_notifier import happened, match_facts, resume_facts, share_facts

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.showing import Candidate, Job, data_of
from hotgigs.redaction.hiding import contact_of

EMAILS = ("quuxford.9@example.com", "q.ford@home.example")
PHONES = ("+44 20 7946 0958", "(020) 7946-0123")
CANDIDATE_ID, JOB_ID, RECRUITER_ID = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 5, 1, tzinfo=UTC)

HIDDEN = [CandidateProfile(email=email, phone=phone) for email, phone in zip(EMAILS, PHONES, strict=True)]
"""What the candidates and resumes of the group say."""
contacts = st.one_of(
    st.sampled_from(EMAILS),
    st.sampled_from(EMAILS).map(str.upper),
    st.sampled_from(EMAILS).map(lambda email: email.replace("@", " at ").replace(".", " dot ")),
    st.sampled_from(EMAILS).map(lambda email: email.replace("@", "&#64;")),
    st.sampled_from(EMAILS).map(lambda email: f"<a href='mailto:{email}'>mail</a>"),
    st.just("quuxford.9"),
    st.sampled_from(PHONES),
    st.sampled_from(PHONES).map(lambda phone: re.sub(r"\D", "", phone)),
    st.sampled_from(PHONES).map(lambda phone: "-".join(re.sub(r"\D", "", phone))),
    st.just("somebody.else@example.org"),
)
words = st.sampled_from(["Weaver", "Call me:", "Python 3.11", "—", "(since 2019)", "C++"])
texts = st.lists(words | contacts, min_size=1, max_size=4).map(" ".join)
candidates = st.builds(
    Candidate,
    candidate_id=st.just(CANDIDATE_ID),
    source=st.just("resume_import"),
    added_at=st.just(NOW),
    profile=st.builds(
        CandidateProfile,
        full_name=st.none() | words,
        email=st.none() | st.sampled_from(EMAILS),
        phone=st.none() | st.sampled_from(PHONES),
        title=st.none() | texts,
        location=st.none() | texts,
        top_skills=st.lists(texts, max_size=3).map(tuple),
    ),
    contact=st.just(contact_of(*HIDDEN)),
)
jobs = st.builds(Job, title=texts, company_name=st.none() | texts)
terms = st.lists(texts, max_size=3).map(tuple)
events = st.one_of(
    st.just(happened("candidate.added", candidate_id=CANDIDATE_ID, occurred_at=NOW)),
    st.just(
        happened("candidate.shared", share_facts(RECRUITER_ID), candidate_id=CANDIDATE_ID, occurred_at=NOW)
    ),
    st.builds(
        happened,
        st.just("match.created"),
        st.builds(match_facts, matching_skills=terms, missing_skills=terms),
        candidate_id=st.just(CANDIDATE_ID),
        job_id=st.just(JOB_ID),
        occurred_at=st.just(NOW),
    ),
)


def strings_of(node: object) -> list[str]:
    match node:
        case str():
            return [node]
        case dict():
            return [each for value in node.values() for each in strings_of(value)]
        case list() | tuple():
            return [each for value in node for each in strings_of(value)]
        case _:
            return []


@given(event=events, candidate=candidates, job=jobs)
def test_no_text_of_a_body_shows_a_hidden_contact(event: Happened, candidate: Candidate, job: Job) -> None:
    data = data_of(event, "contact_hidden", candidate=candidate, job=job)
    shown = msgspec.to_builtins(data)
    assert data is not None
    assert shown.get("email") is None
    assert shown.get("phone") is None
    ids = ("event_id", "candidate_id", "recruiter_id", "match_id", "job_id")
    for text in strings_of({name: value for name, value in shown.items() if name not in ids}):
        letters = re.sub(r"[\W_]", "", text.casefold())
        digits = re.sub(r"\D", "", text)
        for told in ("quuxford", "qfordathome", "qfordhome", "somebodyelse"):
            assert told not in letters, text
        for number in ("79460958", "79460123"):
            assert number[-6:] not in digits, text


@given(event=events, candidate=candidates, job=jobs)
def test_whoever_may_see_the_contact_sees_every_text_as_it_is(
    event: Happened, candidate: Candidate, job: Job
) -> None:
    shown = msgspec.to_builtins(data_of(event, "whole", candidate=candidate, job=job))
    profile = candidate.profile
    if event.event == "match.created":
        told = (shown["candidate_name"], shown["candidate_title"], shown["job_title"], shown["company_name"])
        assert told == (profile.full_name, profile.title, job.title, job.company_name)
        assert shown["matching_skills"] == event.facts.matching_skills
    else:
        told = (shown["full_name"], shown["email"], shown["phone"], shown["title"], shown["top_skills"])
        assert told == (profile.full_name, profile.email, profile.phone, profile.title, profile.top_skills)


@given(event=events, candidate=candidates, name=st.sampled_from(EMAILS + PHONES))
def test_no_name_shows_a_hidden_contact(event: Happened, candidate: Candidate, name: str) -> None:
    named = msgspec.structs.replace(candidate.profile, full_name=f"Ada {name}")
    candidate = msgspec.structs.replace(candidate, profile=named)
    shown = msgspec.to_builtins(
        data_of(event, "contact_hidden", candidate=candidate, job=Job(title="Weaver"))
    )
    assert shown.get("full_name", shown.get("candidate_name")) == "Ada [hidden]"


@pytest.mark.parametrize("sight", ["whole", "contact_hidden"])
def test_a_share_says_on_which_conditions_and_a_file_shows_the_contact(sight: str) -> None:
    candidate = Candidate(
        candidate_id=CANDIDATE_ID,
        version=3,
        source="resume_import",
        added_at=NOW,
        profile=CandidateProfile(),
    )
    event = happened(
        "candidate.shared",
        share_facts(RECRUITER_ID, share_version=7, can_download_resume=True, can_submit_to_jobs=True),
        version=7,
        candidate_id=CANDIDATE_ID,
    )
    shown = msgspec.to_builtins(data_of(event, sight, candidate=candidate))
    is_whole = sight == "whole"
    assert (shown["can_view_contact_info"], shown["can_download_resume"]) == (is_whole, is_whole)
    assert (shown["version"], shown["share_version"], shown["can_submit_to_jobs"]) == (3, 7, True)


@pytest.mark.parametrize("event", ["candidate.added", "candidate.shared", "match.created"])
def test_nothing_is_shown_of_what_is_gone(event: str) -> None:
    facts = share_facts(RECRUITER_ID) if event == "candidate.shared" else None
    what = happened(event, facts, candidate_id=CANDIDATE_ID, job_id=JOB_ID)
    assert data_of(what, "whole", job=Job(title="Weaver")) is None


def test_a_resume_that_failed_says_why() -> None:
    facts = resume_facts(RECRUITER_ID, error_message="It is protected by a password.")
    event = happened("resume.processing.failed", facts, resume_id=UUID(int=4))
    shown = msgspec.to_builtins(data_of(event, "whole"))
    assert (shown["status"], shown["error_message"], shown["candidate_id"]) == (
        "failed",
        "It is protected by a password.",
        None,
    )
