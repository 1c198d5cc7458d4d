"""Places are known by a gazetteer, by their shape and by their neighbours."""

import pytest

from hotgigs.parser.places import city_line, country_of, is_place, split_place
from hotgigs.places.gazetteer import folded, places_named


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Chennai", "IN"),
        ("Gladstone QLD", "AU"),
        ("Belo Horizonte – MG", "BR"),
        ("Curitiba/PR", "BR"),
        ("Ikeja, Lagos State", "NG"),
        ("München", "DE"),
        ("Munich", "DE"),
        ("MUNIQUE", "DE"),
        ("Greater Manchester", "GB"),
        ("İzmir, Türkiye", "TR"),
        ("Columbus, OH", "US"),
        ("Kraków, Polska", "PL"),
        ("Bridge Engineer", None),
        ("", None),
    ],
)
def test_a_place_tells_its_country(text: str, country: str | None) -> None:
    assert country_of(text) == country


@pytest.mark.parametrize("text", ["Galway", "San Sebastián", "Austin, TX", "Remote", "Perth WA"])
def test_a_known_town_is_surely_a_place(text: str) -> None:
    assert is_place(text)


@pytest.mark.parametrize(
    "text",
    ["Concentrix, Manila", "March", "Marlowe Room", "Registered Nurse", "Nice", "Orange", "Acme GmbH"],
)
def test_what_may_be_a_company_is_not_surely_a_place(text: str) -> None:
    assert not is_place(text)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("12 Heol y Deri, Cardiff CF14 6HB", "Cardiff"),
        ("Rua das Flores 12, 30140-071 Belo Horizonte – MG", "Belo Horizonte, MG"),
        ("Hauptstr. 5, 67059 Ludwigshafen am Rhein", "Ludwigshafen am Rhein"),
        ("Gladstone QLD 4680", "Gladstone QLD"),
    ],
)
def test_an_address_is_cut_down_to_its_place(address: str, place: str) -> None:
    assert city_line(address) == place


def test_a_company_is_parted_from_the_town_behind_it() -> None:
    assert split_place("Concentrix, Manila") == ("Concentrix", "Manila")


def test_names_compare_without_case_accents_and_punctuation() -> None:
    assert folded("  São-Paulo. ") == "sao paulo"
    assert places_named("KOELN") == places_named("Koeln")
    assert places_named("nowhere at all") == {}
