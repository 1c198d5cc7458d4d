"""consent_changed -> a run of the candidate, whom jobs' owners find now, or no longer."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.matcher.membership_store import FINDABLE_DATABASE_ID, Membership
from hotgigs.matcher.taking_in import take_in_memberships


async def on_consent_changed(events: Sequence[ConsentChangedV1], uow: UnitOfWork) -> None:
    memberships = [
        Membership(
            candidate_id=event.candidate_id,
            database_id=FINDABLE_DATABASE_ID,
            version=event.version,
            is_revoked=not event.can_be_found,
        )
        for event in events
    ]
    await take_in_memberships(memberships, uow)
