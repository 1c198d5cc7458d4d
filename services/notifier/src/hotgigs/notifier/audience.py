"""Who hears of what happened, and how they see it; pure.

What a recruiter, an admin or a person sees of a candidate is decided as the gateway decides it: a group of
merged candidates is one person, seen as its survivor, under the strictest conditions of any of its grants.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.actor import Role
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier.happened import AddedFacts, Happened, MatchFacts, ResumeFacts, ShareFacts

SLACK = timedelta(hours=1)
"""A webhook hears what happened after it was made, as far as clocks of different machines can be compared."""

Sight = Literal["whole", "contact_hidden"]


class Viewer(Struct, frozen=True, kw_only=True):
    user_id: UUID
    role: Role
    is_active: bool = True


class Webhook(Struct, frozen=True, kw_only=True):
    """One that is on."""

    webhook_id: UUID
    owner: Viewer
    events: frozenset[WebhookEvent]
    is_batched: bool = False
    min_score: float = 0.0
    created_at: datetime


class Person(Struct, frozen=True, kw_only=True):
    """A group of candidates whose survivor is ``candidate_id``. ``grants`` are those of the whole group that
    stand: by recruiter, whether he may view the contact."""

    candidate_id: UUID
    database_id: UUID
    user_id: UUID | None = None
    grants: Mapping[UUID, bool] = {}
    can_be_found: bool = False


class Job(Struct, frozen=True, kw_only=True):
    owner_user_id: UUID
    is_open: bool


class Known(Struct, frozen=True, kw_only=True):
    """Of what an event is about; None for what is not known, or not any more."""

    person: Person | None = None
    job: Job | None = None


def strictest(grants: Iterable[tuple[UUID, bool]]) -> dict[UUID, bool]:
    """A recruiter views the contact where each grant of the group lets him: a merge shows nobody more."""
    may_view: dict[UUID, bool] = {}
    for recruiter_id, can_view_contact_info in grants:
        may_view[recruiter_id] = may_view.get(recruiter_id, True) and can_view_contact_info
    return may_view


def sight_of(happened: Happened, known: Known, viewer: Viewer) -> Sight | None:
    """How ``viewer`` sees it now; None where it is not for them. A job that was closed since is seen."""
    if not viewer.is_active:
        return None
    match happened.facts:
        case ResumeFacts():
            return "whole" if _sees_resume(happened.facts, viewer) else None
        case AddedFacts():
            return "whole" if known.person is not None and _is_own(known.person, viewer) else None
        case ShareFacts():
            return _sight_of_share(happened.facts, known.person, viewer)
        case MatchFacts():
            return _sight_of_match(happened, known, viewer)


def hears(happened: Happened, known: Known, webhook: Webhook) -> bool:
    """Whether it is to be told, if it was not before."""
    if happened.event not in webhook.events or happened.occurred_at < webhook.created_at - SLACK:
        return False
    if isinstance(happened.facts, MatchFacts) and (
        happened.facts.score < webhook.min_score or known.job is None or not known.job.is_open
    ):
        return False
    return sight_of(happened, known, webhook.owner) is not None


class Audience:
    """Finds among many webhooks those that hear, without asking each."""

    def __init__(self, webhooks: Sequence[Webhook]) -> None:
        self._of_admins: dict[WebhookEvent, list[Webhook]] = {}
        self._of_others: dict[tuple[WebhookEvent, UUID], list[Webhook]] = {}
        for webhook in webhooks:
            for event in webhook.events:
                if webhook.owner.role == "admin":
                    self._of_admins.setdefault(event, []).append(webhook)
                else:
                    self._of_others.setdefault((event, webhook.owner.user_id), []).append(webhook)

    def of(self, happened: Happened, known: Known) -> Iterator[Webhook]:
        """All that hear it."""
        event = happened.event
        asked = [*self._of_admins.get(event, ())]
        for user_id in _concerned(happened, known):
            asked += self._of_others.get((event, user_id), ())
        return (webhook for webhook in asked if hears(happened, known, webhook))


def _concerned(happened: Happened, known: Known) -> set[UUID]:
    """Everybody whom anything gives a right to see it, beside admins."""
    user_ids: set[UUID | None] = set()
    if isinstance(happened.facts, ResumeFacts):
        user_ids |= {happened.facts.owner_user_id, happened.facts.database_id}
    if known.person is not None:
        user_ids |= {known.person.database_id, known.person.user_id, *known.person.grants}
    if known.job is not None:
        user_ids.add(known.job.owner_user_id)
    return {user_id for user_id in user_ids if user_id is not None}


def _sees_resume(facts: ResumeFacts, viewer: Viewer) -> bool:
    """What somebody took in as a recruiter is no longer theirs when they are none."""
    if viewer.role == "admin":
        return True
    if viewer.role == "recruiter" and facts.database_id == viewer.user_id:
        return True
    is_the_person = facts.database_id == MASTER_DATABASE_ID and facts.source == "candidate_upload"
    return is_the_person and facts.owner_user_id == viewer.user_id


def _is_own(person: Person, viewer: Viewer) -> bool:
    match viewer.role:
        case "admin":
            return True
        case "recruiter":
            return person.database_id == viewer.user_id
        case "candidate":
            return person.user_id == viewer.user_id


def _sight_of_grant(person: Person, recruiter_id: UUID) -> Sight | None:
    may_view = person.grants.get(recruiter_id)
    if may_view is None:
        return None
    return "whole" if may_view else "contact_hidden"


def _sight_of_share(facts: ShareFacts, person: Person | None, viewer: Viewer) -> Sight | None:
    """Admins are told what the recruiter sees."""
    if person is None or not (
        viewer.role == "admin" or (viewer.role == "recruiter" and viewer.user_id == facts.recruiter_id)
    ):
        return None
    sight = _sight_of_grant(person, facts.recruiter_id)
    return "whole" if sight is not None and person.database_id == facts.recruiter_id else sight


def _sight_of_match(happened: Happened, known: Known, viewer: Viewer) -> Sight | None:
    """A match of a candidate that was merged into another is none any more: the survivor has its own."""
    person, job = known.person, known.job
    if person is None or job is None or person.candidate_id != happened.candidate_id:
        return None
    if _is_own(person, viewer):
        return "whole"
    if viewer.role != "recruiter":
        return None
    if (granted := _sight_of_grant(person, viewer.user_id)) is not None:
        return granted
    return "contact_hidden" if person.can_be_found and job.owner_user_id == viewer.user_id else None
