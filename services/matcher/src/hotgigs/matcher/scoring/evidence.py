"""Where a candidate's evidence for each of a job's terms is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotgigs.contracts.match_state import How, TermEvidence
from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.calibration import STANDARD
from hotgigs.matcher.scoring.features import PackedAnswer, PackedTerm
from hotgigs.matcher.scoring.likeness import Likeness
from hotgigs.matcher.scoring.segments import greatest
from hotgigs.matcher.scoring.skill import Skills

STANDS_FOR = 0.5
"""From which on another skill is evidence of the one that is asked for."""
IMPLIED = 0.9
"""From which on it is as good as the name itself, as PostgreSQL is for SQL."""
MEANT_BY_WORK, MEANT_BY_ITEM = 0.5, 0.55
"""From which cosine on a line or title, and a listed item, is evidence of a term that no name meets: two
names are alike sooner. Less counts in a score, since many small likenesses are more than chance, but is
nothing to show of one term."""


def evidence_of(
    candidate: int, terms: Sequence[PackedTerm], found: Likeness, skills: Skills, batch: Batch
) -> tuple[tuple[TermEvidence, ...], tuple[str, ...]]:
    """Of the candidate of that number: the terms that are met, the best first, and those that are not, the
    required first. A term that asks for several skills is met as far as they are on average. What stands
    there by name is met, however little it is worth."""
    own = _Own(candidate, found, skills, batch)
    met: list[TermEvidence] = []
    missing: list[PackedTerm] = []
    for number, term in enumerate(terms):
        evidence = own.evidence(number, term)
        if evidence is None:
            missing.append(term)
        else:
            met.append(evidence)
    met.sort(key=lambda each: (-each.worth, not each.is_required))
    missing.sort(key=lambda term: not term.is_required)
    return tuple(met), tuple(term.term for term in missing)


def shown_asks(terms: Sequence[PackedTerm], found: Likeness, batch: Batch) -> NDArray[np.bool_]:
    """(n, a): which asks have anything to be shown for them, however little that is worth."""
    term_of = found.lookup.term_of
    is_product = np.array([term.is_product for term in terms], np.bool_)[term_of]
    by_name = greatest(found.named.worth, batch.job_owner, batch.n, least=0.0) >= STANDS_FOR
    by_work = greatest(found.terms, batch.job_owner, batch.n, least=-1.0)[:, term_of] >= MEANT_BY_WORK
    by_item = found.items[:, term_of] >= MEANT_BY_ITEM
    shown: NDArray[np.bool_] = (
        by_name | (found.listed.worth >= STANDS_FOR) | ((by_work | by_item) & ~is_product)
    )
    return shown


class _Own:
    """What was found of one candidate."""

    def __init__(self, candidate: int, found: Likeness, skills: Skills, batch: Batch) -> None:
        self._candidate = candidate
        self._found = found
        self._skills = skills
        self._jobs: list[int] = np.flatnonzero(batch.job_owner == candidate).tolist()
        self._indexes = batch.candidates[candidate].indexes

    def evidence(self, number: int, term: PackedTerm) -> TermEvidence | None:
        asks = np.flatnonzero(self._found.lookup.term_of == number)
        if not len(asks):
            return None
        worths = self._skills.worth[self._candidate, asks]
        worth, best = round(float(worths.mean()), 2), int(asks[int(worths.argmax())])
        is_enough = worth >= STANDARD.met
        named = self._named(best)
        if named and (is_enough or all(self._is_implied(ask) for ask in asks.tolist())):
            answer, job = named
            how, known_as = _how(term.term, answer)
            return self._evidence(term, worth, how, known_as, job)
        if term.is_product or not is_enough:
            return None
        job = self._likest_job(number)
        if job is not None:
            return self._evidence(term, worth, "meaning", None, job)
        if self._found.items[self._candidate, number] >= MEANT_BY_ITEM:
            return self._evidence(term, worth, "meaning", None, None)
        return None

    def _named(self, ask: int) -> tuple[PackedAnswer, int | None] | None:
        """What stands for it, in the job that shows it best, or None for a list; what is listed itself before
        what only stands for it."""
        named, listed = self._found.named, self._found.listed
        least = IMPLIED if listed.worth[self._candidate, ask] >= IMPLIED else STANDS_FOR
        shown = [job for job in self._jobs if named.worth[job, ask] >= least]
        if shown:
            job = max(shown, key=lambda job: (self._skills.in_jobs[job, ask], -job))
            return self._found.lookup.answers[named.answer[job, ask]], job
        if listed.worth[self._candidate, ask] >= STANDS_FOR:
            return self._found.lookup.answers[listed.answer[self._candidate, ask]], None
        return None

    def _is_implied(self, ask: int) -> bool:
        """Whatever it is worth: who lists a skill does not lack it."""
        worths = (*self._found.named.worth[self._jobs, ask], self._found.listed.worth[self._candidate, ask])
        return bool(max(worths) >= IMPLIED)

    def _likest_job(self, number: int) -> int | None:
        job = max(self._jobs, key=lambda job: (self._found.terms[job, number], -job), default=None)
        return None if job is None or self._found.terms[job, number] < MEANT_BY_WORK else job

    def _evidence(
        self, term: PackedTerm, worth: float, how: How, known_as: str | None, job: int | None
    ) -> TermEvidence:
        return TermEvidence(
            term=term.term,
            is_required=term.is_required,
            how=how,
            worth=worth,
            known_as=known_as,
            experience=None if job is None else self._indexes[job - self._jobs[0]],
        )


def _how(term: str, answer: PackedAnswer) -> tuple[How, str | None]:
    """A vocabulary's longer name of what is asked for, as Apache Kafka is of Kafka, tells nobody anything."""
    known_as = answer.known_as
    if answer.is_kind:
        return "hierarchy", known_as
    if known_as is None or term.casefold() in known_as.casefold():
        return "exact", None
    return "alias", known_as
