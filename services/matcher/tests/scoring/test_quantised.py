import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.embeddings import DIMENSIONS, Vectors
from hotgigs.matcher.scoring.quantised import cosines, joined, measured, quantised, unpacked

seeds = st.integers(0, 2**32 - 1)


def unit_vectors(count: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(seeds)
def test_a_byte_a_component_is_enough_for_cosines(seed: int) -> None:
    vectors = unit_vectors(6, seed)
    found = cosines(measured(quantised(vectors[:3])), measured(quantised(vectors[3:])))
    assert np.abs(found - vectors[:3] @ vectors[3:].T).max() < 0.01


@given(seeds, st.integers(1, 40))
def test_a_cosine_is_the_same_in_any_company_and_both_ways_round(seed: int, count: int) -> None:
    bytes_ = quantised(unit_vectors(count + 1, seed))
    whole, turned, first, last = map(measured, (bytes_, bytes_[::-1], bytes_[:1], bytes_[-1:]))
    alone = cosines(first, last)[0, 0]
    assert cosines(whole, whole)[0, -1] == alone
    assert cosines(turned, last)[-1, 0] == alone
    assert np.isclose(cosines(last, first)[0, 0], alone, rtol=1e-15)


def test_the_same_vector_has_cosine_1_and_the_opposite_minus_1() -> None:
    vectors = unit_vectors(1, 7)
    found = cosines(measured(quantised(vectors)), measured(quantised(np.concatenate([vectors, -vectors]))))
    assert found.round(12).tolist() == [[1.0, -1.0]]


def test_zeros_are_like_nothing() -> None:
    zeros = measured(quantised(np.zeros((1, DIMENSIONS), np.float32)))
    assert cosines(zeros, zeros).tolist() == [[0.0]]


def test_rows_come_back_from_bytes_in_order() -> None:
    rows = quantised(unit_vectors(5, 3))
    assert (unpacked(rows.tobytes()) == rows).all()
    assert (joined([rows[:2].tobytes(), b"", rows[2:].tobytes()]) == rows).all()
    assert joined([]).shape == unpacked(b"").shape == (0, DIMENSIONS)
