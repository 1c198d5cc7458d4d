"""Who is found by where they live."""

import pytest

from hotgigs.matcher.scoring.place_keys import is_place, keys_of_candidate, keys_of_job
from hotgigs.matcher.scoring.places import candidate_place, job_place


def shared(job: str, lives_in: str, *, remote: bool = False) -> int:
    """How many keys a job there and somebody who lives there have in common."""
    return len({*keys_of_job(job_place(job, remote, ""))} & {*keys_of_candidate(candidate_place(lives_in))})


@pytest.mark.parametrize(
    ("job", "lives_in"),
    [
        ("Toronto, Canada", "Mississauga, ON, Canada"),
        ("Munich, Germany", "Freising, Germany"),
        ("Reykjavik, Iceland", "Hafnarfjörður, Iceland"),
    ],
)
def test_a_neighbour_shares_the_country_and_the_surroundings(job: str, lives_in: str) -> None:
    assert shared(job, lives_in) == 2


def test_somebody_across_a_near_border_shares_the_surroundings_alone() -> None:
    assert shared("Detroit, MI, USA", "Windsor, ON, Canada") == 1


def test_somebody_far_off_in_the_country_shares_the_country_alone() -> None:
    assert shared("Toronto, Canada", "Vancouver, BC, Canada") == 1


def test_somebody_abroad_and_far_off_shares_nothing() -> None:
    assert shared("Toronto, Canada", "Munich, Germany") == 0


def test_remote_work_is_found_by_the_countries_it_may_be_done_from() -> None:
    assert shared("Remote (United States)", "Austin, TX, USA", remote=True) == 1
    assert shared("Remote (United States)", "Munich, Germany", remote=True) == 0
    assert keys_of_job(job_place("Remote", True, "")) == ()


def test_a_place_that_is_not_known_has_no_keys() -> None:
    assert keys_of_candidate(candidate_place(None)) == ()
    assert keys_of_job(job_place(None, False, "")) == ()


def test_no_key_of_a_place_is_taken_for_a_skill() -> None:
    keys = (
        *keys_of_candidate(candidate_place("Pune, India")),
        *keys_of_job(job_place("Pune, India", False, "")),
    )
    assert keys
    assert all(map(is_place, keys))
    assert not is_place("python")
