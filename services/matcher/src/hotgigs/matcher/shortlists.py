"""Who is on the shortlist of a job in a database: the best, and of those who are as good, the one whose id
comes first."""

from collections import defaultdict
from collections.abc import Mapping, Set
from uuid import UUID

from msgspec import Struct


class Rules(Struct, frozen=True, kw_only=True):
    length: int
    floor: float
    """The least score that is kept."""


class Shortlist(Struct, frozen=True, kw_only=True):
    """A whole one. ``best_left_out`` is the score of the best who is good enough and found no place."""

    scores: Mapping[UUID, float]
    best_left_out: float | None = None


def shortlists_of(
    scores: Mapping[UUID, float], databases: Mapping[UUID, Set[UUID]], rules: Rules
) -> dict[UUID, Shortlist]:
    """By database, from scores and databases by candidate."""
    ranked = sorted(
        (candidate_id for candidate_id, score in scores.items() if score >= rules.floor),
        key=lambda candidate_id: (-scores[candidate_id], candidate_id),
    )
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for candidate_id in ranked:
        for database_id in databases.get(candidate_id, ()):
            members[database_id].append(candidate_id)
    return {
        database_id: Shortlist(
            scores={candidate_id: scores[candidate_id] for candidate_id in those[: rules.length]},
            best_left_out=scores[those[rules.length]] if len(those) > rules.length else None,
        )
        for database_id, those in members.items()
    }


class Others(Struct, frozen=True, kw_only=True):
    """A shortlist as one candidate finds it: how many others are on it, and the last of them."""

    count: int = 0
    last_score: float = 0.0
    last_id: UUID | None = None
    own_score: float | None = None
    """Of the candidate, where it is on it."""
    best_left_out: float | None = None
    """No less than the score of anybody who was left out; None where nobody was."""


class Placing(Struct, frozen=True, kw_only=True):
    """What becomes of the candidate, and of the shortlist."""

    is_on_it: bool
    evicted: UUID | None = None
    best_left_out: float | None = None
    """To be noted; None where this leaves nobody out."""
    is_to_be_filled: bool = False
    """It may be that somebody who was left out belongs on it now."""


def place(candidate_id: UUID, score: float | None, others: Others, rules: Rules) -> Placing:
    """``score`` is None where the database does not show the candidate, or the pair cannot be matched."""
    was_on_it = others.own_score is not None
    left_out = others.best_left_out
    if score is None or score < rules.floor:
        return Placing(is_on_it=False, is_to_be_filled=was_on_it and left_out is not None)
    if others.count < rules.length:
        has_fallen = others.own_score is not None and score < others.own_score
        return Placing(
            is_on_it=True,
            is_to_be_filled=has_fallen and left_out is not None and score <= left_out,
        )
    assert others.last_id is not None
    if (-score, candidate_id) < (-others.last_score, others.last_id):
        return Placing(
            is_on_it=True, evicted=others.last_id, best_left_out=max(others.last_score, left_out or 0.0)
        )
    return Placing(is_on_it=False, best_left_out=max(score, left_out or 0.0))
