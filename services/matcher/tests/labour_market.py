"""What is done to jobs and candidates in any order, and what is to be kept of it in the end."""

from collections import defaultdict
from random import Random
from uuid import UUID, uuid4

import msgspec
from support.matcher_service import ADMIN, NOW, TODAY, Matcher, posting, profile, recruiter, state

from hotgigs.contracts.candidate_state import AccessGrant, CandidateState, Erasure
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.job_state import JobPosting, MatchWeights
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.matcher.membership_store import FINDABLE_DATABASE_ID
from hotgigs.matcher.on_access_granted import on_access_granted
from hotgigs.matcher.on_access_revoked import on_access_revoked
from hotgigs.matcher.on_candidate_erased import on_candidate_erased
from hotgigs.matcher.on_candidate_submitted import on_candidate_submitted
from hotgigs.matcher.on_consent_changed import on_consent_changed
from hotgigs.matcher.on_delete_job import on_delete_job
from hotgigs.matcher.on_submission_withdrawn import on_submission_withdrawn
from hotgigs.matcher.scoring.features import candidate_features, job_features
from hotgigs.matcher.scoring.scorer import score_candidates

RECRUITERS = [recruiter(UUID(int=number)) for number in (101, 102)]
PROFILES = [
    profile("Python Developer", "Python", "PostgreSQL", years=6),
    profile("Python Developer", "Python", years=2),
    profile("Data Engineer", "Python", "SQL", "Kafka", years=9),
    profile("Data Engineer", "Kafka", years=3),
    profile("Cook", "Pastry", years=8),
]
POSTINGS = [
    posting("Python Developer", "Python", "PostgreSQL"),
    posting("Data Engineer", "Kafka", "Python", weights=MatchWeights()),
    posting("Cook", "Pastry"),
]


class Market:
    """``state`` by candidate; None for one that was erased."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.states: dict[UUID, CandidateState] = {}
        self.erased: list[CandidateState] = []
        self.shown_in: dict[UUID, set[UUID]] = defaultdict(set)
        self.versions: dict[tuple[UUID, UUID], int] = defaultdict(int)
        self.postings: dict[UUID, JobPosting] = {}
        self.closed: set[UUID] = set()
        self.submissions: dict[UUID, tuple[UUID, UUID]] = {}

    async def add(self, choice: Random) -> None:
        new = state(choice.choice(RECRUITERS).user_id, of=choice.choice(PROFILES))
        self.states[new.candidate_id] = new
        await self.matcher.adds(new)

    async def update(self, choice: Random) -> None:
        """Sometimes what is older comes later."""
        if not self.states:
            return
        id_ = choice.choice(list(self.states))
        known = self.states[id_]
        older, newer = (
            msgspec.structs.replace(known, version=known.version + step, profile=choice.choice(PROFILES))
            for step in (1, 2)
        )
        self.states[id_] = newer
        await self.matcher.updates(*choice.choice([[older, newer], [newer], [newer, older]]))

    async def merge(self, choice: Random) -> None:
        """Into another, or out of it again."""
        if not self.states:
            return
        id_ = choice.choice(list(self.states))
        known = self.states[id_]
        survivor = uuid4() if known.survivor_id == id_ else id_
        changed = msgspec.structs.replace(known, version=known.version + 1, survivor_id=survivor)
        self.states[id_] = changed
        await self.matcher.updates(changed)

    async def share(self, choice: Random) -> None:
        """Or take a share back; sometimes what is older comes later."""
        if not self.states:
            return
        id_ = choice.choice(list(self.states))
        database_id = choice.choice([FINDABLE_DATABASE_ID, *(each.user_id for each in RECRUITERS)])
        if database_id == self.states[id_].database_id:
            return
        self.versions[id_, database_id] += 2
        version, is_shown = self.versions[id_, database_id], choice.random() < 0.6
        (self.shown_in[id_].add if is_shown else self.shown_in[id_].discard)(database_id)
        await self._tell_share(id_, database_id, version, is_shown=is_shown)
        if choice.random() < 0.5:
            await self._tell_share(id_, database_id, version - 1, is_shown=not is_shown)

    async def _tell_share(self, id_: UUID, database_id: UUID, version: int, *, is_shown: bool) -> None:
        own = self.states[id_].database_id
        if database_id == FINDABLE_DATABASE_ID:
            consent = ConsentChangedV1(
                candidate_id=id_, database_id=own, version=version, can_be_found=is_shown
            )
            await self.matcher.handle_all(on_consent_changed, consent)
        elif is_shown:
            grant = AccessGrant(
                candidate_id=id_,
                database_id=own,
                recruiter_id=database_id,
                version=version,
                can_view_contact_info=False,
                can_download_resume=False,
                can_submit_to_jobs=False,
                granted_by=ADMIN.user_id,
                granted_at=NOW,
            )
            await self.matcher.handle_all(on_access_granted, AccessGrantedV1(grants=(grant,)))
        else:
            revoked = AccessRevokedV1(
                candidate_id=id_, database_id=own, recruiter_id=database_id, version=version
            )
            await self.matcher.handle_all(on_access_revoked, revoked)

    async def erase(self, choice: Random) -> None:
        """What is told of somebody afterwards has no effect."""
        if not self.states:
            return
        known = self.states.pop(choice.choice(list(self.states)))
        erasure = Erasure(
            erasure_id=uuid4(),
            database_id=known.database_id,
            candidate_ids=(known.candidate_id,),
            actor=ADMIN,
            at=NOW,
        )
        await self.matcher.handle(on_candidate_erased, CandidateErasedV1(erasure=erasure))
        await self.matcher.adds(known)

    async def post(self, choice: Random) -> None:
        of = choice.choice(POSTINGS)
        self.postings[await self.matcher.posts(choice.choice(RECRUITERS), of)] = of

    async def change(self, choice: Random) -> None:
        if not self.postings:
            return
        job_id = choice.choice(list(self.postings))
        self.postings[job_id] = choice.choice(POSTINGS)
        is_closed = choice.random() < 0.3
        (self.closed.add if is_closed else self.closed.discard)(job_id)
        await self.matcher.changes(
            ADMIN, job_id, self.postings[job_id], status="closed" if is_closed else "open"
        )

    async def delete(self, choice: Random) -> None:
        if not self.postings:
            return
        job_id = choice.choice(list(self.postings))
        del self.postings[job_id]
        await self.matcher.handle(on_delete_job, DeleteJobV1(command_id=uuid4(), actor=ADMIN, job_id=job_id))

    async def submit(self, choice: Random) -> None:
        if not (self.states and self.postings):
            return
        id_, job_id = choice.choice(list(self.states)), choice.choice(list(self.postings))
        submission = SubmissionState(
            submission_id=uuid4(),
            job_id=job_id,
            job_owner_id=RECRUITERS[0].user_id,
            candidate_id=id_,
            database_id=self.states[id_].database_id,
            submitted_by=RECRUITERS[0].user_id,
            submitted_at=NOW,
        )
        self.submissions[submission.submission_id] = job_id, id_
        await self.matcher.handle(on_candidate_submitted, CandidateSubmittedV1(submission=submission))

    async def withdraw(self, choice: Random) -> None:
        if not self.submissions:
            return
        submission_id = choice.choice(list(self.submissions))
        job_id, id_ = self.submissions.pop(submission_id)
        withdrawn = SubmissionWithdrawnV1(
            submission_id=submission_id, job_id=job_id, candidate_id=id_, database_id=uuid4()
        )
        await self.matcher.handle(on_submission_withdrawn, withdrawn)

    def expected(self) -> dict[tuple[UUID, UUID], float]:
        """Scores of the pairs that are to be kept, by job and candidate."""
        matching = self.matcher.resources.matching
        alive = {id_: each for id_, each in self.states.items() if each.survivor_id == id_}
        kept: dict[tuple[UUID, UUID], float] = {}
        for job_id in self.postings.keys() - self.closed:
            scores = self._scores(self.postings[job_id], list(alive.values()))
            for database_id in {each for id_ in alive for each in self._databases(alive[id_])}:
                shown = sorted(
                    (-score, id_)
                    for id_, score in scores.items()
                    if score >= matching.rules.floor and database_id in self._databases(alive[id_])
                )
                kept |= {(job_id, id_): -score for score, id_ in shown[: matching.rules.length]}
            submitted = {id_ for of_job, id_ in self.submissions.values() if of_job == job_id}
            kept |= {(job_id, id_): scores[id_] for id_ in submitted & alive.keys()}
        return kept

    def _databases(self, of: CandidateState) -> set[UUID]:
        return {of.database_id, *self.shown_in[of.candidate_id]}

    def _scores(self, of: JobPosting, states: list[CandidateState]) -> dict[UUID, float]:
        matching = self.matcher.resources.matching
        totals = score_candidates(
            job_features(of, matching.embed).packed,
            [candidate_features(each.profile, matching.embed).packed for each in states],
            weights=matching.weights_of(of),
            today=TODAY,
        ).totals
        return {each.candidate_id: float(total) for each, total in zip(states, totals, strict=True)}
