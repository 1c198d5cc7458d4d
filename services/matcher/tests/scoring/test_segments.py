import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.matcher.scoring.segments import greatest, numbered, ramp, summed

owned = st.lists(st.lists(st.floats(-1e6, 1e6), max_size=5), max_size=6)


@given(owned)
def test_each_owner_has_the_greatest_and_the_sum_of_its_own_rows(rows: list[list[float]]) -> None:
    values = np.array([each for own in rows for each in own], np.float64)
    owner = numbered([len(own) for own in rows])
    assert greatest(values, owner, len(rows), least=-1e9).tolist() == [max(own, default=-1e9) for own in rows]
    sums = summed(values, owner, len(rows))
    assert sums.tolist() == [sum(own) for own in rows]


def test_rows_of_several_columns_keep_them() -> None:
    values = np.array([[1.0, 5.0], [3.0, 2.0], [0.0, 0.5]])
    found = greatest(values, np.array([0, 0, 2]), 4, least=-1.0)
    assert found.tolist() == [[3.0, 5.0], [-1.0, -1.0], [0.0, 0.5], [-1.0, -1.0]]


def test_nothing_has_no_greatest() -> None:
    assert greatest(np.empty((0, 3)), np.empty(0, np.intp), 2, least=0.0).tolist() == [[0.0] * 3] * 2
    assert greatest(np.empty((0, 3)), np.empty(0, np.intp), 0, least=0.0).shape == (0, 3)


def test_a_ramp_rises_from_0_to_1() -> None:
    assert ramp(np.array([-1.0, 0.2, 0.3, 0.4, 9.0]), 0.2, 0.4).round(9).tolist() == [0, 0, 0.5, 1, 1]
