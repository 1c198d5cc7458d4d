"""activities_recorded -> the read models of activities and views."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.gateway.candidates.activities import add_activities
from hotgigs.gateway.locks import lock


async def on_activities_recorded(events: Sequence[ActivitiesRecordedV2], uow: UnitOfWork) -> None:
    activities = [activity for event in events for activity in event.activities]
    await lock(uow.connection, {activity.database_id for activity in activities})
    await add_activities(uow.connection, activities)
