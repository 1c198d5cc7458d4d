"""What became of each file version that was submitted. None of the queries commits."""

from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.leasing import HeldRun


async def add(connection: Connection, held: HeldRun, *, resume_id: UUID, file_id: str) -> None:
    """In the transaction that publishes drive_file_fetched."""
    await connection.execute(
        "INSERT INTO imports (resume_id, sync_id, file_id, run_id) VALUES ($1, $2, $3, $4)",
        resume_id,
        held.sync.sync_id,
        file_id,
        held.run_id,
    )
