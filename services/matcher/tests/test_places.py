"""What a posting and a candidate say of places, read once."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.matcher.scoring.places import (
    CandidatePlace,
    JobPlace,
    Limits,
    candidate_place,
    code_of,
    country_of,
    job_place,
)


def countries(*codes: str) -> tuple[int, ...]:
    return tuple(sorted(map(code_of, codes)))


@pytest.mark.parametrize(
    "location", ["Remote", "Remote (Berlin)", "Home office", "Worldwide", "Berlin or remote"]
)
def test_a_location_that_says_remote_is_remote_whatever_the_flag(location: str) -> None:
    assert job_place(location, False, "").is_remote


@pytest.mark.parametrize("location", ["Hybrid, Berlin", "Berlin (on-site)", "Berlin, not remote", "Berlin"])
def test_hybrid_and_onsite_work_is_at_its_place(location: str) -> None:
    place = job_place(location, False, "")
    assert not place.is_remote
    assert [site.country for site in place.sites] == [code_of("DE")]


def test_a_flag_with_a_town_is_remote_within_its_country() -> None:
    assert job_place("Berlin, Germany", True, "") == JobPlace(
        is_remote=True, limits=Limits(countries=countries("DE"))
    )


def test_a_description_that_says_from_where_widens_a_town() -> None:
    place = job_place("Berlin", True, "We are small. You can work from anywhere in Austria or Germany. Join!")
    assert place.limits.countries == countries("AT", "DE")


def test_a_description_does_not_widen_what_the_location_names() -> None:
    place = job_place("Remote (Germany)", True, "Our customers are located in France.")
    assert place.limits.countries == countries("DE")


@pytest.mark.parametrize(
    ("description", "limits"),
    [
        ("You must live in the United States.", Limits(countries=countries("US"))),
        ("Candidates must be authorised to work in Canada.", Limits(countries=countries("CA"))),
        ("We need four hours of overlap with CET.", Limits(zones=(-4.0, 6.0))),
        ("We keep US hours. You choose yours.", Limits(zones=(-8.0, -5.0))),
        (
            "You work from home anywhere in the US, and take five calls an hour.",
            Limits(countries=countries("US")),
        ),
        ("We meet in Spain twice a year. Our users love France.", Limits()),
        ("", Limits()),
    ],
)
def test_a_remote_job_without_a_place_is_limited_by_its_description(description: str, limits: Limits) -> None:
    assert job_place("Remote", True, description) == JobPlace(is_remote=True, limits=limits)


@pytest.mark.parametrize(
    ("description", "country"),
    [
        ("Senior engineer.\nLocation: Toronto, Canada\nWe pay well.", "CA"),
        ("You join our office in Leeds twice a week.", "GB"),
        ("The role is based in Pune, India.", "IN"),
        ("Please live in or around Austin by your first day.", "US"),
    ],
)
def test_a_description_alone_tells_where_the_work_is(description: str, country: str) -> None:
    place = job_place(None, False, description)
    assert [site.country for site in place.sites] == [code_of(country)]


def test_a_description_alone_tells_that_work_is_remote() -> None:
    place = job_place(None, False, "This role is remote. You live in Portugal or Spain.")
    assert place == JobPlace(is_remote=True, limits=Limits(countries=countries("ES", "PT")))


@pytest.mark.parametrize(
    "description", ["", "We build things in small teams.", "Remote servers are our business."]
)
def test_a_job_that_says_nothing_is_nowhere(description: str) -> None:
    assert job_place(None, False, description) == JobPlace()


def test_a_job_in_several_towns_has_them_all() -> None:
    assert len(job_place("Berlin, Munich or Hamburg", False, "").sites) == 3


@pytest.mark.parametrize(
    ("text", "would_move"),
    [
        ("Open to relocation within Europe", True),
        ("I am willing to relocate.", True),
        ("Umzugsbereit", True),
        ("Not willing to relocate", False),
        ("Open to remote work; not moving from Bengaluru.", False),
        ("Moved the ledger to PostgreSQL", False),
        ("", False),
    ],
)
def test_who_would_move_says_so(text: str, would_move: bool) -> None:
    assert candidate_place("Bengaluru, India", text).would_move is would_move


@pytest.mark.parametrize("location", [None, "", "Remote", "???"])
def test_a_candidate_without_a_place_is_nowhere(location: str | None) -> None:
    assert candidate_place(location).site is None


def test_a_large_area_has_no_position_and_a_small_one_has() -> None:
    texas, berlin = candidate_place("Texas, USA").site, candidate_place("State of Berlin, Germany").site
    assert texas
    assert berlin
    assert texas.position is None
    assert berlin.position


@given(st.from_regex(r"[A-Z]{2}-[0-9A-Z]{1,8}", fullmatch=True))
def test_a_region_s_code_tells_its_country(region: str) -> None:
    assert country_of(code_of(region)) == code_of(region[:2])
    assert code_of(region) < 2**63


@given(*[st.from_regex(r"[A-Z]{2}(-[0-9A-Z]{1,8})?", fullmatch=True)] * 2)
def test_codes_of_different_places_differ(one: str, other: str) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)


@settings(max_examples=200)
@given(st.none() | st.text(max_size=400), st.booleans(), st.text(max_size=2_000))
def test_any_text_is_read_and_kept_as_it_is(location: str | None, remote: bool, description: str) -> None:
    job, candidate = job_place(location, remote, description), candidate_place(location, description)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(job), type=JobPlace) == job
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(candidate), type=CandidatePlace) == candidate
