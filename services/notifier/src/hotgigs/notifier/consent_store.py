"""The queries of who lets themselves be found. None commits."""

from collections.abc import Iterable

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.notifier import tombstones

_PUT = """
    INSERT INTO consents AS known (candidate_id, version, can_be_found)
    SELECT candidate_id, version, can_be_found FROM jsonb_populate_recordset(NULL::consents, $1)
    ORDER BY candidate_id
    ON CONFLICT (candidate_id) DO UPDATE SET version = excluded.version, can_be_found = excluded.can_be_found
    WHERE known.version < excluded.version
"""


async def put_consents(connection: Connection, told: Iterable[ConsentChangedV1]) -> None:
    """Keeps the last word of each candidate that is not gone."""
    newest = {each.candidate_id: each for each in sorted(told, key=lambda each: each.version)}
    for candidate_id in await tombstones.gone(connection, newest):
        del newest[candidate_id]
    await connection.execute(_PUT, msgspec.to_builtins([*newest.values()]))
