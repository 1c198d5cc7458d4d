"""Shares, submissions and merges, made and taken back in any order, on a real database: what was told of
recruiters' access is what its sources come to."""

import asyncio
from contextlib import AsyncExitStack
from itertools import product
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support.candidate_commands import ADA, BO, OWNER, merge, share, submission, undo, unshare, withdrawal
from support.ingest_service import Ingest, recruiter
from support.postgres import database

from hotgigs.chassis import database as chassis_database
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.ingest.on_job_deleted import on_job_deleted
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_undo_merge import on_undo_merge
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate
from hotgigs.ingest.on_withdraw_submission import on_withdraw_submission

RECRUITERS = [recruiter() for _ in range(3)]
ACTORS = [*RECRUITERS, OWNER]
KINDS = ("can_view_contact_info", "can_download_resume", "can_submit_to_jobs")
ALL = frozenset(KINDS)

numbers = st.integers(0, 1)
recruiters = st.sampled_from(RECRUITERS)
actors = st.sampled_from(ACTORS)
conditions = st.frozensets(st.sampled_from(KINDS))

Key = tuple[int, UUID]
"""The number of a candidate, and a recruiter."""


class Model:
    """Two candidates of one database. All that anybody has is worked out from nothing every time."""

    def __init__(self) -> None:
        self.shares: dict[Key, frozenset[str]] = {}
        self.submissions: list[tuple[int, SubmitCandidateV1]] = []
        self.is_merged = False
        """The second into the first."""

    def survivor(self, number: int) -> int:
        return 0 if self.is_merged else number

    def group(self, number: int) -> tuple[int, ...]:
        return (0, 1) if self.is_merged else (number,)

    def of_group(self, access: dict[Key, frozenset[str]], number: int, who: UUID) -> frozenset[str]:
        own = [access[each, who] for each in self.group(number) if (each, who) in access]
        return frozenset.intersection(*own) if own else frozenset()

    def access(self) -> dict[Key, frozenset[str]]:
        """First who may submit which candidate, and then what else comes with it, until nothing comes."""
        counting = [each for each in self.submissions if each[1].job_database_id != OWNER.user_id]
        may_submit = {key for key, kinds in self.shares.items() if "can_submit_to_jobs" in kinds}
        for _ in self.submissions:
            may_submit |= {(of, it.job_owner_id) for of, it in counting if self._may(of, it, may_submit)}
        access = dict(self.shares)
        counting = [(of, it) for of, it in counting if self._may(of, it, may_submit)]
        others = [(of, it) for of, it in counting if it.actor.user_id != it.job_owner_id]
        for of, it in others:
            access.setdefault((of, it.job_owner_id), frozenset())
        for _, (of, it) in product(range(len(KINDS) * len(RECRUITERS) * 2), others):
            gives = ALL if it.actor == OWNER else self.of_group(access, of, it.actor.user_id)
            access[of, it.job_owner_id] |= gives
        return access

    def _may(self, of: int, command: SubmitCandidateV1, may_submit: set[Key]) -> bool:
        return command.actor == OWNER or (of, command.actor.user_id) in may_submit


class Access(RuleBasedStateMachine):
    server_url = template = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        url = await self.stack.enter_async_context(database(self.server_url, template=self.template))
        pool = await chassis_database.open_pool(url, schema="ingest", max_size=2)
        self.stack.callback(pool.terminate)
        self.ingest = Ingest(pool)
        self.model = Model()
        self.ids = [await self.ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
        self.versions: dict[Key, int] = {}
        self.known: dict[Key, frozenset[str]] = {}

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def does(self, handler: object, command: object) -> bool:
        """Whether it was carried out."""
        settled, events = self.runner.run(self.ingest.does(handler, command))  # type: ignore[arg-type]
        self.hear(events)
        return settled.rejection is None

    def hear(self, events: list[object]) -> None:
        """As a projection that keeps the newest; each version is told once."""
        for event in events:
            if isinstance(event, AccessGrantedV1):
                for grant in event.grants:
                    key = (self.ids.index(grant.candidate_id), grant.recruiter_id)
                    assert grant.version == self.versions.get(key, 0) + 1
                    self.versions[key] = grant.version
                    self.known[key] = frozenset(kind for kind in KINDS if getattr(grant, kind))
            elif isinstance(event, AccessRevokedV1):
                key = (self.ids.index(event.candidate_id), event.recruiter_id)
                assert event.version == self.versions[key] + 1
                self.versions[key] = event.version
                del self.known[key]

    @initialize()
    def one_has_both_and_may_submit_the_first(self) -> None:
        """From where it is not far to what a merge takes from who it was passed on to."""
        self.an_admin_shares(0, RECRUITERS[0], ALL)
        self.an_admin_shares(1, RECRUITERS[0], frozenset())
        self.somebody_submits(0, RECRUITERS[0], RECRUITERS[1])

    @rule(number=numbers, to=recruiters, what=conditions)
    def an_admin_shares(self, number: int, to: Actor, what: frozenset[str]) -> None:
        granted = {key for key in self.model.access() if key[1] == to.user_id}
        assert self.does(
            on_share_candidates,
            share(self.ids[number], to=(to,), **{kind: kind in what for kind in KINDS}),
        )
        survivor = self.model.survivor(number)
        for each in self.model.group(number):
            if each == survivor or (each, to.user_id) in granted:
                self.model.shares[each, to.user_id] = what

    @rule(number=numbers, recipient=recruiters)
    def an_admin_takes_back(self, number: int, recipient: Actor) -> None:
        keys = {(each, recipient.user_id) for each in self.model.group(number)} & self.model.shares.keys()
        assert self.does(on_unshare_candidate, unshare(self.ids[number], recipient)) == bool(keys)
        for key in keys:
            del self.model.shares[key]

    @rule(number=numbers, who=actors, to=actors)
    def somebody_submits(self, number: int, who: Actor, to: Actor) -> None:
        access = self.model.access()
        own = [each for each in self.model.group(number) if (each, who.user_id) in access]
        may = who == OWNER or "can_submit_to_jobs" in self.model.of_group(access, number, who.user_id)
        command = submission(self.ids[number], to, who)
        assert self.does(on_submit_candidate, command) == may
        if may:
            survivor = self.model.survivor(number)
            through = survivor if who == OWNER or survivor in own else own[0]
            self.model.submissions.append((through, command))

    @precondition(lambda self: self.model.submissions)
    @rule(data=st.data(), is_deleted=st.booleans())
    def a_submission_goes(self, data: st.DataObject, is_deleted: bool) -> None:
        place = data.draw(st.integers(0, len(self.model.submissions) - 1))
        _, command = self.model.submissions.pop(place)
        if is_deleted:
            self.runner.run(self.ingest.told())
            self.runner.run(self.ingest.handle(on_job_deleted, JobDeletedV1(job_id=command.job_id)))
            self.hear(list(self.runner.run(self.ingest.told())))
        else:
            assert self.does(on_withdraw_submission, withdrawal(command))

    @rule()
    def the_candidates_are_merged_or_parted(self) -> None:
        command = undo(*self.ids) if self.model.is_merged else merge(*self.ids)
        assert self.does(on_undo_merge if self.model.is_merged else on_merge_candidates, command)
        self.model.is_merged = not self.model.is_merged

    @invariant()
    def what_was_told_is_what_the_sources_come_to(self) -> None:
        assert self.known == self.model.access()


def test_access_follows_its_sources(postgres_url: str, template_database: str) -> None:
    Access.server_url, Access.template = postgres_url, template_database
    run_state_machine_as_test(
        Access, settings=settings(max_examples=25, stateful_step_count=20, deadline=None)
    )
