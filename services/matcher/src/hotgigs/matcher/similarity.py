"""Candidates like one candidate: by what they say of their work, and by the skills that they share.

The similarity is ``100 (0.5 c + 0.5 s)``: ``c`` is the cosine of the two vectors, none below 0; ``s`` the
share of all their skills, each weighted by its inverse document frequency among those who are shown, that
both have (a weighted Jaccard index). Who is not shown tells nothing by it.
"""

from collections.abc import Collection, Iterable, Mapping
from math import log
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.matcher.similar_found import SimilarCandidate
from hotgigs.matcher.membership_store import count_matched
from hotgigs.matcher.scoring.place_keys import is_place
from hotgigs.skills.keys import name_of

_NEIGHBOURS = 500
"""That are looked at: the nearest vectors, and those who share the most."""
_SHOWN_SKILLS = 10

_ONE = """
    SELECT f.skills, v.vector::real[] AS vector
    FROM candidate_features f JOIN candidate_vectors v USING (candidate_id) WHERE candidate_id = $1
"""
_NEIGHBOURHOOD = """
    WITH shown AS (
        SELECT DISTINCT candidate_id FROM memberships
        WHERE NOT is_revoked AND candidate_id <> $1 AND ($2::uuid[] IS NULL OR database_id = ANY($2))
    ), near AS (
        SELECT candidate_id FROM candidate_vectors JOIN shown USING (candidate_id)
        ORDER BY vector <=> $3::real[]::halfvec, candidate_id LIMIT $5
    ), alike AS (
        SELECT candidate_id FROM candidate_skills JOIN shown USING (candidate_id) WHERE skill = ANY($4)
        GROUP BY candidate_id ORDER BY count(*) DESC, candidate_id LIMIT $5
    )
    SELECT candidate_id, f.skills, 1 - (v.vector <=> $3::real[]::halfvec) AS cosine
    FROM (SELECT candidate_id FROM near UNION SELECT candidate_id FROM alike) AS those
    JOIN candidate_features f USING (candidate_id) JOIN candidate_vectors v USING (candidate_id)
"""
_HOLDERS = """
    SELECT skill, count(DISTINCT candidate_id) FROM candidate_skills JOIN memberships USING (candidate_id)
    WHERE skill = ANY($1) AND NOT is_revoked AND ($2::uuid[] IS NULL OR database_id = ANY($2))
    GROUP BY skill
"""


async def similar_to(
    connection: Connection, candidate_id: UUID, *, only_in: Collection[UUID] | None, limit: int
) -> list[SimilarCandidate] | None:
    """Of those that these databases show, or of all, the most similar first; None where there is nothing
    known of the candidate."""
    one = await connection.fetchrow(_ONE, candidate_id)
    if one is None:
        return None
    own = _skills(one["skills"])
    databases = None if only_in is None else list(only_in)
    rows = await connection.fetch(
        _NEIGHBOURHOOD,
        candidate_id,
        databases,
        one["vector"],
        list(own),
        _NEIGHBOURS,
    )
    theirs = [_skills(row["skills"]) for row in rows]
    weights = await _weights(connection, own.union(*theirs), databases)
    found = [
        SimilarCandidate(
            candidate_id=row["candidate_id"],
            similarity=similarity(row["cosine"], own, other, weights),
            shared_skills=_shared(own & other, weights),
        )
        for row, other in zip(rows, theirs, strict=True)
    ]
    found.sort(key=lambda each: (-each.similarity, each.candidate_id))
    return found[:limit]


def similarity(cosine: float, one: set[str], other: set[str], weights: Mapping[str, float]) -> float:
    """0 to 100 with one decimal."""
    union = sum(weights[key] for key in one | other)
    shared = sum(weights[key] for key in one & other) / union if union else 0.0
    return round(100 * (0.5 * max(cosine, 0.0) + 0.5 * shared), 1)


def _skills(keys: Iterable[str]) -> set[str]:
    """Where somebody lives makes nobody alike."""
    return {key for key in keys if not is_place(key)}


def _shared(keys: Iterable[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Those that the vocabulary has a name for, the rarest first."""
    ordered = sorted(keys, key=lambda key: (-weights[key], key))
    names = [name for key in ordered if (name := name_of(key)) is not None]
    return tuple(names[:_SHOWN_SKILLS])


async def _weights(
    connection: Connection, skills: Collection[str], databases: Collection[UUID] | None
) -> dict[str, float]:
    """How telling each skill is, by how many of the candidates that are shown have it."""
    total = await count_matched(connection, databases)
    rows = await connection.fetch(_HOLDERS, list(skills), databases)
    return dict.fromkeys(skills, 0.0) | {row["skill"]: log(1 + total / row["count"]) for row in rows}
