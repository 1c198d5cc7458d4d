"""Texts as resumes and job postings print them, and where they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.places import km_between, locate, locate_each, position_of

ON_THE_MAP = [
    ("Toronto, ON, Canada", "CA", 43.65, -79.38),
    ("Toronto, Canada", "CA", 43.65, -79.38),
    ("Cicero, IL", "US", 41.85, -87.75),
    ("Boston, MA", "US", 42.36, -71.06),
    ("boston, ma", "US", 42.36, -71.06),
    ("Boston, Lincolnshire, UK", "GB", 52.98, -0.03),
    ("London", "GB", 51.51, -0.13),
    ("London, ON", "CA", 42.98, -81.23),
    ("Paris 11e", "FR", 48.85, 2.35),
    ("75011 Paris, France", "FR", 48.85, 2.35),
    ("Paris, TX", "US", 33.66, -95.56),
    ("Salem, OR", "US", 44.94, -123.04),
    ("Salem, Tamil Nadu", "IN", 11.65, 78.16),
    ("Portland, OR", "US", 45.52, -122.68),
    ("Ontario, CA", "US", 34.06, -117.65),
    ("Berlin, DE", "DE", 52.52, 13.41),
    ("Wilmington, DE", "US", 39.75, -75.55),
    ("Atlanta, Georgia", "US", 33.75, -84.39),
    ("Tbilisi, Georgia", "GE", 41.69, 44.83),
    ("Vienna, Virginia", "US", 38.9, -77.27),
    ("Wien", "AT", 48.21, 16.37),
    ("Washington, D.C.", "US", 38.9, -77.04),
    ("Brooklyn, NY", "US", 40.65, -73.95),
    ("Greater Chicago Area", "US", 41.85, -87.65),
    ("San Francisco Bay Area", "US", 37.77, -122.42),
    ("St. Louis, Missouri", "US", 38.63, -90.2),
    ("Halle (Saale)", "DE", 51.48, 11.98),
    ("Frankfurt (Oder)", "DE", 52.35, 14.55),
    ("Frankfurt a.M.", "DE", 50.12, 8.68),
    ("D-80331 München", "DE", 48.14, 11.58),
    ("Dachau, near Munich, Germany", "DE", 48.26, 11.43),
    ("Milano (MI)", "IT", 45.46, 9.19),
    ("Sale, Manchester", "GB", 53.43, -2.32),
    ("Newcastle", "GB", 54.97, -1.61),
    ("Newcastle, NSW", "AU", -32.93, 151.78),
    ("12 Baker Street, London NW1 6XE", "GB", 51.51, -0.13),
    ("Perth WA", "AU", -31.95, 115.86),
    ("Spokane, WA", "US", 47.66, -117.43),
    ("Curitiba – PR", "BR", -25.43, -49.27),
    ("Curitiba/PR", "BR", -25.43, -49.27),
    ("Valencia, Spain", "ES", 39.47, -0.38),
    ("Valencia, Venezuela", "VE", 10.16, -68.0),
    ("Hyderabad, Pakistan", "PK", 25.39, 68.37),
    ("Hyderabad, Telangana", "IN", 17.38, 78.46),
    ("Cork, Ireland", "IE", 51.9, -8.47),
    ("Da Nang, Vietnam", "VN", 16.07, 108.22),
    ("Wellington, New Zealand", "NZ", -41.29, 174.78),
    ("Remote (Berlin)", "DE", 52.52, 13.41),
    ("Lagos (remote)", "NG", 6.45, 3.39),
    ("Kowloon, Hong Kong", "HK", 22.32, 114.18),
    ("Piedmont, AL", "US", 33.92, -85.61),
    ("Likasi, Congo - Kinshasa", "CD", -10.98, 26.73),
    ("Tunis", "TN", 36.82, 10.17),
    ("Brasília", "BR", -15.78, -47.93),
    ("Bengaluru East, Karnataka, India", "IN", 12.97, 77.59),
    ("Stuttgart-Vaihingen", "DE", 48.78, 9.18),
    ("Jaro, Iloilo City", "PH", 10.69, 122.56),
    ("Richmond, London", "GB", 51.46, -0.3),
    ("Köln, Bonn", "DE", 50.93, 6.95),
    ("Москва", "RU", 55.75, 37.62),
    ("東京", "JP", 35.69, 139.69),
]

ONE_PLACE = [
    ("München", "Munich, Germany", "MUNICH", "Muenchen, Bayern"),
    ("Bengaluru", "Bangalore, India", "Bengaluru, Karnataka"),
    ("New York, NY, USA", "NYC", "New York City", "New York, New York"),
    ("Zürich, Schweiz", "Zurich, Switzerland", "Zürich"),
    ("Lisboa", "Lisbon, Portugal", "Lisboa, Portugal"),
    ("Praha", "Prague 6, Czech Republic"),
    ("Kraków", "Krakow, Poland"),
    ("Ho Chi Minh City, Vietnam", "Saigon"),
    ("Den Haag", "The Hague, Netherlands"),
    ("Köln", "Cologne, Germany", "50667 Köln"),
    ("Genève", "Geneva, Switzerland"),
    ("Warszawa", "Warsaw, Poland"),
    ("København", "Copenhagen, Denmark"),
    ("Newcastle upon Tyne, United Kingdom", "Newcastle, UK"),
    ("Gurgaon, India", "Gurugram, Haryana"),
    ("Singapore", "Singapore, Singapore"),
    ("Washington, DC", "Washington D.C."),
]

AREAS = [
    ("Germany", "country", "DE", ""),
    ("UAE", "country", "AE", ""),
    ("Bosnia and Herzegovina", "country", "BA", ""),
    ("Ontario", "region", "CA", "CA-08"),
    ("California, USA", "region", "US", "US-CA"),
    ("Georgia, USA", "region", "US", "US-GA"),
    ("Georgia", "country", "GE", ""),
    ("Bayern", "region", "DE", "DE-02"),
    ("Punjab, India", "region", "IN", "IN-23"),
    ("Newfoundland and Labrador, Canada", "region", "CA", "CA-05"),
    ("Victoria, Australia", "region", "AU", "AU-07"),
    ("Scotland", "region", "GB", "GB-SCT"),
    ("Orange County, CA", "district", "US", "US-CA"),
]


@pytest.mark.parametrize(("text", "country", "latitude", "longitude"), ON_THE_MAP)
def test_a_town_is_found_among_its_namesakes(
    text: str, country: str, latitude: float, longitude: float
) -> None:
    spot = locate(text)
    assert spot
    assert (spot.kind, spot.country) == ("town", country)
    assert km_between(position_of(spot.latitude, spot.longitude), position_of(latitude, longitude)) < 15


@pytest.mark.parametrize("texts", ONE_PLACE, ids=lambda texts: texts[0])
def test_names_of_one_place_are_one_place(texts: tuple[str, ...]) -> None:
    assert len({locate(text) for text in texts}) == 1
    assert locate(texts[0]) is not None


@pytest.mark.parametrize(("text", "kind", "country", "region"), AREAS)
def test_a_country_or_region_alone_is_known(text: str, kind: str, country: str, region: str) -> None:
    spot = locate(text)
    assert spot
    assert (spot.kind, spot.country, spot.region) == (kind, country, region)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Boston, MA", "Austin, TX"), ("Portland, OR", "Portland, ME"), ("Cambridge, MA", "Cambridge, UK")],
)
def test_commas_and_namesakes_do_not_make_two_places_one(one: str, other: str) -> None:
    assert locate(one) != locate(other)


@pytest.mark.parametrize("text", ["", "Remote", "  ,, - ", "12345", "()", "Fully remote", "¯\\_(ツ)_/¯"])
def test_what_names_no_place_is_nowhere(text: str) -> None:
    assert locate(text) is None
    assert locate_each(text) == ()


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Berlin, Munich or Hamburg", ["DE-16", "DE-02", "DE-04"]),
        ("London or New York, NY", ["GB-ENG", "US-NY"]),
        ("Toronto, ON; Vancouver, BC", ["CA-08", "CA-02"]),
        ("Munich and Berlin, Germany", ["DE-02", "DE-16"]),
        ("Paris, London, Berlin", ["FR-11", "GB-ENG", "DE-16"]),
        ("Boston, New York, Chicago", ["US-MA", "US-NY", "US-IL"]),
        ("Dallas, Houston", ["US-TX", "US-TX"]),
        ("Richmond, London", ["GB-ENG"]),
        ("Austin, TX / Remote", ["US-TX"]),
        ("Curitiba/PR", ["BR-18"]),
        ("Lafayette, LA", ["US-LA"]),
        ("Bahía Blanca, Buenos Aires", ["AR-01"]),
        ("Toronto, Ontario", ["CA-08"]),
    ],
)
def test_a_list_of_towns_is_told_from_a_town_and_its_region(text: str, regions: list[str]) -> None:
    assert [spot.region for spot in locate_each(text)] == regions


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("UK & Ireland", ["GB", "IE"]),
        ("Germany, Austria or Switzerland", ["DE", "AT", "CH"]),
        ("US, Canada", ["US", "CA"]),
    ],
)
def test_a_list_of_countries_is_each_of_them(text: str, countries: list[str]) -> None:
    assert [spot.country for spot in locate_each(text)] == countries


@settings(max_examples=300)
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            ["Berlin", "or", ",", "(", ")", "/", "CA", "Georgia", "New York", "Ü", "\u0301", "75011"]
        )
    ).map(" ".join)
)
def test_any_text_is_read(text: str) -> None:
    spots = locate_each(text)
    assert len(set(spots)) == len(spots) <= 8
    assert bool(spots) or locate(text) is None


def test_no_more_is_read_of_a_text_than_a_place_needs() -> None:
    assert locate("Berlin" + " " * 1000 + ", " + "Munich, " * 100_000) == locate("Berlin")
