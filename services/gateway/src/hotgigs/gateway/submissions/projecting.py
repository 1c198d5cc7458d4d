"""The read models of submissions and consents. Nothing here commits; the candidates' databases are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.gateway import tombstones
from hotgigs.gateway.newest_rows import put_newest

_SUBMISSION = ", ".join(SubmissionState.__struct_fields__)
_PUT_CONSENTS = put_newest(
    "consents", "candidate_id", ("candidate_id", "database_id", "version", "can_be_found")
)


async def add_submissions(connection: Connection, submissions: Sequence[SubmissionState]) -> None:
    """Those that are not gone, of candidates that are not."""
    by_id = {each.submission_id: each for each in submissions}
    gone = await tombstones.gone(connection, {*by_id, *(each.candidate_id for each in submissions)})
    await connection.execute(
        f"INSERT INTO submissions ({_SUBMISSION})"  # noqa: S608 - the column names are our own
        f" SELECT {_SUBMISSION} FROM jsonb_populate_recordset(NULL::submissions, $1) ON CONFLICT DO NOTHING",
        [
            msgspec.to_builtins(each)
            for submission_id, each in sorted(by_id.items())
            if not {submission_id, each.candidate_id} & gone
        ],
    )


async def withdraw_submissions(connection: Connection, withdrawn: Sequence[SubmissionWithdrawnV1]) -> None:
    """For good."""
    submission_ids = [each.submission_id for each in withdrawn]
    await tombstones.bury(connection, submission_ids)
    await connection.execute("DELETE FROM submissions WHERE submission_id = ANY($1)", submission_ids)


async def put_consents(connection: Connection, told: Sequence[ConsentChangedV1]) -> set[UUID]:
    """Keeps the last word of each candidate that is not gone; returns their ids."""
    newest = {each.candidate_id: each for each in sorted(told, key=lambda each: each.version)}
    for candidate_id in await tombstones.gone(connection, newest):
        del newest[candidate_id]
    await connection.execute(
        _PUT_CONSENTS, [msgspec.to_builtins(newest[candidate_id]) for candidate_id in sorted(newest)]
    )
    return {*newest}
