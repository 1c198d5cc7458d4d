"""access_revoked -> a run of the candidate, which a database shows no longer."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.matcher.membership_store import Membership
from hotgigs.matcher.taking_in import take_in_memberships


async def on_access_revoked(events: Sequence[AccessRevokedV1], uow: UnitOfWork) -> None:
    memberships = [
        Membership(
            candidate_id=event.candidate_id,
            database_id=event.recruiter_id,
            version=event.version,
            is_revoked=True,
        )
        for event in events
    ]
    await take_in_memberships(memberships, uow)
