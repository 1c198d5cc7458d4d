"""activities_recorded: things were done with candidates."""

from hotgigs.contracts.candidate_state import Activity
from hotgigs.contracts.message import Event


class ActivitiesRecordedV1(Event, frozen=True, kw_only=True):
    """About several candidates, it has a subject of its own: what is erased of one takes nothing from the
    others."""

    activities: tuple[Activity, ...]

    @property
    def subject(self) -> str:
        first = self.activities[0]
        is_of_one = all(each.candidate_id == first.candidate_id for each in self.activities)
        return str(first.candidate_id if is_of_one else first.activity_id)
