"""The queries of what happened. None commits.

Locks are taken in one order everywhere, so that nobody waits in a circle: that of matches, that of
tombstones, rows of what others told, events, webhooks and what is theirs (`hotgigs.notifier.webhook_store`);
rows by their ids. Fan-out waits for no event.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.notifier import tombstones
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.happening import Heard
from hotgigs.notifier.retention import KEPT
from hotgigs.notifier.wakeups import CHANNEL, wake

_COLUMNS = Happened.__struct_fields__
OF_TOLD = "SELECT * FROM events WHERE events.event_id = t.event_id OFFSET 0"
"""The event of a row of `delivered_events`, called ``t``, in a lateral join: looked up by its id. Where
PostgreSQL may choose, it reads all events for each delivery, for as long as it has no statistics of tables
that have grown."""
_NEW = ("version", "candidate_version", "job_version", "facts")
# Of a match that was told of, only a better score is news: to webhooks that it was too low for.
_ADD = f"""
    INSERT INTO events AS known ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::events, $1)
    WHERE occurred_at > now() - $2::interval
    ORDER BY event_id
    ON CONFLICT (event_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _NEW)}, fanned_out_at = NULL
    WHERE known.event = 'match.created' AND known.version < excluded.version AND (
        known.fanned_out_at IS NULL
        OR (known.facts ->> 'score')::float8 < (excluded.facts ->> 'score')::float8)
    RETURNING event_id, xmax = 0 AS is_new
"""  # noqa: S608 - the column names are our own
# An event that was told waits again for those who want a better score: of what is delivered there has to be
# left what erasing finds it by.
_FORGET = """
    , told AS (
        UPDATE events SET fanned_out_at = now() FROM waiting
        WHERE events.event_id = waiting.event_id
            AND EXISTS (SELECT FROM delivered_events AS d WHERE d.event_id = events.event_id)
    )
    DELETE FROM events USING waiting WHERE events.event_id = waiting.event_id
        AND NOT EXISTS (SELECT FROM delivered_events AS d WHERE d.event_id = events.event_id)
"""
_FORGET_WAITING = f"""
    WITH waiting AS (
        SELECT known.event_id FROM events AS known JOIN unnest($1::uuid[], $2::uuid[], $3::bigint[])
            AS word (job_id, candidate_id, version)
            ON known.job_id = word.job_id AND known.candidate_id = word.candidate_id
        WHERE known.event = 'match.created' AND known.fanned_out_at IS NULL AND known.version < word.version
        ORDER BY known.event_id FOR UPDATE OF known
    ){_FORGET}
"""  # noqa: S608 - the statements are our own
_FORGET_WAITING_OF_JOBS = f"""
    WITH waiting AS (
        SELECT event_id FROM events WHERE job_id = ANY($1) AND fanned_out_at IS NULL
        ORDER BY event_id FOR UPDATE
    ){_FORGET}
"""  # noqa: S608 - as above
_WAKE = """
    SELECT pg_notify($2, 'events') WHERE EXISTS (
        SELECT FROM events
        WHERE fanned_out_at IS NULL AND (candidate_id = ANY($1) OR job_id = ANY($1)))
"""


async def heard(connection: Connection) -> Heard:
    rows = await connection.fetch(
        "SELECT event, min(min_score) AS least_score FROM webhooks CROSS JOIN unnest(events) AS event"
        " WHERE is_active GROUP BY event"
    )
    return Heard(least_scores={row["event"]: row["least_score"] for row in rows})


async def add(connection: Connection, happened: Iterable[Happened]) -> set[UUID]:
    """What somebody wants to hear, of what is not gone, and did not happen too long ago; returns the ids of
    those that were not known. Wakes those who find out who is to hear of it."""
    wanted = await heard(connection)
    newest = {
        each.event_id: each for each in sorted(happened, key=lambda each: each.version) if wanted.wants(each)
    }
    if not newest:
        return set()
    gone = await tombstones.gone(connection, {id_ for each in newest.values() for id_ in _about(each)})
    told = [each for each in newest.values() if not gone & _about(each)]
    rows = await connection.fetch(_ADD, told, KEPT)
    if rows:
        await wake(connection, "events")
    return {row["event_id"] for row in rows if row["is_new"]}


async def forget_waiting(connection: Connection, words: Sequence[Match | RemovedMatch]) -> None:
    """What happened of these pairs in an earlier version and was told to nobody yet. Waits for those who are
    about to tell it."""
    await connection.execute(
        _FORGET_WAITING,
        [each.job_id for each in words],
        [each.candidate_id for each in words],
        [each.version for each in words],
    )


async def forget_waiting_of_jobs(connection: Connection, job_ids: Sequence[UUID]) -> None:
    """The jobs are buried."""
    await connection.execute(_FORGET_WAITING_OF_JOBS, list(job_ids))


async def wake_waiting(connection: Connection, ids: Iterable[UUID]) -> None:
    """Where something waits until these candidates or jobs are known as they are now."""
    await connection.execute(_WAKE, list(ids), CHANNEL)


def _about(happened: Happened) -> set[UUID]:
    ids = (happened.candidate_id, happened.resume_id, happened.job_id)
    return {id_ for id_ in ids if id_ is not None}
