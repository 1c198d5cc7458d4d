"""The matcher's answers to questions of which nothing is kept. Nothing here commits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_matches
from hotgigs.gateway.wakeups import command_key, wake

KEPT_FOR = timedelta(minutes=2)
"""Longer than anybody waits for one."""

Told = MatchesPreviewedV1 | SimilarFoundV1


async def put_answers(connection: Connection, answers: Sequence[Told]) -> None:
    """Without those that are gone; wakes those who wait for them."""
    await lock_matches(connection)
    ids = {answer.command_id: [each.candidate_id for each in _listed(answer)] for answer in answers}
    gone = await tombstones.gone(connection, [each for listed in ids.values() for each in listed])
    await connection.executemany(
        "INSERT INTO matching_answers (command_id, candidate_ids, answer) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        [
            (
                answer.command_id,
                [each for each in ids[answer.command_id] if each not in gone],
                msgspec.to_builtins(_without(answer, gone)),
            )
            for answer in answers
        ],
    )
    await wake(connection, [command_key(answer.command_id) for answer in answers])


async def take_answer(connection: Connection, command_id: UUID) -> Any:
    """The answer, of which nothing is left then; None while there is none."""
    return await connection.fetchval(
        "DELETE FROM matching_answers WHERE command_id = $1 RETURNING answer", command_id
    )


async def forget_unread(connection: Connection) -> None:
    await connection.execute("DELETE FROM matching_answers WHERE at < now() - $1::interval", KEPT_FOR)


def _listed(answer: Told) -> Sequence[Any]:
    return answer.matches if isinstance(answer, MatchesPreviewedV1) else answer.candidates


def _without(answer: Told, gone: set[UUID]) -> Told:
    kept = tuple(each for each in _listed(answer) if each.candidate_id not in gone)
    name = "matches" if isinstance(answer, MatchesPreviewedV1) else "candidates"
    return msgspec.structs.replace(answer, **{name: kept})
