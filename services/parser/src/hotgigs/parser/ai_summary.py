"""Two or three plain sentences about a candidate, each made from parsed values only."""

from collections.abc import Iterator, Sequence

from hotgigs.contracts.resume_data import Education, Experience

_DEGREE_RANKS = (
    ("ph.d", "phd", "doctor", "dr.", "doktor", "doutorado", "doctorado", "doctorat"),
    ("master", "m.sc", "msc", "mba", "m.a", "m.s", "m.eng", "magister", "máster", "mestrado", "diplom-"),
    ("bachelor", "b.sc", "bsc", "b.a", "b.s", "b.e", "b.tech", "licence", "licenciatura", "grado", "degree"),
)


def summarise(
    experience: Sequence[Experience], years: float, top_skills: Sequence[str], education: Sequence[Education]
) -> str | None:
    """None where neither a job nor a degree nor a skill was parsed."""
    return " ".join(_sentences(experience, years, top_skills, education)) or None


def _sentences(
    experience: Sequence[Experience], years: float, top_skills: Sequence[str], education: Sequence[Education]
) -> Iterator[str]:
    latest = next((job for job in experience if job.current), experience[0] if experience else None)
    if latest and (latest.title or latest.company):
        yield _role(latest, years)
    if top_skills:
        yield f"Skills include {_listed(top_skills[:3])}."
    degree = _highest(education)
    if degree and degree.degree:
        at = f" from {degree.institution}" if degree.institution else ""
        yield f"Education: {degree.degree}{at}."


def _role(job: Experience, years: float) -> str:
    who = " at ".join(text for text in (job.title, job.company) if text)
    when = "Currently" if job.current else "Most recently"
    total = f", with {years:g} years of experience in all" if years >= 1 else ""
    return f"{when} {who}{total}."


def _listed(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _highest(education: Sequence[Education]) -> Education | None:
    def rank(entry: Education) -> int:
        name = (entry.degree or "").casefold()
        return next((n for n, words in enumerate(_DEGREE_RANKS) if any(word in name for word in words)), 9)

    return min(education, key=rank, default=None)
