from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.matcher.shortlists import Others, Placing, Rules, place, shortlists_of

ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))
HERE, THERE = UUID(int=11), UUID(int=12)
RULES = Rules(length=2, floor=30.0)


def test_each_database_has_the_best_of_those_it_shows() -> None:
    scores = {ONE: 90.0, TWO: 80.0, THREE: 70.0, FOUR: 20.0}
    databases = {ONE: {HERE}, TWO: {HERE}, THREE: {HERE, THERE}, FOUR: {THERE}}
    found = shortlists_of(scores, databases, RULES)
    assert dict(found[HERE].scores) == {ONE: 90.0, TWO: 80.0}
    assert found[HERE].best_left_out == 70.0
    assert dict(found[THERE].scores) == {THREE: 70.0}
    assert found[THERE].best_left_out is None


def test_of_those_who_are_as_good_the_first_id_is_on_it() -> None:
    found = shortlists_of(
        dict.fromkeys([THREE, ONE, TWO], 50.0), {id_: {HERE} for id_ in (ONE, TWO, THREE)}, RULES
    )
    assert set(found[HERE].scores) == {ONE, TWO}


FULL = Others(count=2, last_score=60.0, last_id=TWO)
CUT_WITH_OWN = Others(count=1, own_score=80.0, best_left_out=55.0)


@pytest.mark.parametrize(
    ("score", "others", "expected"),
    [
        (50.0, Others(count=1), Placing(is_on_it=True)),
        (29.9, Others(count=1), Placing(is_on_it=False)),
        (None, Others(count=1, own_score=50.0), Placing(is_on_it=False)),
        (70.0, FULL, Placing(is_on_it=True, evicted=TWO, best_left_out=60.0)),
        (50.0, FULL, Placing(is_on_it=False, best_left_out=50.0)),
        (60.0, FULL, Placing(is_on_it=True, evicted=TWO, best_left_out=60.0)),
        (None, CUT_WITH_OWN, Placing(is_on_it=False, is_to_be_filled=True)),
        (55.0, CUT_WITH_OWN, Placing(is_on_it=True, is_to_be_filled=True)),
        (55.1, CUT_WITH_OWN, Placing(is_on_it=True)),
        (90.0, CUT_WITH_OWN, Placing(is_on_it=True)),
    ],
)
def test_where_a_candidate_is_placed(score: float | None, others: Others, expected: Placing) -> None:
    assert place(ONE, score, others, RULES) == expected


def test_who_is_as_good_as_the_last_but_has_a_later_id_is_left_out() -> None:
    assert place(THREE, 60.0, FULL, RULES) == Placing(is_on_it=False, best_left_out=60.0)


@given(st.lists(st.sampled_from([29.9, 30.0, 50.0, 70.0, 90.0]), min_size=1, max_size=8))
def test_placing_one_after_the_other_comes_to_the_same_as_all_at_once(scores: list[float]) -> None:
    ids = [UUID(int=number) for number in range(len(scores), 0, -1)]
    on: dict[UUID, float] = {}
    left_out: float | None = None
    for id_, score in zip(ids, scores, strict=True):
        last = max(on, key=lambda each: (-on[each], each)) if len(on) == RULES.length else None
        others = Others(
            count=len(on), last_id=last, last_score=on[last] if last else 0.0, best_left_out=left_out
        )
        placing = place(id_, score, others, RULES)
        if placing.evicted:
            del on[placing.evicted]
        if placing.is_on_it:
            on[id_] = score
        left_out = placing.best_left_out or left_out
    at_once = shortlists_of(dict(zip(ids, scores, strict=True)), {id_: {HERE} for id_ in ids}, RULES).get(
        HERE
    )
    assert on == (dict(at_once.scores) if at_once else {})
    assert left_out == (at_once.best_left_out if at_once else None)
