"""activities_recorded: things were done with candidates."""

from collections.abc import Sequence

import msgspec

from hotgigs.contracts.candidate_state import Activity, ActivityV1
from hotgigs.contracts.message import Event


class ActivitiesRecordedV1(Event, frozen=True, kw_only=True):
    activities: tuple[ActivityV1, ...]

    @property
    def subject(self) -> str:
        return _subject_of(self.activities)

    def latest(self) -> "ActivitiesRecordedV2":
        return msgspec.convert(self, ActivitiesRecordedV2, from_attributes=True)


class ActivitiesRecordedV2(Event, frozen=True, kw_only=True):
    """With submissions. About several candidates, it has a subject of its own: what is erased of one takes
    nothing from the others."""

    activities: tuple[Activity, ...]

    @property
    def subject(self) -> str:
        return _subject_of(self.activities)


def _subject_of(activities: Sequence[Activity | ActivityV1]) -> str:
    first = activities[0]
    is_of_one = all(each.candidate_id == first.candidate_id for each in activities)
    return str(first.candidate_id if is_of_one else first.activity_id)
