"""Check a part of the matching set: shapes, ids, dates; that the grades are complete and keep their rules."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator

from part import PARTS, Candidate, Part, Posting, read

NOW = "2026-11"
FAMILIES = {"develop": 4, "unseen": 5}
PEOPLE, POSTINGS = 12, 3  # of each family


def numbered(ids: list[str], count: int) -> bool:
    """Two letters and 01 to ``count``, in order."""
    return ids == [f"{ids[0][:2]}{n:02}" for n in range(1, count + 1)] if ids else False


def of_candidate(person: Candidate) -> Iterator[str]:
    jobs = person.experience
    if not person.email.endswith("@example.com"):
        yield "the mail address is not of example.com"
    if not 2 <= len(jobs) <= 4 or not all(2 <= len(job.bullets) <= 5 for job in jobs):
        yield "not 2 to 4 jobs of 2 to 5 bullets"
    if not person.education or not 6 <= len(person.skills) <= 16:
        yield "no education, or not 6 to 16 skills"
    if sum(job.current for job in jobs) > 1:
        yield "more than one present job"
    starts = [job.start_date for job in jobs]
    if starts != sorted(starts, reverse=True):
        yield "jobs are not newest first"
    for job in jobs:
        if job.current != (job.end_date is None):
            yield f"{job.title}: present and ended, or neither"
        if not "1970-01" < job.start_date < (job.end_date or NOW) <= NOW:
            yield f"{job.title}: from {job.start_date} to {job.end_date}"
    for study in person.education:
        if not "1970" <= study.graduation_date <= NOW[:4]:
            yield f"{study.degree}: {study.graduation_date}"


def of_posting(posting: Posting) -> Iterator[str]:
    words = len(posting.description.split())
    if not 120 <= words <= 220:
        yield f"the description has {words} words"
    if posting.required_skills and not 4 <= len(posting.required_skills) <= 7:
        yield f"{len(posting.required_skills)} required skills"
    if not 2 <= len(posting.preferred_skills) <= 5:
        yield f"{len(posting.preferred_skills)} preferred skills"
    if posting.max_years is not None and posting.max_years < (posting.min_years or 0):
        yield "fewer years at most than at least"


def country(location: str) -> str:
    return location.rpartition(",")[2].strip()


def of_grades(part: Part, posting: Posting, family: set[str]) -> Iterator[str]:
    """What is broken of: all are graded; 2 or 3 threes, all of the posting's family; 2 to 4 twos and 1 to 3
    ones in it; at most 1 for somebody of another country than a posting that is not remote."""
    grades = part.grades.get(posting.id, {})
    if list(grades) != [person.id for person in part.candidates]:
        yield "the grades do not name every candidate in order"
        return
    threes = [one for one, grade in grades.items() if grade == 3]
    if not 2 <= len(threes) <= 3 or not family.issuperset(threes):
        yield f"graded 3: {threes}"
    within = Counter(grades[one] for one in family)
    if not 2 <= within[2] <= 4 or not 1 <= within[1] <= 3:
        yield f"{within[2]} twos and {within[1]} ones in the family"
    for person in part.candidates:
        abroad = not posting.remote and country(person.location) != country(posting.location)
        if abroad and grades[person.id] > 1:
            yield f"{person.id} is graded {grades[person.id]} from another country"


def findings(part: Part, *, families: int) -> Iterator[str]:
    ids = [person.id for person in part.candidates]
    postings = [posting.id for posting in part.postings]
    if not numbered(ids, PEOPLE * families) or not numbered(postings, POSTINGS * families):
        yield "ids are not numbered from 01 without gaps"
        return
    for field in ("full_name", "email", "phone"):
        count = Counter(getattr(person, field) for person in part.candidates)
        yield from (f"{field} of more than one: {value}" for value, n in count.items() if n > 1)
    for person in part.candidates:
        yield from (f"{person.id}: {wrong}" for wrong in of_candidate(person))
    if set(part.grades) != {posting.id for posting in part.postings}:
        yield "the grades name other postings"
    untold = sum(not posting.required_skills for posting in part.postings)
    if untold != families * POSTINGS // 3:
        yield f"{untold} postings without required skills"
    for n, posting in enumerate(part.postings):
        start = n // POSTINGS * PEOPLE
        yield from (f"{posting.id}: {wrong}" for wrong in of_posting(posting))
        yield from (
            f"{posting.id}: {wrong}" for wrong in of_grades(part, posting, set(ids[start : start + PEOPLE]))
        )
        if not re.search(rf"^- \*\*{posting.id}\*\* \S", part.rationale, re.MULTILINE):
            yield f"{posting.id}: no line in rationale.md"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=PARTS, required=True)
    name = arguments.parse_args().part
    part = read(name)
    found = list(findings(part, families=FAMILIES[name]))
    print("\n".join(found) or f"{len(part.candidates)} people, {len(part.postings)} postings: nothing found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
