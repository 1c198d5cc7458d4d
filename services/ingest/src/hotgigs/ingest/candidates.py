"""A candidate as ingest keeps it, and candidates that are merged, as one; nothing here reads or writes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import Source
from hotgigs.ingest.profiles import edited_fields, profile_of


class Candidate(Struct, frozen=True, kw_only=True):
    """``version`` grows whenever anything of its public state changes."""

    candidate_id: UUID
    version: int = 1
    database_id: UUID
    user_id: UUID | None = None
    source: Source
    added_at: datetime
    updated_at: datetime
    merged_into: UUID | None = None
    edits: ProfileEdits = ProfileEdits()


class Imported(Struct, frozen=True, kw_only=True):
    """A completed resume of a candidate. Only the newest of each candidate has its ``data``."""

    resume_id: UUID
    candidate_id: UUID
    received_at: datetime
    data: ResumeData | None = None


class Group(Struct, frozen=True, kw_only=True):
    """A candidate that is merged into no other, and all that are merged into it, directly or by way of
    others; with their resumes."""

    candidates: dict[UUID, Candidate]
    resumes: tuple[Imported, ...] = ()

    @property
    def survivor(self) -> Candidate:
        return next(each for each in self.candidates.values() if each.merged_into is None)

    def members(self, candidate_id: UUID) -> tuple[UUID, ...]:
        """The candidate first, then those that are merged into it, in the order of their ids."""
        direct = sorted(
            each.candidate_id for each in self.candidates.values() if each.merged_into == candidate_id
        )
        below = [member for each in direct for member in self.members(each)]
        return (candidate_id, *sorted(below))

    def line(self, candidate_id: UUID) -> tuple[UUID, ...]:
        """The candidate and those it is merged into, up to the survivor."""
        above = self.candidates[candidate_id].merged_into
        return (candidate_id,) if above is None else (candidate_id, *self.line(above))

    def state_of(self, candidate_id: UUID) -> CandidateState:
        candidate, members = self.candidates[candidate_id], self.members(candidate_id)
        resumes = sorted(
            (each for each in self.resumes if each.candidate_id in members),
            key=lambda each: (each.received_at, each.resume_id),
            reverse=True,
        )
        leading = resumes[0].data if resumes else None
        return CandidateState(
            candidate_id=candidate_id,
            version=candidate.version,
            database_id=candidate.database_id,
            user_id=candidate.user_id,
            source=candidate.source,
            added_at=candidate.added_at,
            updated_at=candidate.updated_at,
            survivor_id=self.survivor.candidate_id,
            merged_ids=members[1:],
            resume_ids=tuple(each.resume_id for each in resumes),
            profile=profile_of(leading or ResumeData(), candidate.edits),
            edited=edited_fields(candidate.edits),
        )


def groups_of(candidates: Iterable[Candidate], resumes: Iterable[Imported]) -> list[Group]:
    """Of whole groups' candidates, each group, by its survivor's id; with those of ``resumes`` that are
    theirs."""
    by_id = {each.candidate_id: each for each in candidates}
    survivor_of: dict[UUID, UUID] = {}
    for each in by_id.values():
        above = each
        while above.merged_into is not None:
            above = by_id[above.merged_into]
        survivor_of[each.candidate_id] = above.candidate_id
    return [
        Group(
            candidates={id_: by_id[id_] for id_ in by_id if survivor_of[id_] == survivor},
            resumes=tuple(each for each in resumes if survivor_of.get(each.candidate_id) == survivor),
        )
        for survivor in sorted(set(survivor_of.values()))
    ]


def changed(candidate: Candidate, now: datetime, **changes: object) -> Candidate:
    return msgspec.structs.replace(candidate, version=candidate.version + 1, updated_at=now, **changes)
