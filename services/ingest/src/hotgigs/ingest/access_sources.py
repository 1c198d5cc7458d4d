"""What comes of the sources of recruiters' access to candidates of others; pure.

An admin's share gives what it says. A submission gives the job's owner what its submitter may do, as long as
that is to submit it: who has the candidate by a submission himself may pass it on, and what he passed on goes
with what he has. So the whole is the least that follows from shares, and from what was submitted by those who
need nobody's grant: of submissions in a circle each holds up the others, and none of them counts.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import IntFlag
from functools import reduce
from operator import and_
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.actor import Role
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.candidates import Group


class May(IntFlag):
    """What somebody may do with a candidate, beside seeing it."""

    VIEW_CONTACT_INFO = 1
    DOWNLOAD_RESUME = 2
    SUBMIT_TO_JOBS = 4


OWNER = May.VIEW_CONTACT_INFO | May.DOWNLOAD_RESUME | May.SUBMIT_TO_JOBS
PERSON = May.VIEW_CONTACT_INFO | May.DOWNLOAD_RESUME
"""Of an application: who applies for one job has not asked to be passed on."""


class Link(NamedTuple):
    candidate_id: UUID
    recruiter_id: UUID


class Share(Struct, frozen=True, kw_only=True):
    """An admin's."""

    link: Link
    may: May
    share_reason: str | None = None
    share_notes: str | None = None
    granted_by: UUID
    granted_at: datetime


class Submission(Struct, frozen=True, kw_only=True):
    """One that is not withdrawn. ``candidate_id`` is, of a merged candidate, the one through which its
    submitter had it."""

    submission_id: UUID
    candidate_id: UUID
    submitted_by: UUID
    submitter_role: Role
    job_database_id: UUID
    submitted_at: datetime


class Granted(Struct, frozen=True, kw_only=True):
    """What comes of all sources of one link: who gave it first, or, where it is shared, who shared it."""

    link: Link
    may: May
    share_reason: str | None = None
    share_notes: str | None = None
    granted_by: UUID
    granted_at: datetime


def granted(group: Group, shares: Sequence[Share], submissions: Sequence[Submission]) -> list[Granted]:
    """For each recruiter and each candidate of the group that has a source, in their order. ``shares`` and
    ``submissions`` are all of the group's."""
    database_id = group.survivor.database_id
    access = _Access()
    for share in shares:
        access.add(share.link, share.may)
    giving = [each for each in submissions if _gives_anything(each, database_id)]
    standing = [each for each in giving if not _is_passed_on(each, database_id)]
    for each in standing:
        access.add(_link(each), PERSON if each.submitter_role == "candidate" else OWNER)
    standing += access.pass_on([each for each in giving if _is_passed_on(each, database_id)])
    shared = {share.link: share for share in shares}
    firsts = {_link(each): each for each in sorted(standing, key=_place, reverse=True)}
    return [
        _granted(link, may, shared.get(link), firsts.get(link)) for link, may in sorted(access.links.items())
    ]


class _Access:
    def __init__(self) -> None:
        self.links: dict[Link, May] = {}
        self._links_of: dict[UUID, set[Link]] = {}

    def add(self, link: Link, may: May) -> bool:
        """Whether that is more than there was."""
        before = self.links.get(link)
        self.links[link] = may | (before or May(0))
        self._links_of.setdefault(link.recruiter_id, set()).add(link)
        return self.links[link] != before

    def of(self, recruiter_id: UUID) -> May:
        """With the whole group: what each of his links lets him do."""
        links = self._links_of.get(recruiter_id)
        return reduce(and_, map(self.links.__getitem__, links)) if links else May(0)

    def pass_on(self, submissions: Sequence[Submission]) -> list[Submission]:
        """Adds what comes of them, and returns those that count: whose submitters may submit the very
        candidate. A merge with another takes from what they give, and from nobody's sight."""
        may_submit = {link for link, may in self.links.items() if May.SUBMIT_TO_JOBS in may}
        standing: list[Submission] = []
        waiting = list(submissions)
        while ready := [each for each in waiting if _own_link(each) in may_submit]:
            waiting = [each for each in waiting if _own_link(each) not in may_submit]
            may_submit |= set(map(_link, ready))
            standing += ready
        for each in standing:
            self.add(_link(each), May(0))
        is_more = True
        while is_more:
            is_more = False
            for each in standing:
                is_more |= self.add(_link(each), self.of(each.submitted_by))
        return standing


def _own_link(submission: Submission) -> Link:
    return Link(submission.candidate_id, submission.submitted_by)


def _link(submission: Submission) -> Link:
    return Link(submission.candidate_id, submission.job_database_id)


def _place(submission: Submission) -> tuple[datetime, UUID]:
    return submission.submitted_at, submission.submission_id


def _gives_anything(submission: Submission, database_id: UUID) -> bool:
    """Not to who has the candidate anyway: its owner, admins, and the submitter."""
    return submission.job_database_id not in (database_id, MASTER_DATABASE_ID, submission.submitted_by)


def _is_passed_on(submission: Submission, database_id: UUID) -> bool:
    return submission.submitter_role == "recruiter" and submission.submitted_by != database_id


def _granted(link: Link, may: May, share: Share | None, first: Submission | None) -> Granted:
    if share is not None:
        return Granted(
            link=link,
            may=may,
            share_reason=share.share_reason,
            share_notes=share.share_notes,
            granted_by=share.granted_by,
            granted_at=share.granted_at,
        )
    assert first is not None
    return Granted(link=link, may=may, granted_by=first.submitted_by, granted_at=first.submitted_at)
