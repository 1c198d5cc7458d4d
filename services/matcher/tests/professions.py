"""People and postings of several professions, and what scoring finds of a pair of them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting, MatchWeights
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, Skill
from hotgigs.embeddings import DIMENSIONS, Embedder, Vectors
from hotgigs.matcher.scoring.features import candidate_features, job_features
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring.scorer import score_candidates

TODAY = date(2026, 11, 20)
EMBEDDER = Embedder()
_SEEN: dict[str, Vectors] = {}


def embed(texts: Sequence[str]) -> Vectors:
    """By the real model, each text once in a session: in other company its last bits may differ."""
    new = [text for text in dict.fromkeys(texts) if text not in _SEEN]
    _SEEN.update(zip(new, EMBEDDER.embed(new), strict=True))
    return np.array([_SEEN[text] for text in texts], np.float32).reshape(-1, DIMENSIONS)


def packed(profile: CandidateProfile) -> bytes:
    return candidate_features(profile, embed).packed


def packed_job(posting: JobPosting) -> bytes:
    return job_features(posting, embed).packed


def score(
    profile: CandidateProfile,
    posting: JobPosting,
    *,
    weights: MatchWeights | None = None,
    today: date = TODAY,
) -> Scored:
    return score_candidates(
        packed_job(posting), [packed(profile)], weights=weights or MatchWeights(), today=today
    ).scored(0)


def skills(*names: str) -> tuple[Skill, ...]:
    return tuple(Skill(name=name) for name in names)


def job(title: str, start: str, end: str | None, *lines: str) -> Experience:
    return Experience(
        title=title,
        company="Northwind",
        start_date=start,
        end_date=end,
        current=end is None,
        achievements=lines,
    )


BACKEND_ENGINEER = CandidateProfile(
    full_name="Amara Okafor",
    email="amara@mail.example",
    phone="+442079460123",
    location="Leeds, UK",
    title="Backend Engineer",
    summary="Builds payment systems.",
    experience=(
        job(
            "Backend Engineer",
            "2021-03",
            None,
            "Built card payment services in Java and Spring Boot that settle 2 million transfers a day.",
            "Moved the ledger from one large database to event-driven services on Kafka.",
            "Ran the services on K8s and was on call for them one week in five.",
        ),
        job(
            "Software Developer",
            "2017-09",
            "2021-02",
            "Wrote invoicing modules in Java with PostgreSQL.",
            "Introduced automated integration tests and code review.",
        ),
    ),
    education=(Education(degree="BSc Computer Science", institution="Elm College", graduation_date="2017"),),
    skills=skills("Java", "Spring Boot", "Kafka", "PostgreSQL", "Docker"),
    languages=(Language(name="English"),),
    total_experience_years=9.2,
)
NURSE = CandidateProfile(
    full_name="Lena Brandt",
    location="Hamburg, Germany",
    title="Intensive Care Nurse",
    experience=(
        job(
            "Intensive Care Nurse",
            "2019-01",
            None,
            "Cared for ventilated patients after heart surgery on a unit of twelve beds.",
            "Trained new colleagues in infection control and the handling of syringe pumps.",
        ),
        job("Staff Nurse", "2015-04", "2018-12", "Gave medication and dressed wounds on a surgical ward."),
    ),
    education=(Education(degree="Bachelor of Nursing", graduation_date="2015"),),
    skills=skills("Wound care", "Mechanical ventilation"),
    certifications=(Certification(name="Advanced Life Support"),),
    languages=(Language(name="German"), Language(name="English")),
)
BAKER = CandidateProfile(
    full_name="Joan Miller",
    location="Lyon, France",
    title="Baker",
    experience=(
        job(
            "Baker",
            "2012-05",
            None,
            "Baked sourdough bread and viennoiserie for a shop and four restaurants every night.",
            "Ordered flour and butter and kept the hygiene records of the bakery.",
        ),
    ),
    skills=skills("Bread baking", "Pastry", "Food hygiene"),
)
ACCOUNTANT = CandidateProfile(
    full_name="Pedro Salas",
    location="Austin, TX",
    title="Senior Accountant",
    experience=(
        job(
            "Senior Accountant",
            "2020-02",
            None,
            "Closed the books of three companies within five working days of the month's end.",
            "Reconciled bank accounts and prepared consolidated financial statements in NetSuite.",
        ),
        job("Accountant", "2016-06", "2020-01", "Posted journals and prepared the yearly audit file."),
    ),
    education=(Education(degree="Master of Accounting", graduation_date="2016"),),
    skills=skills("Accounting", "NetSuite", "Microsoft Excel"),
    certifications=(Certification(name="CPA"),),
)
ELECTRICIAN = CandidateProfile(
    full_name="Tomasz Zielinski",
    location="Chicago, IL",
    title="Electrician",
    experience=(
        job(
            "Electrician",
            "2018-03",
            None,
            "Wired apartment blocks and offices from the distribution board to the last socket.",
            "Found and repaired faults in motors and control panels.",
        ),
    ),
    education=(Education(degree="High School Diploma"),),
    skills=skills("Electrical wiring", "Blueprint reading"),
)
NEWCOMER = CandidateProfile(full_name="Ines Duarte")
PEOPLE = (BACKEND_ENGINEER, NURSE, BAKER, ACCOUNTANT, ELECTRICIAN, NEWCOMER)

BACKEND_JOB = JobPosting(
    title="Backend Engineer, Payments",
    location="Manchester, UK",
    description="You build and run the services that move our customers' money. You write Java every day, "
    "design event-driven services and look after what you built. We pay for your training.",
    required_skills=("Java", "SQL", "Kubernetes"),
    preferred_skills=("Kafka", "AWS"),
    min_years=4,
    education_level="bachelor",
)
NURSE_JOB = JobPosting(
    title="Intensive Care Nurse",
    location="Hamburg, Germany",
    description="You care for critically ill adults in a team of forty. Ventilated patients are your daily "
    "work. You pass on what you know to students.",
    required_skills=("Critical care nursing", "Mechanical ventilation"),
    preferred_skills=("Wound care",),
    min_years=2,
)
BAKER_JOB = JobPosting(
    title="Night Baker",
    location="Lyon",
    description="Our bread is made by hand. You prepare dough, run the ovens and keep the bakery clean.",
    required_skills=("Bread baking", "Food hygiene"),
    min_years=1,
    max_years=10,
)
ACCOUNTANT_JOB = JobPosting(
    title="Accounting Manager",
    remote=True,
    description="You own the monthly close and the consolidated statements. You lead two accountants. "
    "Experience with an ERP system is required. A CPA would be welcome.",
    min_years=6,
    education_level="bachelor",
)
ELECTRICIAN_JOB = JobPosting(
    title="Apprentice Electrician",
    location="Chicago, IL",
    description="You learn to wire new buildings next to an experienced electrician.",
    required_skills=("Electrical wiring",),
    max_years=2,
)
BARE_JOB = JobPosting(title="Gardener")
JOBS = (BACKEND_JOB, NURSE_JOB, BAKER_JOB, ACCOUNTANT_JOB, ELECTRICIAN_JOB, BARE_JOB)
