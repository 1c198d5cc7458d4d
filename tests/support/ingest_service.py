"""Ingest's handlers at work on a real database, without a bus."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
from support.handling import Handling, M

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, Source, StoredFile
from hotgigs.ingest import candidate_store
from hotgigs.ingest.on_drive_file_fetched import on_drive_file_fetched
from hotgigs.ingest.on_resume_parsed import on_resume_parsed
from hotgigs.ingest.on_submit_resume import on_submit_resume

T = TypeVar("T", bound=Message)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADMIN = Actor(user_id=UUID(int=1), role="admin")


def recruiter(user_id: UUID | None = None) -> Actor:
    return Actor(user_id=user_id or uuid4(), role="recruiter")


class Ingest(Handling):
    def __init__(self, pool: Pool) -> None:
        super().__init__(pool, "ingest")

    async def does(
        self, handler: Callable[[M, UnitOfWork], Awaitable[None]], command: M
    ) -> tuple[CommandSettledV1, list[Message]]:
        settled, events = await self.settled(CommandSettledV1, self.handle(handler, command))
        assert settled.command_id == getattr(command, "command_id", None)
        return settled, events

    async def submit(
        self, owner: UUID, database: UUID | None = None, source: Source = "resume_import"
    ) -> UUID:
        resume_id = uuid4()
        command = SubmitResumeV1(
            resume_id=resume_id,
            owner_user_id=owner,
            database_id=database or owner,
            source=source,
            filename="cv.pdf",
            file=StoredFile(
                blob_key=f"resumes/{resume_id}", media_type="application/pdf", size_bytes=1, sha256="00"
            ),
        )
        await self.handle(on_submit_resume, command)
        return resume_id

    async def fetch(self, owner: UUID, replaces: UUID | None = None, **changes: Any) -> UUID:
        """A file of a folder that is kept in sync, with ``changes`` of the message."""
        event = fetched(owner, replaces, **changes)
        await self.handle(on_drive_file_fetched, event)
        return event.resume_id

    async def parsed(self, resume_id: UUID, data: ResumeData, attempt: int = 1) -> None:
        event = ResumeParsedV2(
            resume_id=resume_id, attempt=attempt, started_at=NOW, finished_at=NOW, data=data
        )
        await self.handle(on_resume_parsed, event)

    async def imported(
        self,
        owner: UUID,
        data: ResumeData,
        database: UUID | None = None,
        source: Source = "resume_import",
    ) -> UUID:
        """The candidate that a new resume leads to."""
        resume_id = await self.submit(owner, database, source)
        await self.parsed(resume_id, data)
        return await self.candidate_of(resume_id)

    async def uploaded(self, user: UUID, data: ResumeData) -> UUID:
        """The candidate of a person who uploads their own resume."""
        return await self.imported(user, data, MASTER_DATABASE_ID, "candidate_upload")

    async def candidate_of(self, resume_id: UUID) -> UUID:
        candidate_id: UUID = await self.pool.fetchval(
            "SELECT candidate_id FROM resumes WHERE resume_id = $1 AND status = 'completed'", resume_id
        )
        assert candidate_id is not None
        return candidate_id

    async def state_of(self, candidate_id: UUID) -> CandidateState:
        async with self.pool.acquire() as connection:
            group = await candidate_store.group_of(connection, candidate_id)
        assert group is not None
        return group.state_of(candidate_id)

    async def count(self, table: str) -> int:
        count: int = await self.pool.fetchval(f"SELECT count(*) FROM {table}")
        return count


def fetched(owner: UUID, replaces: UUID | None = None, **changes: Any) -> DriveFileFetchedV1:
    resume_id = uuid4()
    event = DriveFileFetchedV1(
        resume_id=resume_id,
        replaces_resume_id=replaces,
        sync_id=uuid4(),
        owner_user_id=owner,
        database_id=owner,
        source="google_drive",
        filename="cv.pdf",
        file=StoredFile(
            blob_key=f"resumes/{resume_id}/0", media_type="application/pdf", size_bytes=1, sha256="00"
        ),
    )
    return msgspec.structs.replace(event, **changes)


def of_type(messages: list[Message], message_class: type[T]) -> list[T]:
    return [message for message in messages if isinstance(message, message_class)]
