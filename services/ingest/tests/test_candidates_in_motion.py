"""Resumes, edits, merges and their undoing in any order, on a real database: what was told is true."""

import asyncio
from random import Random
from uuid import UUID, uuid4

import pytest
from msgspec import Struct
from support.ingest_service import Ingest, recruiter

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_undo_merge import on_undo_merge

PERSONS, STEPS = 5, 30
OWNER = recruiter()


class Person(Struct):
    """As the test believes the person's candidate to be."""

    candidate_id: UUID
    resumes: dict[UUID, str]
    """The location that each says, in the order of their coming."""
    title: str | None = None
    merged_into: int | None = None


class Model:
    def __init__(self) -> None:
        self.persons: list[Person] = []

    def survivor(self, number: int) -> int:
        above = self.persons[number].merged_into
        return number if above is None else self.survivor(above)

    def members(self, number: int) -> set[int]:
        direct = {each for each, person in enumerate(self.persons) if person.merged_into == number}
        return {number}.union(*map(self.members, direct))

    def expected(self, number: int) -> tuple[object, ...]:
        person = self.persons[number]
        members = self.members(number)
        resumes = {id_: said for each in members for id_, said in self.persons[each].resumes.items()}
        newest_first = sorted(resumes, reverse=True)
        return (
            tuple(newest_first),
            resumes[newest_first[0]],
            person.title,
            self.persons[self.survivor(number)].candidate_id,
            {self.persons[each].candidate_id for each in members - {number}},
        )


def as_expected(state: CandidateState) -> tuple[object, ...]:
    profile = state.profile
    return state.resume_ids, profile.location, profile.title, state.survivor_id, set(state.merged_ids)


def resume_of(number: int, location: str) -> ResumeData:
    return ResumeData(email=f"person{number}@mail.example", location=location)


def newest(messages: list[Message]) -> dict[UUID, CandidateState]:
    """What a projection has that keeps the newest of each."""
    states: dict[UUID, CandidateState] = {}
    for message in messages:
        if isinstance(message, CandidateAddedV1 | CandidateUpdatedV1):
            state = message.candidate
            known = states.get(state.candidate_id)
            if known is None or known.version < state.version:
                states[state.candidate_id] = state
    return states


async def step(ingest: Ingest, model: Model, random: Random, number: int) -> None:
    one, other = random.randrange(PERSONS), random.randrange(PERSONS)
    ids = [model.persons[each].candidate_id for each in (one, other)]
    match random.choice(["parse", "edit", "merge", "undo"]):
        case "parse":
            resume_id = await ingest.submit(OWNER.user_id)
            # In the order of their ids at one moment: ids are random, so the newest is any of them.
            await ingest.pool.execute("UPDATE resumes SET received_at = '2026-03-01T12:00:00Z'")
            await ingest.parsed(resume_id, resume_of(one, f"Place {number}"))
            assert await ingest.candidate_of(resume_id) == ids[0]
            model.persons[one].resumes[resume_id] = f"Place {number}"
        case "edit":
            edits = ProfileEdits(title=f"Title {number}")
            command = EditCandidateV1(command_id=uuid4(), actor=OWNER, candidate_id=ids[0], edits=edits)
            await ingest.handle(on_edit_candidate, command)
            model.persons[model.survivor(one)].title = f"Title {number}"
        case "merge":
            merge = MergeCandidatesV1(command_id=uuid4(), actor=OWNER, candidate_id=ids[0], merged_id=ids[1])
            await ingest.handle(on_merge_candidates, merge)
            if one != other and {model.survivor(one), model.survivor(other)} == {one, other}:
                model.persons[other].merged_into = one
        case "undo":
            undo = UndoMergeV1(command_id=uuid4(), actor=OWNER, candidate_id=ids[0], merged_id=ids[1])
            await ingest.handle(on_undo_merge, undo)
            if one != other and other in model.members(one):
                model.persons[other].merged_into = None


async def begun(ingest: Ingest) -> Model:
    model = Model()
    for number in range(PERSONS):
        resume_id = await ingest.submit(OWNER.user_id)
        await ingest.parsed(resume_id, resume_of(number, "First"))
        candidate_id = await ingest.candidate_of(resume_id)
        model.persons.append(Person(candidate_id=candidate_id, resumes={resume_id: "First"}))
    return model


@pytest.mark.parametrize("seed", range(5))
async def test_in_any_order_each_candidate_is_its_newest_resume_under_its_edits(
    ingest: Ingest, seed: int
) -> None:
    random, model = Random(seed), await begun(ingest)
    for number in range(STEPS):
        await step(ingest, model, random, number)
    told = newest(await ingest.told())
    for number, person in enumerate(model.persons):
        state = await ingest.state_of(person.candidate_id)
        assert as_expected(state) == model.expected(number)
        assert told[person.candidate_id] == state


async def test_at_once_they_leave_what_was_told_of_each(ingest: Ingest) -> None:
    model = await begun(ingest)
    ids = [person.candidate_id for person in model.persons]

    async def merge_and_part(one: UUID, other: UUID) -> None:
        merge = MergeCandidatesV1(command_id=uuid4(), actor=OWNER, candidate_id=one, merged_id=other)
        await ingest.handle(on_merge_candidates, merge)
        undo = UndoMergeV1(command_id=uuid4(), actor=OWNER, candidate_id=one, merged_id=other)
        await ingest.handle(on_undo_merge, undo)

    await asyncio.gather(
        *(merge_and_part(one, other) for one in ids for other in ids if one != other),
        *(ingest.imported(OWNER.user_id, resume_of(number, "Next")) for number in range(PERSONS)),
    )
    told = newest(await ingest.told())
    for id_ in ids:
        assert told[id_] == await ingest.state_of(id_)
