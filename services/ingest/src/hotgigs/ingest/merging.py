"""Merging candidates of one person, and undoing it; pure.

A merge is a pointer, and nothing is moved: so that undoing it is exact, whatever happened in between.
"""

from datetime import datetime
from uuid import UUID

from hotgigs.chassis.refused import Refused
from hotgigs.ingest.candidates import Candidate, Group, changed

MOST = 100
"""Candidates in a group: each of them is told when it changes."""


def merged(survivor: Group, other: Group, now: datetime) -> list[Candidate]:
    """The candidates as they are when ``other`` is merged into ``survivor``, all that change, with these two
    first. Raises Refused where they cannot be one person's, or it would be too many."""
    kept, given = survivor.survivor, other.survivor
    if kept.candidate_id == given.candidate_id:
        raise Refused("conflict", "These are one candidate already.")
    if kept.database_id != given.database_id:
        raise Refused("conflict", "The candidates are in different databases.")
    if kept.user_id != given.user_id:
        raise Refused("conflict", "The candidates do not belong to the same account.")
    if len(survivor.candidates) + len(other.candidates) > MOST:
        raise Refused("conflict", f"No more than {MOST} candidates can be merged into one.")
    below = other.members(given.candidate_id)[1:]
    return [
        changed(kept, now),
        changed(given, now, merged_into=kept.candidate_id),
        *(changed(other.candidates[each], now) for each in below),
    ]


def parted(group: Group, survivor_id: UUID, merged_id: UUID, now: datetime) -> list[Candidate]:
    """The candidates as they are when ``merged_id`` is not merged any more, all that change: those above it,
    itself, and those below it, which stay with it. Raises Refused where it is not merged into
    ``survivor_id``, directly or by way of others."""
    if merged_id not in group.candidates or survivor_id not in group.line(merged_id)[1:]:
        raise Refused("not_found", "No such candidate is merged into this one.")
    above = reversed(group.line(merged_id)[1:])
    below = group.members(merged_id)[1:]
    return [
        *(changed(group.candidates[each], now) for each in above),
        changed(group.candidates[merged_id], now, merged_into=None),
        *(changed(group.candidates[each], now) for each in below),
    ]
