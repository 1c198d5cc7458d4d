"""From where a posting lets people work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.places import scope_in, scope_of
from hotgigs.places.geography import spots_named
from hotgigs.places.scope import ANYWHERE, _parts, _regions


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("Remote (Americas or Europe)", "US CA BR DE GB PL", "IN AU NG"),
        ("Remote (Latin America or Europe)", "MX BR AR ES", "US CA IN"),
        ("Remote (Americas, United Kingdom or Ireland)", "US BR GB IE", "FR DE"),
        ("Remote - EMEA", "DE ZA AE EG", "US IN JP"),
        ("Remote (EU)", "DE PT FI", "GB CH NO US"),
        ("Remote (DACH)", "DE AT CH", "NL FR"),
        ("Nordics (remote)", "SE DK FI NO IS", "DE EE"),
        ("UK & Ireland", "GB IE", "FR"),
        ("APAC", "IN JP AU SG", "DE US"),
        ("Remote, US only", "US", "CA GB"),
        ("Anywhere in Canada", "CA", "US"),
        ("Remote (Berlin)", "DE", "AT"),
        ("Home office (Austin, TX)", "US", "CA"),
        ("Remote: Poland, Romania, Ukraine", "PL RO UA", "DE"),
    ],
)
def test_parts_of_the_world_are_their_countries(text: str, inside: str, outside: str) -> None:
    scope = scope_of(text)
    assert set(inside.split()) <= set(scope.countries)
    assert not set(outside.split()) & set(scope.countries)
    assert not scope.regions


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("Remote (Eastern United States)", "US-NY US-GA US-OH US-FL", "US-TX US-CA US-IL"),
        ("Remote, US East Coast", "US-NY US-FL", "US-OH US-CA"),
        ("West Coast", "US-CA US-WA", "US-NY"),
        ("Midwest", "US-IL US-OH", "US-NY"),
        ("Remote - Ontario, Canada", "CA-08", "CA-10"),
        ("Remote (England)", "GB-ENG", "GB-SCT"),
        ("Western Canada", "CA-02 CA-01", "CA-08"),
    ],
)
def test_parts_of_a_country_are_their_regions(text: str, inside: str, outside: str) -> None:
    scope = scope_of(text)
    assert set(inside.split()) <= set(scope.regions)
    assert not set(outside.split()) & set(scope.regions)
    assert not scope.countries


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Remote (UTC+1 to UTC+8)", (1, 8)),
        ("Remote (UTC-8 – UTC-3)", (-8, -3)),
        ("Remote (four hours overlap with Central European Time)", (-4, 6)),
        ("Remote, at least 6 hours of overlap with EST", (-8, -2)),
        ("Remote (CET ±2h)", (-1, 3)),
        ("Remote (GMT +/- 3)", (-3, 3)),
        ("Remote within 2 hours of CET", (-1, 3)),
        ("Remote (US time zones)", (-8, -5)),
        ("Remote (UTC+5:30)", (3.5, 7.5)),
        ("Remote, Pacific Time", (-10, -6)),
        ("Remote, European working hours", (0, 2)),
        ("Remote, 9 to 5 EST", (-7, -3)),
        ("Ce poste est en France", None),
        ("You work from the US for an hour a day", None),
        ("Remote (Germany)", None),
        ("Mountain View, CA", None),
        ("Eastern United States", None),
    ],
)
def test_time_zones_are_a_span_of_offsets(text: str, zones: tuple[float, float] | None) -> None:
    assert scope_of(text).zones == zones


def test_time_zones_go_with_countries() -> None:
    scope = scope_of("Remote (US or Canada; Eastern Time)")
    assert scope.countries == ("US", "CA")
    assert scope.zones == (-7, -3)


@pytest.mark.parametrize("text", ["", "Remote", "Worldwide", "Anywhere", "Remote (anywhere in the world)"])
def test_no_limit_is_anywhere(text: str) -> None:
    assert scope_of(text) == ANYWHERE


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("You must live and be authorised to work in the United States", {"US"}),
        ("You will work from home anywhere in the US with a headset", {"US"}),
        ("We hire in Poland, Czechia and the U.K.", {"PL", "CZ", "GB"}),
        ("You will work anywhere in the US, take five calls an hour and document each", {"US"}),
        ("Tell us in May what you want", set()),
        ("Our IT people read Paris and London in Turkey's papers", {"TR"}),
    ],
)
def test_a_sentence_names_countries_by_their_names_alone(sentence: str, countries: set[str]) -> None:
    assert set(scope_in(sentence).countries) == countries


def test_every_region_and_country_of_a_scope_is_on_the_map() -> None:
    regions = {
        named.spot.region
        for scope in _regions().values()
        for region in scope
        for named in spots_named(region.partition("-")[2])
    }
    american = {region for scope in _regions().values() for region in scope if region.startswith("US-")}
    assert american <= regions
    assert all(spots_named(code) for scope in _parts().values() for code in scope if code not in {"XK"})


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for scope in (scope_of(text), scope_in(text)):
        if scope.zones:
            assert scope.zones[0] <= scope.zones[1]
