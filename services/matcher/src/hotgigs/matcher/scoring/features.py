"""What is computed once of a profile, and of a posting, and kept: vectors, hashed names, plain figures."""

from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import EducationLevel, JobPosting
from hotgigs.embeddings import Vectors
from hotgigs.matcher.scoring import grams
from hotgigs.matcher.scoring.education import highest_level
from hotgigs.matcher.scoring.location import CandidatePlace, JobPlace, candidate_place, job_place
from hotgigs.matcher.scoring.passages import Passages, passages_of
from hotgigs.matcher.scoring.place_keys import keys_of_candidate, keys_of_job
from hotgigs.matcher.scoring.quantised import Bytes, quantised
from hotgigs.matcher.scoring.requirements import requirements_of
from hotgigs.matcher.scoring.seniority import asked_step, leads_people
from hotgigs.skills.asked import asked_terms
from hotgigs.skills.keys import key_of, keys_of, name_of
from hotgigs.skills.vocabulary import known_skill

FEATURES_VERSION = 1

Embed = Callable[[Sequence[str]], Vectors]

_ANSWERS = 0.5
"""What a skill has to be worth for a term to lead to who has it."""
_MOST_KEYS = 200
_LATEST_JOBS = 4
_PRODUCTS = frozenset(
    {
        "Programming languages",
        "Frameworks and libraries",
        "Databases",
        "Cloud and infrastructure",
        "Office and business software",
    }
)
"""The vocabulary's categories of what has a name of its own."""
_DOUBTFUL_UNLESS = 0.45
"""The cosine to the posting's title from which on an everyday word of its text is the skill of that name."""


class PackedCandidate(Struct, frozen=True, array_like=True):
    """Arrays are bytes: vectors as `quantised` (rows of 384), hashes as 64 bits, little-endian. ``line_of``
    and ``gram_of`` say which job a line, and a hash, is of; ``indexes`` which experience of the profile a job
    is."""

    titles: bytes
    lines: bytes
    line_of: bytes
    items: bytes
    items_known: bytes
    """Of each item 1 if the vocabulary knows it, else 0."""
    degrees: bytes
    grams: bytes
    gram_of: bytes
    item_keys: bytes
    indexes: tuple[int | None, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    title: str | None
    leads: bool
    total_years: float
    education: EducationLevel
    place: CandidatePlace


class PackedTerm(Struct, frozen=True, array_like=True):
    """``answers``: for each skill that the term asks for, what answers it: the hashes by which it is found in
    texts and lists, what that is worth, and the vocabulary's name where it is another skill or name."""

    term: str
    is_required: bool
    is_known: bool
    """By the vocabulary, whatever it asks for."""
    is_product: bool
    """Which has a name, and is neither named nor proven by what is like it."""
    answers: tuple[tuple["PackedAnswer", ...], ...]


class PackedAnswer(Struct, frozen=True, array_like=True):
    worth: float
    known_as: str | None
    is_kind: bool
    """Another skill, and no other name of the same."""
    hashes: bytes


class PackedJob(Struct, frozen=True, array_like=True):
    title: bytes
    text: bytes
    sentences: bytes
    terms: tuple[PackedTerm, ...]
    term_vectors: bytes
    are_terms_found: bool
    """In the description, since none were named as required."""
    step: float
    min_years: float | None
    max_years: float | None
    education: EducationLevel
    place: JobPlace


class CandidateFeatures(Struct, frozen=True, kw_only=True):
    """``vector``, of length 384 and 1, is of the latest jobs together; ``skill_keys`` are those of the skill
    index; ``packed`` is what is scored."""

    vector: NDArray[np.float32]
    skill_keys: tuple[str, ...]
    packed: bytes


class JobFeatures(Struct, frozen=True, kw_only=True):
    """As `CandidateFeatures`; ``skill_keys`` are of all skills that answer a term well, and of
    where the work is."""

    vector: NDArray[np.float32]
    skill_keys: tuple[str, ...]
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    packed: bytes


def candidate_features(profile: CandidateProfile, embed: Embed) -> CandidateFeatures:
    """Neither name, contact, age, gender nor nationality is looked at. Raises what ``embed`` raises."""
    passages = passages_of(profile)
    jobs = passages.jobs
    titles = [job.title for job in jobs]
    lines = [(number, f"{job.title}: {line}") for number, job in enumerate(jobs) for line in job.told]
    vectors = _Vectors(embed, (*titles, *(line for _, line in lines), *passages.items, *passages.degrees))
    hashed = [grams.grams_of(job.lines, [job.title]) for job in jobs]
    latest = [*titles[:_LATEST_JOBS], *(line for number, line in lines if number < _LATEST_JOBS)]
    place = candidate_place(_lives_in(profile), profile.summary or "")
    packed = PackedCandidate(
        titles=vectors.of(titles).tobytes(),
        lines=vectors.of([line for _, line in lines]).tobytes(),
        line_of=bytes(number for number, _ in lines),
        items=vectors.of(passages.items).tobytes(),
        items_known=bytes(_is_known(each) for each in passages.items),
        degrees=vectors.of(passages.degrees).tobytes(),
        grams=_joined(hashed).tobytes(),
        gram_of=bytes(number for number, each in enumerate(hashed) for _ in range(len(each))),
        item_keys=grams.items_of(key for each in passages.items for key in keys_of(each)).tobytes(),
        indexes=tuple(job.index for job in jobs),
        starts=tuple(job.start for job in jobs),
        ends=tuple(job.end for job in jobs),
        title=passages.title,
        leads=bool(jobs) and leads_people(" ".join(jobs[0].lines)),
        total_years=profile.total_experience_years,
        education=highest_level(profile.education),
        place=place,
    )
    return CandidateFeatures(
        vector=_mean(vectors.plain(latest or passages.items[:20])),
        skill_keys=(*_keys(profile, passages), *keys_of_candidate(place)),
        packed=msgspec.msgpack.encode(packed),
    )


def job_features(posting: JobPosting, embed: Embed) -> JobFeatures:
    """Raises what ``embed`` raises."""
    requirements = requirements_of(posting)
    title = posting.title
    text = f"{title}. {posting.description}" if posting.description else title
    named = [
        *((term, True) for term in requirements.required),
        *((term, False) for term in requirements.preferred),
    ]
    vectors = _Vectors(embed, (title, text, *requirements.sentences, *(term for term, _ in named)))
    terms = [
        (term, is_required)
        for term, is_required in named
        if term not in requirements.doubtful or vectors.cosine(term, title) >= _DOUBTFUL_UNLESS
    ]
    names = [term for term, _ in terms]
    packed_terms = tuple(_term(term, is_required=is_required) for term, is_required in terms)
    place = job_place(posting.location, posting.remote, posting.description)
    packed = PackedJob(
        title=vectors.of([title]).tobytes(),
        text=vectors.of([text]).tobytes(),
        sentences=vectors.of(requirements.sentences).tobytes(),
        terms=packed_terms,
        term_vectors=vectors.of(names).tobytes(),
        are_terms_found=not posting.required_skills,
        step=asked_step(
            title,
            min_years=posting.min_years,
            max_years=posting.max_years,
            leads=any(map(leads_people, requirements.sentences)),
        ),
        min_years=posting.min_years,
        max_years=posting.max_years,
        education=posting.education_level,
        place=place,
    )
    return JobFeatures(
        vector=_mean(vectors.plain((text, title))),
        skill_keys=(*_answering(names), *keys_of_job(place)),
        required=tuple(term for term, is_required in terms if is_required),
        preferred=tuple(term for term, is_required in terms if not is_required),
        packed=msgspec.msgpack.encode(packed),
    )


def _lives_in(profile: CandidateProfile) -> str | None:
    """Where no place of living is printed, that of the current job."""
    works_in = (job.location for job in profile.experience if job.current and job.location)
    return profile.location or next(works_in, None)


class _Vectors:
    """Of texts, each embedded once, in an order that is not that of the profile."""

    def __init__(self, embed: Embed, texts: Iterable[str]) -> None:
        ordered = sorted(set(texts))
        self._row = {text: row for row, text in enumerate(ordered)}
        self._vectors = embed(ordered)

    def plain(self, texts: Sequence[str]) -> Vectors:
        return self._vectors[[self._row[text] for text in texts]]

    def cosine(self, text: str, other: str) -> float:
        return float(self._vectors[self._row[text]] @ self._vectors[self._row[other]])

    def of(self, texts: Sequence[str]) -> Bytes:
        return quantised(self.plain(texts)) if texts else np.empty((0, self._vectors.shape[1]), np.int8)


def _term(term: str, *, is_required: bool) -> PackedTerm:
    asked = asked_terms(term)
    found = []
    for names, worths in zip(asked.all_of, asked.worths(), strict=True):
        own = {key_of(name) for name in names}
        answers = []
        for key, worth in worths.items():
            name = name_of(key)
            printed = next((each for each in names if key_of(each) == key), name or key)
            hashes = np.array(sorted({*grams.names_in_text(printed), grams.item(key)}), np.uint64)
            answers.append(
                PackedAnswer(
                    worth=worth if key not in own else 1.0,
                    known_as=name,
                    is_kind=key not in own,
                    hashes=hashes.tobytes(),
                )
            )
        found.append(tuple(answers))
    return PackedTerm(
        term=term,
        is_required=is_required,
        is_known=all(map(_is_known, (name for names in asked.all_of for name in names))),
        is_product=all(map(_is_product, (name for names in asked.all_of for name in names))),
        answers=tuple(found),
    )


def _is_known(name: str) -> bool:
    return any(name_of(key) is not None for key in keys_of(name))


def _is_product(name: str) -> bool:
    known = known_skill(name)
    return known is not None and known.category in _PRODUCTS


def _answering(terms: Iterable[str]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for term in terms:
        for worths in asked_terms(term).worths():
            keys.update((key, None) for key, worth in worths.items() if worth >= _ANSWERS)
    return tuple(keys)[:_MOST_KEYS]


def _keys(profile: CandidateProfile, passages: Passages) -> tuple[str, ...]:
    canonical = (key_of(skill.canonical) for skill in profile.skills if skill.canonical)
    listed = (key for each in passages.items for key in keys_of(each))
    return tuple(sorted({*canonical, *listed} - {""}))[:_MOST_KEYS]


def _joined(parts: Sequence[grams.Hashes]) -> grams.Hashes:
    return np.concatenate(parts) if parts else np.empty(0, np.uint64)


def _mean(vectors: Vectors) -> NDArray[np.float32]:
    """Of length 1; any, where there are none."""
    total = vectors.sum(axis=0) if len(vectors) else np.ones(vectors.shape[1], np.float32)
    length = float(np.linalg.norm(total))
    return (total / (length or 1.0)).astype(np.float32)
