"""The queries of the matches that webhooks were told of. None commits."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.contracts.match_state import Match, RemovedMatch

_FORGET = """
    WITH old AS (
        SELECT webhook_id, job_id, candidate_id
        FROM told_matches AS told JOIN unnest($1::uuid[], $2::uuid[], $3::bigint[])
            AS word (job_id, candidate_id, version) USING (job_id, candidate_id)
        WHERE told.version < word.version
        ORDER BY webhook_id, job_id, candidate_id
        FOR UPDATE OF told
    )
    DELETE FROM told_matches USING old WHERE told_matches.webhook_id = old.webhook_id
        AND told_matches.job_id = old.job_id AND told_matches.candidate_id = old.candidate_id
"""


async def lock(connection: Connection) -> None:
    """Until the transaction ends. Who hears of matches does so alone: pairs are too many to lock each."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/matches', 0))"
    )


async def forget_older(connection: Connection, words: Sequence[Match | RemovedMatch]) -> None:
    """That anybody was told of these pairs in an earlier version: so that they are told again."""
    await connection.execute(
        _FORGET,
        [each.job_id for each in words],
        [each.candidate_id for each in words],
        [each.version for each in words],
    )
