"""The figures by which rankings are compared."""

import math
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

_RANKING = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "ranking.py"))
figures, figures_by_job, mean = (_RANKING[name] for name in ("figures", "figures_by_job", "mean"))

GRADES = {"ann": 3, "bea": 2, "cid": 1, "dan": 0}


def test_the_best_order_has_the_highest_figures() -> None:
    found = figures(GRADES, ["ann", "bea", "cid", "dan"])
    assert (found.ndcg_at_5, found.ndcg_at_10, found.p_at_3, found.mrr) == (1.0, 1.0, 1.0, 1.0)


def test_gains_are_exponential_and_discounted_by_the_rank() -> None:
    found = figures(GRADES, ["cid", "dan", "bea", "ann"])

    got = 1 / math.log2(2) + 0 / math.log2(3) + 3 / math.log2(4) + 7 / math.log2(5)
    best = 7 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)
    assert found.ndcg_at_10 == pytest.approx(got / best)
    assert found.p_at_3 == 1 / 2
    assert found.mrr == 1 / 4


def test_what_is_behind_the_rank_does_not_count() -> None:
    grades = {f"p{number}": 2 for number in range(12)}
    irrelevant = [f"q{number}" for number in range(5)]

    found = figures(grades, [*irrelevant, *grades])

    assert found.ndcg_at_5 == 0.0
    assert found.ndcg_at_10 > 0.0
    assert found.p_at_3 == 0.0


def test_who_is_ranked_again_counts_once() -> None:
    assert figures(GRADES, ["ann", "ann", "bea", "cid"]) == figures(GRADES, ["ann", "bea", "cid"])


def test_a_job_that_nobody_fits_does_not_count_and_one_without_a_ranking_counts_as_nothing() -> None:
    of_jobs = figures_by_job({"a": GRADES, "b": GRADES, "c": {"ann": 1}}, {"a": ["ann", "bea", "cid"]})

    assert set(of_jobs) == {"a", "b"}
    assert mean(of_jobs).ndcg_at_10 == pytest.approx(0.5)


@given(
    st.lists(st.integers(0, 3), min_size=2, max_size=15).filter(lambda grades: max(grades) >= 2),
    st.data(),
)
def test_putting_the_better_of_two_neighbours_first_never_lowers_a_figure(
    grades: list[int], data: st.DataObject
) -> None:
    people = {f"p{number}": grade for number, grade in enumerate(grades)}
    order = data.draw(st.permutations(list(people)))
    at = data.draw(st.integers(0, len(order) - 2))
    pair = sorted(order[at : at + 2], key=lambda person: -people[person])

    before, after = figures(people, order), figures(people, [*order[:at], *pair, *order[at + 2 :]])

    for name in ("ndcg_at_5", "ndcg_at_10", "p_at_3", "mrr"):
        assert 0.0 <= getattr(before, name) <= getattr(after, name) + 1e-12 <= 1.0 + 1e-9
