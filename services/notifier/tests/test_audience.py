"""Who hears of what happened, compared with what the gateway shows them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from support.told_notifier import happened, match_facts, resume_facts, share_facts

from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.contracts.webhook_events import DATA_OF
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.candidates.entries import FINDABLE_DATABASE_ID, Entry, Share, entries_of
from hotgigs.gateway.visibility import is_own_resume
from hotgigs.notifier.audience import (
    SLACK,
    Audience,
    Job,
    Known,
    Person,
    Sight,
    Viewer,
    Webhook,
    hears,
    sight_of,
    strictest,
)
from hotgigs.notifier.happened import Happened, MatchFacts, ResumeFacts, ShareFacts
from hotgigs.redaction.hiding import Contact

NOW = datetime(2026, 5, 1, tzinfo=UTC)
USERS = [UUID(int=number) for number in range(1, 4)]
CANDIDATES = [UUID(int=number) for number in range(11, 13)]
DATABASES = [*USERS, MASTER_DATABASE_ID]
JOB = UUID(int=21)

users = st.sampled_from(USERS)
viewers = st.builds(
    Viewer, user_id=users, role=st.sampled_from(["recruiter", "admin", "candidate"]), is_active=st.booleans()
)


class World(Struct, frozen=True, kw_only=True):
    """A person as the gateway knows them: a group whose survivor is its first."""

    database_id: UUID
    user_id: UUID | None
    grants: Sequence[tuple[UUID, UUID, bool]]
    """Candidate, recruiter, and whether the contact may be viewed."""
    can_be_found: bool
    job_owner_id: UUID
    job_is_open: bool

    @property
    def known(self) -> Known:
        person = Person(
            candidate_id=CANDIDATES[0],
            database_id=self.database_id,
            user_id=self.user_id,
            grants=strictest((recruiter_id, may_view) for _, recruiter_id, may_view in self.grants),
            can_be_found=self.can_be_found,
        )
        return Known(person=person, job=Job(owner_user_id=self.job_owner_id, is_open=self.job_is_open))

    def entries(self) -> list[Entry]:
        group = [
            CandidateState(
                candidate_id=candidate_id,
                version=1,
                database_id=self.database_id,
                user_id=self.user_id,
                source="resume_import",
                added_at=NOW,
                updated_at=NOW,
                survivor_id=CANDIDATES[0],
                profile=CandidateProfile(full_name="Ada"),
            )
            for candidate_id in CANDIDATES
        ]
        shares = [
            Share(
                candidate_id=candidate_id,
                recruiter_id=recruiter_id,
                can_view_contact_info=may_view,
                can_download_resume=False,
                can_submit_to_jobs=False,
                granted_by=USERS[0],
                granted_at=NOW,
            )
            for candidate_id, recruiter_id, may_view in self.grants
        ]
        return entries_of(group, shares=shares, tags=(), contact=Contact(), can_be_found=self.can_be_found)


worlds = st.builds(
    World,
    database_id=st.sampled_from(DATABASES),
    user_id=st.none() | users,
    grants=st.lists(
        st.tuples(st.sampled_from(CANDIDATES), users, st.booleans()),
        unique_by=lambda grant: grant[:2],
        max_size=6,
    ),
    can_be_found=st.booleans(),
    job_owner_id=users,
    job_is_open=st.booleans(),
)
resumes = st.builds(
    resume_facts,
    st.sampled_from(DATABASES),
    owner_user_id=users,
    source=st.sampled_from(["candidate_upload", "resume_import", "bulk_upload"]),
)
events = st.one_of(
    st.builds(happened, st.just("resume.processing.completed"), resumes, candidate_id=st.just(CANDIDATES[0])),
    st.builds(happened, st.just("resume.processing.failed"), resumes),
    st.builds(happened, st.just("candidate.added"), candidate_id=st.sampled_from(CANDIDATES)),
    st.builds(
        happened,
        st.just("candidate.shared"),
        st.builds(share_facts, users),
        candidate_id=st.sampled_from(CANDIDATES),
    ),
    st.builds(
        happened,
        st.just("match.created"),
        st.builds(match_facts, st.sampled_from([0.0, 50.0, 80.0])),
        candidate_id=st.sampled_from(CANDIDATES),
        job_id=st.just(JOB),
    ),
)
webhooks = st.builds(
    Webhook,
    webhook_id=st.uuids(),
    owner=viewers,
    events=st.frozensets(st.sampled_from(list(DATA_OF))),
    min_score=st.sampled_from([0.0, 50.0, 50.1, 100.0]),
    created_at=st.sampled_from([NOW, NOW + SLACK, NOW + SLACK + timedelta(seconds=1)]),
)


def shown(entries: Sequence[Entry], viewer: Viewer, *database_ids: UUID) -> Sight | None:
    """As the gateway shows the first of the viewer's entries."""
    for database_id in database_ids:
        for entry in entries:
            match viewer.role:
                case "recruiter":
                    is_theirs = entry.database_id == database_id
                case "admin":
                    is_theirs = entry.is_own
                case "candidate":
                    is_theirs = entry.is_own and entry.user_id == viewer.user_id
            if is_theirs:
                return "whole" if entry.can_view_contact_info else "contact_hidden"
    return None


def sight_in_gateway(event: Happened, world: World, viewer: Viewer) -> Sight | None:
    entries = world.entries()
    if not viewer.is_active:
        return None
    match event.facts:
        case ResumeFacts() as facts:
            principal = Principal(user_id=viewer.user_id, role=viewer.role)
            return (
                "whole"
                if is_own_resume(msgspec.to_builtins(facts, builtin_types=(UUID,)), principal)
                else None
            )
        case ShareFacts() as facts:
            if viewer.role == "admin":  # who is told what the recruiter sees
                recruiter = Viewer(user_id=facts.recruiter_id, role="recruiter")
                return sight_in_gateway(event, world, recruiter)
            is_shared = any(recruiter_id == facts.recruiter_id for _, recruiter_id, _ in world.grants)
            if viewer.role != "recruiter" or viewer.user_id != facts.recruiter_id or not is_shared:
                return None
            return shown(entries, viewer, viewer.user_id)
        case MatchFacts():
            if event.candidate_id != CANDIDATES[0]:
                return None
            own = (viewer.user_id,)
            is_job_owner = viewer.user_id == world.job_owner_id
            return shown(entries, viewer, *own, *(FINDABLE_DATABASE_ID,) * is_job_owner)
        case _:
            own = [entry for entry in entries if entry.is_own]
            return shown(own, viewer, viewer.user_id)


@settings(max_examples=500)
@given(event=events, world=worlds, viewer=viewers)
def test_a_viewer_sees_of_an_event_what_the_gateway_shows_him(
    event: Happened, world: World, viewer: Viewer
) -> None:
    assert sight_of(event, world.known, viewer) == sight_in_gateway(event, world, viewer)


@settings(max_examples=500)
@given(event=events, world=worlds, asked=st.lists(webhooks, unique_by=lambda each: each.webhook_id))
def test_those_hear_who_asked_for_it_and_see_it(event: Happened, world: World, asked: list[Webhook]) -> None:
    event = msgspec.structs.replace(event, occurred_at=NOW)
    heard = [each.webhook_id for each in Audience(asked).of(event, world.known)]
    expected = {
        each.webhook_id
        for each in asked
        if event.event in each.events
        and each.created_at <= NOW + timedelta(hours=1)
        and sight_in_gateway(event, world, each.owner) is not None
        and not (
            isinstance(event.facts, MatchFacts)
            and (event.facts.score < each.min_score or not world.job_is_open)
        )
    }
    assert len(heard) == len({*heard})
    assert {*heard} == expected


@given(event=events, viewer=viewers)
def test_of_what_is_not_known_nobody_hears_but_of_their_resumes(event: Happened, viewer: Viewer) -> None:
    if not isinstance(event.facts, ResumeFacts):
        assert sight_of(event, Known(), viewer) is None


def test_a_job_that_was_closed_since_is_seen_but_not_heard_of() -> None:
    world = World(
        database_id=USERS[0],
        user_id=None,
        grants=(),
        can_be_found=False,
        job_owner_id=USERS[1],
        job_is_open=False,
    )
    owner = Viewer(user_id=USERS[0], role="recruiter")
    event = happened("match.created", candidate_id=CANDIDATES[0], job_id=JOB)
    webhook = Webhook(
        webhook_id=UUID(int=9), owner=owner, events=frozenset(["match.created"]), created_at=NOW
    )
    assert sight_of(event, world.known, owner) == "whole"
    assert not hears(event, world.known, webhook)


@pytest.mark.parametrize("order", [1, -1])
def test_the_contact_is_hidden_where_one_grant_of_the_group_hides_it(order: int) -> None:
    grants = [(USERS[0], True), (USERS[0], False), (USERS[1], True)][::order]
    assert strictest(grants) == {USERS[0]: False, USERS[1]: True}
