"""Two or three plain sentences about a candidate, each made from parsed values only.

English, around the candidate's own words: titles, names, degrees and the quotation stay as printed, in
whatever language. The embedding model chooses a field of work out of a closed list and which passage to
quote; no word is of its making.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from hotgigs.contracts.resume_data import Education, Experience, ResumeData
from hotgigs.embeddings import Vectors
from hotgigs.parser.domains import domain_of
from hotgigs.parser.strengths import Strength, strengths
from hotgigs.parser.vocabulary import load

Embed = Callable[[Sequence[str]], Vectors]

_DEGREE_RANKS = (
    ("ph.d", "phd", "doctor", "dr.", "doktor", "doutorado", "doctorado", "doctorat"),
    ("master", "m.sc", "msc", "mba", "m.a", "m.s", "m.eng", "magister", "máster", "mestrado", "diplom-"),
    ("bachelor", "b.sc", "bsc", "b.a", "b.s", "b.e", "b.tech", "licence", "licenciatura", "grado", "degree"),
)
_ASKED_SKILLS = 6
"""That tell the model, beside the title, what the work is about."""
_MAX_ASKED_CHARS = 200
_NAMED_SKILLS = 3
_MAX_NAME_CHARS = 100
"""Of a title, company, degree or institution; what is longer is none, but was taken for one."""
_LIKENESS_OF_A_FIGURE = 0.15
"""In cosine: how much nearer to the role a passage without a figure must be to be quoted before one with."""
_LIKENESS_OF_THE_LATEST = 0.05
"""In cosine likewise, of the company named in the first sentence before others."""
_LEAST_LIKENESS = 0.15
"""Of a passage to the role, to be quoted at all."""
_RANKS = frozenset(load("ranks")["words"])
_LEAST_LETTERS = 3


def summarise(resume: ResumeData, today: date, embed: Embed) -> str | None:
    """None where neither a job nor a degree nor a skill was parsed. ``resume.top_skills`` must be ranked;
    ``embed`` is called at most once, with at most five short texts."""
    latest = _latest(resume.experience)
    domain, strength = _chosen(resume, latest, embed) if latest else (None, None)
    sentences = [
        _role(latest, resume) if latest else None,
        _background(domain, resume.top_skills, _education(resume.education, today)),
        _quoted(strength) if strength else None,
    ]
    return " ".join(filter(None, sentences)) or None


def _latest(experience: Sequence[Experience]) -> Experience | None:
    named = [job for job in experience if _name(job.title) or _name(job.company)]
    return next((job for job in named if job.current), named[0] if named else None)


def _role(job: Experience, resume: ResumeData) -> str:
    title, company = _name(job.title), _name(job.company)
    when = "now" if job.current else "most recently"
    when = when if title else when.capitalize()
    place = f"{when} at {company}" if company else None
    years = resume.total_experience_years
    if years < 1:
        return _sentence(", ".join(filter(None, (title, place))))
    total = f"{years:g} {'year' if years == 1 else 'years'} of experience"
    if title and _is_one_line_of_work(title, resume.experience):
        return _sentence(", ".join(filter(None, (f"{title} with {total}", place))))
    return _sentence(", ".join(filter(None, (title, place, f"{total} in all"))))


def _name(parsed: str | None) -> str | None:
    return parsed if parsed and len(parsed) <= _MAX_NAME_CHARS else None


def _is_one_line_of_work(title: str, experience: Sequence[Experience]) -> bool:
    """Whether the years can be said of the title: every job's title shares a word of trade with it. Else,
    as after a change of career, they are those of all jobs."""
    trade = _words_of_trade(title)
    return all(trade & _words_of_trade(job.title or "") for job in experience)


def _words_of_trade(title: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", title.casefold())
    return {word for word in words if len(word) >= _LEAST_LETTERS and word not in _RANKS}


def _background(domain: str | None, top_skills: Sequence[str], education: str | None) -> str | None:
    skills = f"skills include {_listed(top_skills[:_NAMED_SKILLS])}" if top_skills else None
    field = f"field of work: {domain}" if domain else None
    clauses = "; ".join(filter(None, (field, skills, education)))
    return _sentence(clauses[0].upper() + clauses[1:]) if clauses else None


def _education(education: Sequence[Education], today: date) -> str | None:
    entry = min((one for one in education if _name(one.degree)), key=_rank, default=None)
    if entry is None:
        return None
    graduation, institution = entry.graduation_date or "", _name(entry.institution)
    ahead = graduation > today.isoformat()[: len(graduation)]
    return (
        f"education: {entry.degree}"
        + (f" from {institution}" if institution else "")
        + (f", expected in {graduation[:4]}" if ahead else "")
    )


def _rank(entry: Education) -> int:
    name = (entry.degree or "").casefold()
    known = (rank for rank, words in enumerate(_DEGREE_RANKS) if any(word in name for word in words))
    return next(known, len(_DEGREE_RANKS))


def _quoted(strength: Strength) -> str:
    """With the company, so that it is not taken for another's."""
    company = _name(strength.company)
    source = f"At {company}" if company else "In the resume's words"
    return f"{source}: “{strength.quote}.”"


def _chosen(resume: ResumeData, latest: Experience, embed: Embed) -> tuple[str | None, Strength | None]:
    """The domain, and what to quote."""
    about = (latest.title, *(skill.name for skill in resume.skills[:_ASKED_SKILLS]))
    asked_for = ", ".join(filter(None, about))[:_MAX_ASKED_CHARS]
    if not asked_for:
        return None, None
    candidates = strengths(resume.experience)
    asked, *vectors = embed([asked_for, *(one.quote for one in candidates)])
    likeness = {one: float(vector @ asked) for one, vector in zip(candidates, vectors, strict=True)}

    def worth(one: Strength) -> float:
        return (
            likeness[one]
            + _LIKENESS_OF_A_FIGURE * one.has_figure
            + _LIKENESS_OF_THE_LATEST * (one.company == latest.company)
        )

    near = [one for one in candidates if likeness[one] >= _LEAST_LIKENESS]
    return domain_of(asked), max(near, key=worth, default=None)


def _listed(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
