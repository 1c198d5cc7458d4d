"""access_granted -> a run of the candidate, which another database shows now."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.matcher.membership_store import Membership
from hotgigs.matcher.taking_in import take_in_memberships


async def on_access_granted(events: Sequence[AccessGrantedV1], uow: UnitOfWork) -> None:
    memberships = [
        Membership(candidate_id=grant.candidate_id, database_id=grant.recruiter_id, version=grant.version)
        for event in events
        for grant in event.grants
    ]
    await take_in_memberships(memberships, uow)
