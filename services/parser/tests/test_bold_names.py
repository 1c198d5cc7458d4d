from hotgigs.parser.bold_names import with_places_apart
from hotgigs.parser.document import Line


def parted(*lines: tuple[str, str]) -> list[str]:
    return [line.text for line in with_places_apart([Line(text=text, lead=lead) for text, lead in lines])]


def test_a_place_behind_a_name_in_bold_is_apart() -> None:
    assert parted(
        ("Rheinquell AG Chur\t2014 – 2019", "Rheinquell AG"), ("Haewon University Busan", "Haewon University")
    ) == [
        "Rheinquell AG\tChur\t2014 – 2019",
        "Haewon University\tBusan",
    ]


def test_what_looks_like_one_is_a_place_only_beside_a_sure_one() -> None:
    unknown = ("Quellhof Vrinsch", "Quellhof")
    assert parted(unknown) == ["Quellhof Vrinsch"]
    assert parted(unknown, ("Rheinhof Chur", "Rheinhof")) == ["Quellhof\tVrinsch", "Rheinhof\tChur"]


def test_a_name_with_a_mark_behind_it_is_parted_already() -> None:
    assert parted(("Rheinhof, Chur", "Rheinhof,"), ("Rheinhof – Chur", "Rheinhof")) == [
        "Rheinhof, Chur",
        "Rheinhof – Chur",
    ]
