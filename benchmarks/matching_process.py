"""The matcher as a process of its own on a database of its own, and what it is told over the bus."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import psutil
from matching_load import Connection
from uuid_utils.compat import uuid7

from hotgigs.chassis.bus.interface import Bus
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.envelope import wrap
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.message import Message

_POLL_S = 0.003
_WITHIN_S = 120.0


class Told:
    """Tells the matcher what gateway and ingest would, and waits for what it makes of it."""

    def __init__(self, bus: Bus, connection: Connection) -> None:
        self._bus = bus
        self._connection = connection

    async def job(self, posting: JobPosting, owner_id: UUID) -> tuple[UUID, float]:
        """Its id, and the seconds until its matches are stored."""
        job_id = uuid7()
        actor = Actor(user_id=owner_id, role="recruiter")
        posted = PostJobV1(command_id=uuid7(), actor=actor, job_id=job_id, posting=posting)
        return job_id, await self._told("gateway", posted, "job", job_id)

    async def candidate(self, profile: CandidateProfile, database_id: UUID) -> tuple[UUID, float]:
        """As `job`."""
        candidate_id, now = uuid7(), datetime.now(UTC)
        state = CandidateState(
            candidate_id=candidate_id,
            version=1,
            database_id=database_id,
            source="resume_import",
            added_at=now,
            updated_at=now,
            survivor_id=candidate_id,
            profile=profile,
        )
        added = CandidateAddedV1(candidate=state)
        return candidate_id, await self._told("ingest", added, "candidate", candidate_id)

    async def _told(
        self, source: str, message: Message, about: Literal["job", "candidate"], id_: UUID
    ) -> float:
        is_matched = f"SELECT matched_at IS NOT NULL FROM {about}s WHERE {about}_id = $1"
        began = time.perf_counter()
        await self._bus.publish([wrap(message, source=source, correlation_id=str(id_))])
        while not await self._connection.fetchval(is_matched, id_):
            if time.perf_counter() - began > _WITHIN_S:
                raise RuntimeError(f"the {about} is not matched")
            await asyncio.sleep(_POLL_S)
        return time.perf_counter() - began


def matcher_process() -> psutil.Process:
    return next(each for each in psutil.Process().children() if each.cmdline()[-2:] == ["serve", "matcher"])


def cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def memory_mib(process: psutil.Process) -> tuple[float, float]:
    """Now, and at most since it began."""
    told = Path(f"/proc/{process.pid}/status").read_text()
    fields = dict(line.split(":", 1) for line in told.splitlines())
    now, most = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


async def sizes_mib(connection: Connection, tables: Sequence[str]) -> dict[str, float]:
    """Of tables with their indexes, and of indexes."""
    rows = await connection.fetch(
        "SELECT name, pg_total_relation_size(name::regclass) / 1048576.0 AS mib"
        " FROM unnest($1::text[]) AS name",
        list(tables),
    )
    return {row["name"]: float(row["mib"]) for row in rows}
