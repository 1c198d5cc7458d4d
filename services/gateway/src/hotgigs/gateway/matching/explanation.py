"""Why a candidate matches a job, in two sentences: what speaks for it, and what against; pure.

They are made of the evidence, the job, and the jobs in the profile that the reader sees: whatever else is
known of the candidate cannot get in.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel, JobPosting
from hotgigs.contracts.match_state import Cap, TermEvidence
from hotgigs.gateway.matching.evidence import Evidence
from hotgigs.gateway.matching.phrases import asked_years, joined, quoted, years

MOST_NAMED = 5
"""Of the skills that are met, and of those that are missing."""

_TIERS = ((90, "Excellent"), (80, "Strong"), (60, "Good"), (40, "Partial"), (0, "Weak"))
_LEVELS: tuple[EducationLevel, ...] = (
    "none",
    "high_school",
    "associate",
    "bachelor",
    "master",
    "doctorate",
)
_HELD = {
    "none": "no degree",
    "high_school": "a high school diploma",
    "associate": "an associate degree",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
    "doctorate": "a doctorate",
}
_NEAR = {
    "remote": "the job can be done from anywhere",
    "same_city": "in the same city as the job",
    "commutable": "within commuting distance of the job",
    "same_region": "in the same region as the job",
}
_FAR = {
    "same_country": "in another part of the country",
    "abroad": "in another country",
    "unknown": "no location to compare with the job's",
}
_SENIORITY = {
    "far_below": "far less senior than the job",
    "below": "less senior than the job",
    "above": "more senior than the job",
    "far_above": "far more senior than the job",
}
_CAPS: dict[Cap, str] = {
    "abroad": "the job is on site in another country",
    "out_of_reach": "the job is on site and out of daily reach",
    "must_have_missing": "a must-have is without any evidence",
    "other_profession": "the experience is in another profession",
    "too_junior": "the experience is too junior for the job",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Position(Struct, frozen=True, kw_only=True):
    """A job of the profile that the reader sees; dates as in `Experience`."""

    title: str | None = None
    company: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    current: bool = False


def explanation(
    score: float, evidence: Evidence, posting: JobPosting, positions: Sequence[Position], *, today: date
) -> str:
    """``positions`` are those that the evidence counts; none of them is named where they are not known."""
    tier = next(word for least, word in _TIERS if score >= least)
    speaks_for = list(_for(evidence, posting, positions, today)) or ["nothing in the profile speaks for it"]
    against = list(_against(evidence, posting))
    second = f"Against it: {'; '.join(against)}." if against else "Nothing that the job asks for is missing."
    return f"{tier} match: {'; '.join(speaks_for)}. {second}"


def _for(
    evidence: Evidence, posting: JobPosting, positions: Sequence[Position], today: date
) -> Iterator[str]:
    if evidence.met:
        yield f"{_how_many(evidence)} ({_where(evidence.met[:MOST_NAMED], positions, today)})"
    if evidence.relevant_years >= max(posting.min_years or 0, 0.5):
        yield _relevant(evidence, posting)
    if evidence.seniority == "fitting" and evidence.relevant_years >= 0.5:
        yield "seniority that fits"
    held = _LEVELS.index(evidence.education_held)
    if 0 < _LEVELS.index(posting.education_level) <= held:
        yield _degree(evidence, posting)
    if evidence.nearness in _NEAR:
        yield _NEAR[evidence.nearness]


def _against(evidence: Evidence, posting: JobPosting) -> Iterator[str]:
    if evidence.missing:
        yield f"no evidence of {joined([*map(quoted, evidence.missing)], most=MOST_NAMED)}"
    if evidence.relevant_years < (posting.min_years or 0):
        yield _relevant(evidence, posting)
    elif evidence.relevant_years < 0.5:
        yield "no relevant experience is shown"
    if evidence.seniority in _SENIORITY and "too_junior" not in evidence.caps:
        yield _SENIORITY[evidence.seniority]
    if _LEVELS.index(evidence.education_held) < _LEVELS.index(posting.education_level):
        yield _degree(evidence, posting)
    is_told_by_cap = {"abroad", "out_of_reach"} & {*evidence.caps}
    if evidence.nearness in _FAR and posting.location and not posting.remote and not is_told_by_cap:
        yield _FAR[evidence.nearness]
    if evidence.caps:
        yield f"the score is held down because {joined([_CAPS[cap] for cap in evidence.caps])}"


def _how_many(evidence: Evidence) -> str:
    met, asked = len(evidence.met), len(evidence.met) + len(evidence.missing)
    match met, asked:
        case 1, 1:
            return "the one skill asked for"
        case 2, 2:
            return "both skills asked for"
        case _ if met == asked:
            return f"all {asked} skills asked for"
        case _:
            return f"{'one' if met == 1 else met} of the {asked} skills asked for"


def _where(met: Sequence[TermEvidence], positions: Sequence[Position], today: date) -> str:
    """The terms, by the job that shows them; those of no job that is known last."""
    terms: dict[str, list[str]] = {}
    for each in met:
        at = each.experience
        place = "" if at is None or not 0 <= at < len(positions) else _place(positions[at], today)
        terms.setdefault(place, []).append(_term(each))
    bare = terms.pop("", [])
    shown = [f"{joined(named)} {place}" for place, named in terms.items()]
    if bare:
        shown.append(f"{joined(bare)} {'elsewhere ' if shown else ''}in the profile")
    return ", ".join(shown)


def _term(met: TermEvidence) -> str:
    term, known_as = quoted(met.term), quoted(met.known_as)
    if not known_as or known_as.casefold() == term.casefold():
        return f"{term} in other words" if met.how == "meaning" else term
    match met.how:
        case "hierarchy":
            return f"{term} by {known_as}"
        case "meaning":
            return f"{term} by the related {known_as}"
        case _:
            return f"{term} as {known_as}"


def _place(position: Position, today: date) -> str:
    """Empty for a job that has no name."""
    title, company = quoted(position.title), quoted(position.company)
    parts = [f"as {title}" if title else "", f"at {company}" if company else ""]
    if not any(parts):
        return ""
    if (lasted := _lasted(position, today)) is not None:
        parts.append(f"for {years(round(2 * lasted) / 2)}")
    return " ".join(filter(None, parts))


def _lasted(position: Position, today: date) -> float | None:
    """In years, first and last month whole; None without dates."""
    now = 12 * today.year + today.month - 1
    first = _month(position.start_date, default=1)
    last = now if position.current else _month(position.end_date, default=12)
    if first is None or last is None or first > min(last, now):
        return None
    return (min(last, now) - first + 1) / 12


def _month(printed: str | None, *, default: int) -> int | None:
    """Of ``YYYY`` or ``YYYY-MM``, in months since year 0."""
    found = _DATE.fullmatch(printed or "")
    return 12 * int(found[1]) + int(found[2] or default) - 1 if found else None


def _relevant(evidence: Evidence, posting: JobPosting) -> str:
    shown = f"{years(evidence.relevant_years)} of relevant experience"
    if posting.min_years:
        return f"{shown} where {asked_years(posting.min_years)} asked for"
    return shown


def _degree(evidence: Evidence, posting: JobPosting) -> str:
    held, asked = _HELD[evidence.education_held], _HELD[posting.education_level]
    if held == asked:
        return f"{asked}, as asked for"
    return f"{held}{' is shown' * (evidence.education_held == 'none')} where {asked} is asked for"
