"""Merging and undoing it, whatever comes in between; on no database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest.candidates import Candidate, Group, Imported, changed, groups_of
from hotgigs.ingest.merging import MOST, merged, parted
from hotgigs.ingest.profiles import profile_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATABASE, PERSONS = UUID(int=1000), 5

at = st.integers(min_value=0, max_value=PERSONS - 1)
acts = st.lists(
    st.tuples(st.sampled_from(["parse", "edit", "merge", "undo"]), at, at, st.integers(0, 9)), max_size=25
)


def candidate(number: int, **fields: Any) -> Candidate:
    return msgspec.structs.replace(
        Candidate(
            candidate_id=UUID(int=number),
            database_id=DATABASE,
            source="resume_import",
            added_at=NOW,
            updated_at=NOW,
        ),
        **fields,
    )


class World:
    """Candidates and their resumes, changed by what the handlers use."""

    def __init__(self) -> None:
        self.candidates = {UUID(int=each): candidate(each) for each in range(PERSONS)}
        self.resumes: list[Imported] = []
        self.told: dict[UUID, CandidateState] = {}
        self.tell(self.candidates)

    def group(self, number: int) -> Group:
        groups = groups_of(self.candidates.values(), self.resumes)
        return next(each for each in groups if UUID(int=number) in each.candidates)

    def states(self) -> dict[UUID, CandidateState]:
        return {id_: self.group(id_.int).state_of(id_) for id_ in self.candidates}

    def put(self, candidates: Sequence[Candidate]) -> None:
        self.candidates |= {each.candidate_id: each for each in candidates}
        self.tell(each.candidate_id for each in candidates)

    def tell(self, ids: Any) -> None:
        self.told |= {id_: self.group(id_.int).state_of(id_) for id_ in ids}

    def act(self, kind: str, one: int, other: int, number: int) -> None:
        group, ids = self.group(one), (UUID(int=one), UUID(int=other))
        match kind:
            case "parse":
                data = ResumeData(full_name=f"Person {one}", location=f"Place {number}")
                received_at = NOW + timedelta(days=number)
                resume_id = UUID(int=10_000 + len(self.resumes))
                self.resumes.append(
                    Imported(resume_id=resume_id, candidate_id=ids[0], received_at=received_at, data=data)
                )
                self.put([changed(group.candidates[each], NOW) for each in group.line(ids[0])])
            case "edit":
                edits = ProfileEdits(title=f"Title {number}")
                self.put([changed(group.survivor, NOW, edits=edits)])
            case "merge":
                self.put(merged(group, self.group(other), NOW))
            case "undo":
                self.put(parted(group, *ids, NOW))


def world_after(steps: Sequence[tuple[str, int, int, int]]) -> World:
    world = World()
    for step in steps:
        try:
            world.act(*step)
        except Refused:
            continue
    return world


def without_versions(states: dict[UUID, CandidateState]) -> dict[UUID, CandidateState]:
    return {id_: msgspec.structs.replace(state, version=0, updated_at=NOW) for id_, state in states.items()}


@given(acts)
def test_a_profile_is_the_newest_resume_of_the_candidate_and_those_merged_into_it_under_its_edits(
    steps: list[tuple[str, int, int, int]],
) -> None:
    world = world_after(steps)
    for id_, state in world.states().items():
        mine = [each for each in world.resumes if each.candidate_id in (id_, *state.merged_ids)]
        mine.sort(key=lambda each: (each.received_at, each.resume_id), reverse=True)
        data = mine[0].data if mine else None
        assert state.profile == profile_of(data or ResumeData(), world.candidates[id_].edits)
        assert state.resume_ids == tuple(each.resume_id for each in mine)


@given(acts)
def test_what_was_told_of_every_candidate_is_true_of_it(steps: list[tuple[str, int, int, int]]) -> None:
    world = world_after(steps)
    assert world.told == world.states()


@given(acts)
def test_every_candidate_is_in_one_group_and_merged_ids_are_survivor_ids_told_the_other_way(
    steps: list[tuple[str, int, int, int]],
) -> None:
    states = world_after(steps).states()
    for id_, state in states.items():
        if state.survivor_id == id_:
            in_group = {other for other, each in states.items() if each.survivor_id == id_}
            assert in_group == {id_, *state.merged_ids}
        else:
            assert id_ in states[state.survivor_id].merged_ids


@given(acts, at, at)
def test_undo_is_the_exact_inverse_of_merge(
    steps: list[tuple[str, int, int, int]], one: int, other: int
) -> None:
    world = world_after(steps)
    before = world.states()
    survivor, given_up = (world.group(each).survivor.candidate_id for each in (one, other))
    if survivor == given_up:
        return
    world.act("merge", one, other, 0)
    world.act("undo", survivor.int, given_up.int, 0)
    after = world.states()
    assert without_versions(after) == without_versions(before)
    assert all(after[id_].version >= before[id_].version for id_ in before)


@given(acts, at, at, at, st.integers(0, 9))
def test_what_happens_to_one_while_they_are_merged_is_its_own_when_they_are_parted(
    steps: list[tuple[str, int, int, int]], one: int, other: int, meanwhile: int, number: int
) -> None:
    merged_before, never_merged = world_after(steps), world_after(steps)
    survivor, given_up = (merged_before.group(each).survivor.candidate_id for each in (one, other))
    if survivor == given_up:
        return
    merged_before.act("merge", one, other, 0)
    for world in (merged_before, never_merged):
        world.act("parse", meanwhile, 0, number)
    merged_before.act("undo", survivor.int, given_up.int, 0)
    assert without_versions(merged_before.states()) == without_versions(never_merged.states())


@pytest.mark.parametrize(
    ("other", "detail"),
    [
        (candidate(1), "one candidate already"),
        (candidate(2, database_id=UUID(int=2000)), "different databases"),
        (candidate(2, user_id=UUID(int=3000)), "same account"),
    ],
)
def test_what_cannot_be_one_person_is_not_merged(other: Candidate, detail: str) -> None:
    one = Group(candidates={UUID(int=1): candidate(1)})
    with pytest.raises(Refused, match=detail) as refused:
        merged(one, Group(candidates={other.candidate_id: other}), NOW)
    assert refused.value.code == "conflict"


def test_a_group_has_a_limit() -> None:
    many = {
        UUID(int=each): candidate(each, merged_into=UUID(int=each - 1) if each > 1 else None)
        for each in range(1, MOST + 1)
    }
    one = Group(candidates={UUID(int=5000): candidate(5000)})
    with pytest.raises(Refused, match=str(MOST)):
        merged(one, Group(candidates=many), NOW)
    del many[UUID(int=MOST)]
    assert len(merged(one, Group(candidates=many), NOW)) == MOST


def test_only_what_is_merged_into_a_candidate_is_parted_from_it() -> None:
    chain = Group(
        candidates={
            UUID(int=1): candidate(1),
            UUID(int=2): candidate(2, merged_into=UUID(int=1)),
            UUID(int=3): candidate(3, merged_into=UUID(int=2)),
        }
    )
    for survivor, other in [(2, 1), (3, 2), (1, 1), (1, 9), (9, 2)]:
        with pytest.raises(Refused) as refused:
            parted(chain, UUID(int=survivor), UUID(int=other), NOW)
        assert refused.value.code == "not_found"
    for survivor in (1, 2):
        after = parted(chain, UUID(int=survivor), UUID(int=3), NOW)
        assert [each.candidate_id.int for each in after] == [1, 2, 3]
        assert after[-1].merged_into is None
