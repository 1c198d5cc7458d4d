"""How near a candidate lives to a job."""

import inspect
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.contracts.match_state import Cap, Nearness
from hotgigs.matcher.scoring.location import (
    CandidatePlace,
    CandidatePlaces,
    Fit,
    JobPlace,
    JobPlaces,
    candidate_place,
    fit,
    fit_jobs,
    fit_many,
    job_place,
)
from hotgigs.matcher.scoring.places import Limits, Site, code_of
from hotgigs.places import position_of


def found(location: str, lives: str, *, remote: bool = False, says: str = "") -> Fit:
    return fit(job_place(location, remote, ""), candidate_place(lives, says))


PAIRS: list[tuple[str, str, Nearness, Cap | None]] = [
    ("Toronto, Canada", "Toronto, ON, Canada", "same_city", None),
    ("Toronto, Canada", "Mississauga, ON, Canada", "commutable", None),
    ("Toronto, Canada", "Ottawa, ON, Canada", "same_country", "out_of_reach"),
    ("Toronto, Canada", "Vancouver, BC, Canada", "same_country", "out_of_reach"),
    ("Toronto, Canada", "Buffalo, NY", "abroad", "abroad"),
    ("Munich, Germany", "München", "same_city", None),
    ("Munich, Germany", "Freising, near Munich, Germany", "commutable", None),
    ("Munich, Germany", "Nürnberg", "same_region", "out_of_reach"),
    ("Munich, Germany", "Wien", "abroad", "abroad"),
    ("Manchester, United Kingdom", "Salford", "commutable", None),
    ("Manchester, United Kingdom", "Warrington, United Kingdom", "commutable", None),
    ("Manchester, United Kingdom", "London", "same_region", "out_of_reach"),
    ("Manchester, United Kingdom", "Manchester, NH", "abroad", "abroad"),
    ("Chicago, IL, USA", "Cicero, IL", "commutable", None),
    ("Chicago, IL, USA", "Evanston, IL, USA", "commutable", None),
    ("Chicago, IL, USA", "Milwaukee, WI, USA", "same_country", "out_of_reach"),
    ("Boston, MA", "Austin, TX", "same_country", "out_of_reach"),
    ("Boston, MA", "Boston, Lincolnshire, UK", "abroad", "abroad"),
    ("Pune, India", "Pimpri-Chinchwad, India", "commutable", None),
    ("Pune, India", "Bangalore", "same_country", "out_of_reach"),
    ("Dublin, Ireland", "Cork, Ireland", "same_country", "out_of_reach"),
    ("Rotterdam, Netherlands", "Schiedam, Netherlands", "commutable", None),
    ("Rotterdam, Netherlands", "Den Haag", "commutable", None),
    ("Lagos, Nigeria", "Ikeja, Lagos State", "commutable", None),
    ("Nairobi, Kenya", "Mombasa, Kenya", "same_country", "out_of_reach"),
    ("São Paulo, SP", "Guarulhos, SP", "commutable", None),
    ("São Paulo, SP", "Rio de Janeiro", "same_country", "out_of_reach"),
    ("Basel, Switzerland", "Lörrach, Germany", "commutable", None),
    ("Luxembourg", "Thionville, France", "commutable", None),
    ("Detroit, MI", "Windsor, ON", "abroad", "abroad"),
    ("Toronto, Canada", "Ontario, Canada", "same_region", None),
    ("Toronto, Canada", "Canada", "same_country", None),
    ("Canada", "Toronto, ON", "same_country", None),
    ("Toronto, Canada", "", "unknown", None),
    ("", "Toronto, Canada", "unknown", None),
    ("Berlin, Munich or Hamburg", "Potsdam", "commutable", None),
    ("Remote", "Toronto, Canada", "remote", None),
    ("Remote", "", "remote", None),
    ("Remote (United States)", "Austin, TX", "remote", None),
    ("Remote (United States)", "Kraków, Poland", "abroad", "abroad"),
    ("Remote (United States)", "", "unknown", None),
    ("Remote (Americas or Europe)", "Lisbon, Portugal", "remote", None),
    ("Remote (Americas or Europe)", "Melbourne, Australia", "abroad", "abroad"),
    ("Remote (Eastern United States)", "Raleigh, NC, USA", "remote", None),
    ("Remote (Eastern United States)", "Seattle, WA, USA", "same_country", None),
    ("Remote (Eastern United States)", "United States", "same_country", None),
    ("Remote (Eastern United States)", "Toronto, Canada", "abroad", "abroad"),
    ("Remote (UTC+1 to UTC+8)", "Nairobi, Kenya", "remote", None),
    ("Remote (UTC+1 to UTC+8)", "New York, NY", "abroad", "out_of_reach"),
    ("Remote (four hours overlap with Central European Time)", "Pune, India", "remote", None),
    ("Remote (four hours overlap with Central European Time)", "Denver, CO", "abroad", "out_of_reach"),
    ("Remote (Berlin)", "Hamburg", "remote", None),
    ("Remote (Berlin)", "Wien", "abroad", "abroad"),
]


@pytest.mark.parametrize(("location", "lives", "nearness", "cap"), PAIRS)
def test_a_pair_is_as_near_as_the_map_says(
    location: str, lives: str, nearness: Nearness, cap: Cap | None
) -> None:
    result = found(location, lives)
    assert (result.nearness, result.cap) == (nearness, cap)


@pytest.mark.parametrize(
    ("location", "lives", "at_least", "at_most"),
    [
        ("Munich, Germany", "Munich, Germany", 100, 100),
        ("Munich, Germany", "Dachau, Germany", 97, 100),
        ("Munich, Germany", "Augsburg, Germany", 70, 85),
        ("Munich, Germany", "Nürnberg, Germany", 45, 50),
        ("Munich, Germany", "Berlin, Germany", 35, 37),
        ("Munich, Germany", "Germany", 50, 50),
        ("Munich, Germany", "Wien", 10, 10),
        ("Munich, Germany", "", 50, 50),
        ("Remote (Germany)", "Wien", 10, 10),
        ("Remote (Germany)", "Berlin", 100, 100),
    ],
)
def test_a_score_is_worth_what_is_written(location: str, lives: str, at_least: float, at_most: float) -> None:
    assert at_least <= found(location, lives).score <= at_most


def test_who_would_move_is_nearer_and_not_capped() -> None:
    stays = found("Munich, Germany", "Berlin, Germany")
    moves = found("Munich, Germany", "Berlin, Germany", says="Willing to relocate.")
    assert stays.score < moves.score < found("Munich, Germany", "Dachau, Germany").score
    assert moves.cap is None


def test_who_would_move_from_abroad_stays_abroad() -> None:
    moves = found("Munich, Germany", "Toronto, Canada", says="Willing to relocate.")
    assert found("Munich, Germany", "Toronto, Canada").score < moves.score
    assert moves.cap == "abroad"


def test_the_best_site_of_a_job_counts() -> None:
    assert found("Berlin, Munich or Hamburg", "Munich") == found("Munich", "Munich")


def test_only_what_is_told_of_a_place_is_asked() -> None:
    assert list(inspect.signature(candidate_place).parameters) == ["location", "text"]


def at(latitude: float, longitude: float, *, country: str = "DE", moves: bool = False) -> CandidatePlace:
    site = Site(country=code_of(country), region=code_of("DE-02"), position=position_of(latitude, longitude))
    return CandidatePlace(site=site, zones=(1.0, 1.0), would_move=moves)


@pytest.mark.parametrize("moves", [False, True])
def test_farther_is_never_better(moves: bool) -> None:
    job = JobPlace(
        sites=(Site(country=code_of("DE"), region=code_of("DE-02"), position=position_of(48, 11)),)
    )
    scores = [fit(job, at(48 + step / 50, 11, moves=moves)).score for step in range(400)]
    assert all(nearer >= farther for nearer, farther in pairwise(scores))
    assert scores[0] == 100


CODES = st.sampled_from(["DE", "AT", "US", "GB", "IE"])
POSITIONS = st.builds(position_of, st.floats(47, 49), st.floats(10, 13)) | st.none()
SITES = st.builds(
    Site,
    country=CODES.map(code_of),
    region=st.sampled_from(["", "DE-02", "DE-16", "US-NY"]).map(code_of),
    position=POSITIONS,
)
ZONES = st.tuples(st.integers(-8, 3), st.integers(0, 3)).map(lambda span: (float(span[0]), float(sum(span))))
CANDIDATES = st.builds(CandidatePlace, site=SITES | st.none(), zones=ZONES, would_move=st.booleans())
LIMITS = st.builds(
    Limits,
    countries=st.lists(CODES.map(code_of), max_size=2).map(tuple),
    regions=st.lists(st.sampled_from(["DE-02", "US-NY"]).map(code_of), max_size=2).map(tuple),
    zones=ZONES | st.none(),
)
JOBS = st.builds(JobPlace, sites=st.lists(SITES, max_size=3).map(tuple)) | st.builds(
    JobPlace, is_remote=st.booleans(), limits=LIMITS
)


@settings(max_examples=200)
@given(st.lists(JOBS, max_size=6), st.lists(CANDIDATES, max_size=6))
def test_many_at_once_from_either_side_are_the_same_to_the_digit(
    jobs: list[JobPlace], candidates: list[CandidatePlace]
) -> None:
    one_by_one = [[fit(job, candidate) for candidate in candidates] for job in jobs]
    columns = CandidatePlaces.of(candidates)
    for job, expected in zip(jobs, one_by_one, strict=True):
        fits = fit_many(job, columns)
        assert [fits.at(index) for index in range(len(candidates))] == expected
    for number, candidate in enumerate(candidates):
        fits = fit_jobs(candidate, JobPlaces.of(jobs))
        assert [fits.at(index) for index in range(len(jobs))] == [row[number] for row in one_by_one]


@given(JOBS, CANDIDATES)
def test_a_score_has_one_decimal_and_ends_at_100(job: JobPlace, candidate: CandidatePlace) -> None:
    result = fit(job, candidate)
    assert 0 <= result.score <= 100
    assert result.score == round(result.score, 1)


@given(SITES, SITES)
def test_two_places_are_as_near_from_either_side(one: Site, other: Site) -> None:
    there = fit(JobPlace(sites=(one,)), CandidatePlace(site=other))
    back = fit(JobPlace(sites=(other,)), CandidatePlace(site=one))
    assert there == back
