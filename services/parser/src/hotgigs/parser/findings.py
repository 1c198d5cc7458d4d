"""The values of parsed data, each with where it is printed and what speaks for and against it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from hotgigs.contracts.resume_data import Certification, Education, Experience, ResumeData
from hotgigs.parser.document import Document
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.places import country_of, is_place
from hotgigs.parser.roles import names_role
from hotgigs.parser.sections import Section
from hotgigs.parser.text_index import Place, TextIndex

_LONG = 60
"""Characters."""
_NEAR = 4
"""Lines between a job's title and its dates, at most, in a resume of the usual kind."""

Signs = Mapping[str, float]
"""Numbers between 0 and 1 by name, of what is told by the value itself and where it stands."""


class Finding(Struct, frozen=True):
    """``pointer`` is a JSON Pointer into the data; ``field`` is the same for all entries of a list."""

    pointer: str
    field: str
    value: str
    place: Place | None
    signs: Signs


def findings(document: Document, sections: Sequence[Section], data: ResumeData) -> Iterator[Finding]:
    """Of every printed value of ``data``, in the data's order; what is concluded is not among them."""
    printed = TextIndex(document.lines)
    usual = {
        "flowing": float(not document.has_geometry),
        "columns": float(any(line.column for line in document.lines)),
    }
    for finding in _all(printed, sections, data):
        signs = {**usual, **finding.signs, "unprinted": float(finding.place is None)}
        if finding.place:
            signs["misread"] = 1 - min(line.confidence for line in finding.place.lines)
        yield Finding(finding.pointer, finding.field, finding.value, finding.place, signs)


def _all(printed: TextIndex, sections: Sequence[Section], data: ResumeData) -> Iterator[Finding]:
    yield from _contact(printed, data)
    yield from _experience(printed, _begin_of(printed, sections, "experience"), data.experience)
    yield from _education(printed, _begin_of(printed, sections, "education"), data.education)
    near = _begin_of(printed, sections, "skills")
    several = float(len(data.skills) > 3)
    for index, skill in enumerate(data.skills):
        place = printed.find(skill.name, near)
        signs = {
            "known": float(skill.canonical is not None or skill.category is not None),
            "words": min(1.0, (len(skill.name.split()) - 1) / 4),
            "several": several,
        }
        yield Finding(f"/skills/{index}/name", "skills.name", skill.name, place, signs)
    yield from _certifications(printed, _begin_of(printed, sections, "certifications"), data.certifications)
    near = _begin_of(printed, sections, "languages")
    for index, language in enumerate(data.languages):
        place = printed.find(language.name, near)
        yield Finding(f"/languages/{index}/name", "languages.name", language.name, place, {})
        if language.proficiency:
            level = printed.find(language.proficiency, place.begin if place else near)
            pointer = f"/languages/{index}/proficiency"
            yield Finding(pointer, "languages.proficiency", language.proficiency, level, {})


def _begin_of(printed: TextIndex, sections: Sequence[Section], kind: str) -> int:
    """Where the first section of a kind begins; 0 where there is none."""
    for section in sections:
        if section.kind == kind and section.lines:
            place = printed.find(f"{section.heading}{section.lines[0].text}") or printed.find(
                section.lines[0].text
            )
            return place.begin if place else 0
    return 0


def _contact(printed: TextIndex, data: ResumeData) -> Iterator[Finding]:
    name, email = data.full_name, data.email
    place = printed.find(name) if name else None
    if name:
        parts = [part for part in name.casefold().split() if len(part) > 2]
        in_email = float(bool(email) and any(part in str(email).casefold() for part in parts))
        signs = {
            "role": float(names_role(name)),
            "organisation": float(names_organisation(name)),
            "long": float(len(name.split()) > 3),
            "in_email": in_email,
            "late": float(place is not None and place.begin > 300),
        }
        yield Finding("/full_name", "full_name", name, place, signs)
    near = place.begin if place else 0
    if email:
        yield Finding("/email", "email", email, printed.find(email, near), {})
    if data.phone:
        local = {"local": float(not data.phone.startswith("+"))}
        yield Finding("/phone", "phone", data.phone, printed.find_digits(data.phone), local)
    if data.location:
        signs = {"country": float(country_of(data.location) is not None)}
        yield Finding("/location", "location", data.location, printed.find(data.location, near), signs)
    if data.summary:
        signs = {"long": float(len(data.summary) > 600), "short": float(len(data.summary) < 80)}
        yield Finding("/summary", "summary", data.summary, printed.find_start(data.summary, near), signs)


def _experience(printed: TextIndex, begin: int, jobs: Sequence[Experience]) -> Iterator[Finding]:
    near = begin
    for index, job in enumerate(jobs):
        title = printed.find(job.title, near) if job.title else None
        anchor = title.begin if title else near
        company = printed.find(job.company, anchor) if job.company else None
        if title is None and company is not None:
            anchor = company.begin
        date = job.start_date or job.end_date
        dates = printed.find_date(date, anchor) if date else None
        entry = _job_signs(job, title, dates)
        path, field = f"/experience/{index}", "experience"
        if job.title:
            yield Finding(f"{path}/title", f"{field}.title", job.title, title, entry)
        if job.company:
            yield Finding(f"{path}/company", f"{field}.company", job.company, company, entry)
        if job.location:
            signs = {**entry, "place": float(is_place(job.location))}
            place = printed.find(job.location, anchor)
            yield Finding(f"{path}/location", f"{field}.location", job.location, place, signs)
        if job.start_date:
            signs = {**entry, "year": float(len(job.start_date) == 4)}
            yield Finding(f"{path}/start_date", f"{field}.start_date", job.start_date, dates, signs)
        if job.end_date:
            signs = {**entry, "year": float(len(job.end_date) == 4)}
            ended = printed.find_date(job.end_date, anchor)
            yield Finding(f"{path}/end_date", f"{field}.end_date", job.end_date, ended, signs)
        if job.current:
            yield Finding(f"{path}/current", f"{field}.current", "true", dates, entry)
        if job.description:
            told = printed.find_start(job.description, anchor)
            yield Finding(f"{path}/description", f"{field}.description", job.description, told, entry)
        for number, text in enumerate(job.achievements):
            told = printed.find_start(text, anchor)
            pointer = f"{path}/achievements/{number}"
            yield Finding(pointer, f"{field}.achievements", text, told, entry)
        near = max(near, anchor + 1)


def _job_signs(job: Experience, title: Place | None, dates: Place | None) -> Signs:
    role = bool(job.title) and names_role(job.title or "")
    organisation = bool(job.company) and names_organisation(job.company or "")
    apart = title is not None and dates is not None and abs(title.line_number - dates.line_number) > _NEAR
    return {
        "role": float(role),
        "organisation": float(organisation),
        "title_is_organisation": float(names_organisation(job.title or "")),
        "company_is_role": float(names_role(job.company or "")),
        "no_title": float(not job.title),
        "no_company": float(not job.company),
        "no_location": float(not job.location),
        "long": float(len(job.title or "") > _LONG or len(job.company or "") > _LONG),
        "apart": float(apart),
    }


def _education(printed: TextIndex, begin: int, entries: Sequence[Education]) -> Iterator[Finding]:
    near = begin
    for index, entry in enumerate(entries):
        first = entry.degree or entry.institution or ""
        anchor = place.begin if (place := printed.find(first, near)) else near
        signs = {
            "whole": float(bool(entry.degree and entry.institution)),
            "dated": float(bool(entry.graduation_date)),
            "organisation": float(names_organisation(entry.institution or "")),
            "long": float(len(entry.degree or "") > _LONG or len(entry.institution or "") > _LONG),
        }
        values = {
            "degree": entry.degree, "institution": entry.institution, "location": entry.location,
            "graduation_date": entry.graduation_date, "gpa": entry.gpa,
        }  # fmt: skip
        for name, value in values.items():
            if value:
                find = printed.find_date if name == "graduation_date" else printed.find
                pointer = f"/education/{index}/{name}"
                yield Finding(pointer, f"education.{name}", value, find(value, anchor), signs)
        near = max(near, anchor + 1)


def _certifications(printed: TextIndex, begin: int, entries: Sequence[Certification]) -> Iterator[Finding]:
    near = begin
    for index, entry in enumerate(entries):
        place = printed.find(entry.name, near)
        anchor = place.begin if place else near
        signs = {
            "whole": float(bool(entry.issuer)),
            "dated": float(bool(entry.issue_date)),
            "long": float(len(entry.name) > _LONG),
        }
        values = {
            "name": entry.name, "issuer": entry.issuer, "issue_date": entry.issue_date,
            "expiry_date": entry.expiry_date,
        }  # fmt: skip
        for name, value in values.items():
            if value:
                find = printed.find_date if name.endswith("date") else printed.find
                pointer = f"/certifications/{index}/{name}"
                yield Finding(pointer, f"certifications.{name}", value, find(value, anchor), signs)
        near = max(near, anchor + 1)
