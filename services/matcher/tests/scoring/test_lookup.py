"""Names are found in texts and in lists by their hashes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.matcher.scoring import grams
from hotgigs.matcher.scoring.features import PackedAnswer, PackedTerm
from hotgigs.matcher.scoring.lookup import NONE, found_in, lookup_of
from hotgigs.skills.keys import key_of


def mentions(text: str, skill: str, *titles: str) -> bool:
    return bool(grams.names_in_text(skill) & set(grams.grams_of([text], titles).tolist()))


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Ran services on K8s.", "Kubernetes"),
        ("Deployed to kubernetes clusters", "K8s"),
        ("Built with Spring-Boot", "Spring Boot"),
        ("built with springboot", "Spring Boot"),
        ("REST APIs in C++ and C#", "C++"),
        ("Wrote a compiler in Go.", "Go"),
        ("ROBOTICS: WROTE IT IN PYTHON", "Python"),
        ("Soins aux malades, démarche qualité", "Demarche Qualite"),
        ("used ＰＹＴＨＯＮ daily", "Python"),
        ("Underwater basket weaving for two years", "Underwater basket weaving"),
    ],
)
def test_a_text_names_a_skill_in_any_spelling(text: str, skill: str) -> None:
    assert mentions(text, skill)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("We go far beyond", "Go"),
        ("Go-to-market plans for R&D", "Go"),
        ("javascript only", "Java"),
        ("excel at what you do", "Excel"),
        ("Cleaned the machine. Learning was fun.", "Rest"),
        ("", "Python"),
        ("\x00\ud7ff\u200b", "Python"),
    ],
)
def test_a_text_does_not_name_what_only_looks_like_a_skill(text: str, skill: str) -> None:
    assert not mentions(text, skill)


def test_a_title_names_a_skill_with_its_first_word() -> None:
    assert mentions("", "Go", "Go Developer")
    assert not mentions("Go developers wanted", "Go")


def test_names_do_not_run_over_the_end_of_a_line() -> None:
    apart = grams.grams_of(["Repaired every machine", "Learning from others"])
    assert not grams.names_in_text("Machine learning") & set(apart.tolist())


@given(st.lists(st.text(max_size=60), max_size=5))
def test_grams_are_sorted_each_once_and_the_same_in_any_order(texts: list[str]) -> None:
    found = grams.grams_of(texts)
    assert (np.diff(found.astype(object)) > 0).all()
    assert (found == grams.grams_of(list(reversed(texts)))).all()


def test_a_text_without_end_has_bounded_grams() -> None:
    assert len(grams.grams_of([" ".join(map(str, range(20_000)))])) <= 2_000


def answer(worth: float, *names: str) -> PackedAnswer:
    hashes = grams.items_of(map(key_of, names))
    return PackedAnswer(worth=worth, known_as=names[0], is_kind=worth < 1, hashes=hashes.tobytes())


def term(*answers: tuple[PackedAnswer, ...]) -> PackedTerm:
    return PackedTerm(term="any", is_required=True, is_known=True, is_product=False, answers=answers)


def listed(*names: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return grams.items_of(key_of(name) for name in names)


def test_the_best_answer_of_each_ask_is_found_in_each_row() -> None:
    lookup = lookup_of(
        [
            term((answer(1.0, "SQL"), answer(0.95, "PostgreSQL"), answer(0.85, "Redshift"))),
            term((answer(1.0, "APQP"),), (answer(1.0, "PPAP"), answer(0.5, "SQL"))),
        ]
    )
    rows = [listed("Redshift", "PostgreSQL", "Cooking"), listed(), listed("SQL", "PPAP")]
    found = found_in(lookup, np.concatenate(rows), np.repeat([0, 1, 2], [len(row) for row in rows]), 3)
    assert lookup.term_of.tolist() == [0, 1, 1]
    assert found.worth.tolist() == [[0.95, 0, 0], [0, 0, 0], [1.0, 0, 1.0]]
    names = [[None if n == NONE else lookup.answers[n].known_as for n in row] for row in found.answer]
    assert names == [["PostgreSQL", None, None], [None] * 3, ["SQL", None, "PPAP"]]


def test_without_terms_or_hashes_nothing_is_found() -> None:
    nothing = lookup_of([])
    assert found_in(nothing, listed("SQL"), np.array([0]), 1).worth.shape == (1, 0)
    asks = lookup_of([term((answer(1.0, "SQL"),))])
    found = found_in(asks, np.empty(0, np.uint64), np.empty(0, np.intp), 2)
    assert found.worth.tolist() == [[0.0], [0.0]]
    assert (found.answer == NONE).all()


def test_a_term_that_asks_for_nothing_has_no_ask() -> None:
    lookup = lookup_of([term(), term((answer(1.0, "SQL"),))])
    assert lookup.term_of.tolist() == [1]
