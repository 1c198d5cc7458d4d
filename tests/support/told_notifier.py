"""What others told the notifier, written as its handlers write it, for tests of what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from support.notifier_service import NotifierService

from hotgigs.contracts.actor import Role
from hotgigs.contracts.webhook_events import DATA_OF, WebhookEvent
from hotgigs.notifier import fan_out
from hotgigs.notifier.happened import AddedFacts, Facts, Happened, MatchFacts, ResumeFacts, ShareFacts
from hotgigs.notifier.rendering import bodies


def match_facts(score: float = 80.0, **fields: Any) -> MatchFacts:
    parts = dict.fromkeys(("skill_score", "experience_score", "education_score", "location_score"), score)
    return MatchFacts(**parts | {"score": score} | fields)


def share_facts(recruiter_id: UUID, **fields: Any) -> ShareFacts:
    given = {"share_version": 1, "can_download_resume": True, "can_submit_to_jobs": True}
    return ShareFacts(**given | {"recruiter_id": recruiter_id} | fields)


def resume_facts(database_id: UUID, **fields: Any) -> ResumeFacts:
    given = {"owner_user_id": database_id, "database_id": database_id, "source": "resume_import"}
    return ResumeFacts(**given | fields)


def happened(event: WebhookEvent, facts: Facts | None = None, **fields: Any) -> Happened:
    """Now; in its first version."""
    return Happened(
        **{
            "event_id": uuid4(),
            "event": event,
            "version": 1,
            "occurred_at": datetime.now(UTC),
            "facts": facts or (match_facts() if event == "match.created" else AddedFacts()),
        }
        | fields
    )


class ToldNotifier(NotifierService):
    """What it knows is written as if others had told it."""

    async def put(self, table: str, **fields: Any) -> None:
        """A row, instead of the one that was there."""
        await self.put_all(table, [fields])

    async def put_all(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        names = ", ".join(rows[0])
        key = {"access": "candidate_id, recruiter_id"}.get(table, next(iter(rows[0])))
        await self.pool.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, $1)"
            f" ON CONFLICT ({key}) DO UPDATE SET"
            f" {', '.join(f'{name} = excluded.{name}' for name in rows[0])}",
            [msgspec.to_builtins(row) for row in rows],
        )

    async def owner(self, role: Role = "recruiter", *, user_id: UUID | None = None, **fields: Any) -> UUID:
        user_id = user_id or uuid4()
        await self.put(
            "owners", **{"user_id": user_id, "version": 1, "role": role, "is_active": True} | fields
        )
        return user_id

    async def listens(self, owner_id: UUID, *events: WebhookEvent, **fields: Any) -> UUID:
        """A webhook, of all events where none are named."""
        now = datetime.now(UTC)
        webhook = {
            "webhook_id": uuid4(),
            "version": 1,
            "owner_user_id": owner_id,
            "url": "https://hooks.example.com/",
            "events": events or tuple(DATA_OF),
            "description": "",
            "is_batched": False,
            "min_score": 0.0,
            "is_active": True,
            "created_at": now,
            "updated_at": now,
        } | fields
        await self.put("webhooks", **webhook)
        return webhook["webhook_id"]

    async def candidate(self, database_id: UUID, **fields: Any) -> UUID:
        candidate_id = fields.get("candidate_id") or uuid4()
        candidate = {
            "candidate_id": candidate_id,
            "version": 1,
            "database_id": database_id,
            "user_id": None,
            "survivor_id": candidate_id,
            "source": "resume_import",
            "added_at": datetime.now(UTC),
            "full_name": "Ada Byron",
            "email": "countess@example.com",
            "phone": "+44 20 7946 0958",
            "title": "Analyst",
            "location": "London",
            "years": 7.5,
            "top_skills": ("Looms", "Bernoulli numbers"),
        } | fields
        await self.put("candidates", **candidate)
        return candidate_id

    async def share(self, candidate_id: UUID, recruiter_id: UUID, **fields: Any) -> None:
        grant = {"version": 1, "is_revoked": False, "can_view_contact_info": True} | fields
        await self.put("access", candidate_id=candidate_id, recruiter_id=recruiter_id, **grant)

    async def consent(self, candidate_id: UUID, *, can_be_found: bool = True) -> None:
        await self.put("consents", candidate_id=candidate_id, version=1, can_be_found=can_be_found)

    async def job(self, owner_id: UUID, **fields: Any) -> UUID:
        job = {
            "job_id": uuid4(),
            "version": 1,
            "owner_user_id": owner_id,
            "database_id": owner_id,
            "title": "Weaver",
            "company_name": "Analytical Engines",
            "is_open": True,
        } | fields
        await self.put("jobs", **job)
        return job["job_id"]

    async def resume_says(self, candidate_id: UUID, **fields: Any) -> None:
        said = {"full_name": None, "email": None, "phone": None} | fields
        await self.put("resume_contacts", resume_id=uuid4(), version=1, candidate_id=candidate_id, **said)

    async def learns(self, *happened: Happened) -> None:
        rows = [msgspec.to_builtins(each) for each in happened]
        if rows:
            await self.put_all("events", rows)

    async def fans_out(self) -> int:
        """All that can be."""
        count = 0
        while step := await fan_out.step(self.units_of_work, self.resources.settings):
            count += step
        return count

    async def deliveries(self, webhook_id: UUID | None = None) -> list[dict[str, Any]]:
        """The oldest first, with their ``event_ids``."""
        rows = await self.pool.fetch(
            "SELECT d.*, ARRAY(SELECT event_id FROM delivered_events AS t"
            "  WHERE t.delivery_id = d.delivery_id ORDER BY place) AS event_ids"
            " FROM deliveries AS d WHERE $1::uuid IS NULL OR webhook_id = $1"
            " ORDER BY created_at, delivery_id",
            webhook_id,
        )
        return [dict(row) for row in rows]

    async def heard_by(self, webhook_id: UUID) -> list[UUID]:
        """The ids of the events."""
        return [each for delivery in await self.deliveries(webhook_id) for each in delivery["event_ids"]]

    async def bodies(self, webhook_id: UUID | None = None) -> list[Any]:
        """As JSON has them, None for those that are withheld; in the order of `deliveries`."""
        ids = [each["delivery_id"] for each in await self.deliveries(webhook_id)]
        async with self.pool.acquire() as connection:
            made = await bodies(connection, ids)
        assert made.keys() == {*ids}
        return [None if (body := made[each]) is None else msgspec.json.decode(body) for each in ids]


async def matches(told: ToldNotifier, owner_id: UUID, count: int, **fields: Any) -> list[Happened]:
    """New candidates of the owner's with a job of his, in the order in which it was heard."""
    job_id = await told.job(owner_id)
    candidates = [await told.candidate(owner_id) for _ in range(count)]
    events = [
        happened(
            "match.created", candidate_id=each, candidate_version=1, job_id=job_id, job_version=1, **fields
        )
        for each in candidates
    ]
    await told.learns(*events)
    return events


async def is_blocked(told: ToldNotifier) -> int | None:
    """The process id of a connection that waits for another's lock."""
    pid: int | None = await told.pool.fetchval("SELECT pid FROM pg_locks WHERE NOT granted")
    return pid
