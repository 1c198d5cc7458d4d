"""What each database shows of one person; pure.

One person is a group of candidates of one database: a survivor and those merged into it. Whoever sees the
survivor sees what the whole group has.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.resume_state import Source
from hotgigs.gateway.candidates.search_terms import (
    Document,
    Searchable,
    document,
    find_key,
    name_key,
    searchable,
)
from hotgigs.redaction.hiding import Contact, redacted_profile

FINDABLE_DATABASE_ID = UUID("5a0e6c1d-9f52-5b5e-8c6b-2d3c41f0c7aa")
"""Nobody's database: its entries are of persons who let the owners of jobs find them, and as those see
them."""


class Share(Struct, frozen=True, kw_only=True):
    """A share of a candidate that stands."""

    candidate_id: UUID
    recruiter_id: UUID
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    granted_by: UUID
    granted_at: datetime


class Tag(Struct, frozen=True, kw_only=True):
    """A tag that is there, of a candidate of the group."""

    tagging_database_id: UUID
    tag: str


class Entry(Struct, frozen=True, kw_only=True):
    """A row of `entries`. ``profile`` is None where the candidate's own is shown."""

    database_id: UUID
    candidate_id: UUID
    is_own: bool
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    user_id: UUID | None
    source: str
    added_at: datetime
    full_name: str | None
    name_key: str
    email: str | None
    title: str | None
    location: str | None
    years: float
    top_skills: tuple[str, ...]
    tags: tuple[str, ...]
    find_key: str
    document: Document
    profile: CandidateProfile | None


def listed_source(source: Source) -> str:
    """The word of the lists."""
    return "application" if source == "candidate_upload" else source


def entries_of(
    group: Sequence[CandidateState],
    *,
    shares: Sequence[Share],
    tags: Sequence[Tag],
    contact: Contact,
    can_be_found: bool = False,
) -> list[Entry]:
    """One for the candidate's own database, one for each recruiter it is shared with, and one for those who
    find it; none while the survivor itself is not known. ``contact`` is all of the group's."""
    survivor = next((each for each in group if each.candidate_id == each.survivor_id), None)
    if survivor is None:
        return []
    others = [share for share in _strictest(shares) if share.recruiter_id != survivor.database_id]
    if can_be_found:
        others.append(_found(survivor))
    whole = _Seen(profile=survivor.profile, words=searchable(survivor.profile))
    redacted = whole
    if not all(share.can_view_contact_info for share in others):
        profile = redacted_profile(survivor.profile, contact)
        redacted = _Seen(profile=profile, words=searchable(profile))
    return [
        _entry(survivor, whole, tags, None),
        *(
            _entry(survivor, whole if share.can_view_contact_info else redacted, tags, share)
            for share in others
        ),
    ]


class _Seen(Struct, frozen=True, kw_only=True):
    """The profile as somebody sees it; made once for all who see the same."""

    profile: CandidateProfile
    words: Searchable


def _strictest(shares: Sequence[Share]) -> Iterator[Share]:
    """One for each recruiter, newest of all, who may do what every share of the group lets them: to merge two
    candidates shows nobody more of either."""
    by_recruiter: dict[UUID, Share] = {}
    for share in sorted(shares, key=lambda share: (share.granted_at, share.candidate_id)):
        before = by_recruiter.get(share.recruiter_id, share)
        by_recruiter[share.recruiter_id] = msgspec.structs.replace(
            share,
            can_view_contact_info=share.can_view_contact_info and before.can_view_contact_info,
            can_download_resume=share.can_download_resume and before.can_download_resume,
            can_submit_to_jobs=share.can_submit_to_jobs and before.can_submit_to_jobs,
        )
    yield from by_recruiter.values()


def _found(survivor: CandidateState) -> Share:
    """What everybody who posts jobs may do with whom he only finds."""
    return Share(
        candidate_id=survivor.candidate_id,
        recruiter_id=FINDABLE_DATABASE_ID,
        can_view_contact_info=False,
        can_download_resume=False,
        can_submit_to_jobs=False,
        granted_by=survivor.user_id or survivor.database_id,
        granted_at=survivor.added_at,
    )


def _source(survivor: CandidateState, share: Share | None) -> str:
    """A person who lets a recruiter see them has applied; whoever else does has shared them."""
    if share is None:
        return listed_source(survivor.source)
    return "application" if share.granted_by == survivor.user_id else "admin_share"


def _entry(survivor: CandidateState, seen: _Seen, tags: Sequence[Tag], share: Share | None) -> Entry:
    profile = seen.profile
    database_id = survivor.database_id if share is None else share.recruiter_id
    source = _source(survivor, share)
    own_tags = tuple(sorted({each.tag for each in tags if each.tagging_database_id == database_id}))
    return Entry(
        database_id=database_id,
        candidate_id=survivor.candidate_id,
        is_own=share is None,
        can_view_contact_info=share is None or share.can_view_contact_info,
        # The file shows the contact.
        can_download_resume=share is None or (share.can_download_resume and share.can_view_contact_info),
        can_submit_to_jobs=share is None or share.can_submit_to_jobs,
        user_id=survivor.user_id,
        source=source,
        added_at=survivor.added_at if share is None else share.granted_at,
        full_name=profile.full_name,
        name_key=name_key(profile),
        email=profile.email,
        title=profile.title,
        location=profile.location,
        years=profile.total_experience_years,
        top_skills=profile.top_skills,
        tags=own_tags,
        find_key=find_key(profile),
        document=document(seen.words, database_id=database_id, tags=own_tags, source=source),
        profile=None if profile is survivor.profile else profile,
    )
