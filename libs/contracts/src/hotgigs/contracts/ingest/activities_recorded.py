"""activities_recorded: things were done with candidates."""

from hotgigs.contracts.candidate_state import Activity
from hotgigs.contracts.message import Event


class ActivitiesRecordedV1(Event, frozen=True, kw_only=True):
    activities: tuple[Activity, ...]

    @property
    def subject(self) -> str:
        return str(self.activities[0].candidate_id)
