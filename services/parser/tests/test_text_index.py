"""Values are found where they are printed, however the document breaks and dresses them."""

from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Box
from hotgigs.parser.document import Line
from hotgigs.parser.text_index import Place, TextIndex, folded


def line(text: str, number: int = 0, page: int = 1) -> Line:
    return Line(text=text, page=page, x0=50, y0=20.0 * number, x1=50 + 5 * len(text), y1=20.0 * number + 12)


def printed(*texts: str) -> TextIndex:
    return TextIndex([line(text, number) for number, text in enumerate(texts)])


def line_of(place: Place | None) -> int | None:
    return place.line_number if place else None


def test_a_value_is_found_with_its_page_and_box() -> None:
    place = printed("Ada Quell", "Bridge Engineer\t2019 - 2021").find("Bridge Engineer")
    assert place is not None
    assert (place.page, place.box) == (1, Box(x0=50, y0=20, x1=185, y1=32))
    assert place.text == "Bridge Engineer\t2019 - 2021"


def test_a_value_that_runs_over_lines_has_the_box_of_all_of_them() -> None:
    place = printed("Built a foot-", "bridge of timber", "in Turin").find("a footbridge of timber in Turin")
    assert place is not None
    assert [each.text for each in place.lines] == ["Built a foot-", "bridge of timber", "in Turin"]
    assert place.box == Box(x0=50, y0=0, x1=130, y1=52)


def test_a_value_that_runs_over_pages_has_the_box_of_its_first() -> None:
    place = TextIndex([line("Built a", 30), line("bridge", 1, page=2)]).find("Built a bridge")
    assert place is not None
    assert (place.page, place.box) == (1, Box(x0=50, y0=600, x1=85, y1=612))


def test_capitals_accents_and_ligatures_do_not_hide_a_value() -> None:
    assert printed("RENÉE OKONKWO").find("Renée Okonkwo")
    assert printed("Proﬁle of Ståle").find("Profile of Stale")


def test_of_several_places_the_nearest_counts() -> None:
    text = printed("Acme", "Cook", "Baker", "Acme", "Waiter")
    waiter = text.find("Waiter")
    cook = text.find("Cook")
    assert waiter
    assert cook
    assert line_of(text.find("Acme", waiter.begin)) == 3
    assert line_of(text.find("Acme", cook.begin)) == 0


def test_a_date_is_found_however_it_is_written() -> None:
    text = printed("Cook, März 2019 – heute", "Waiter, 02/2017 - 03/2019")
    assert line_of(text.find_date("2019-03", 0)) == 0
    assert line_of(text.find_date("2017-02", 0)) == 1
    assert text.find_date("2016", 0) is None


def test_a_telephone_number_is_found_however_it_is_grouped() -> None:
    text = printed("Ada Quell", "Tel. (011) 555 12-34")
    assert line_of(text.find_digits("+39115551234")) == 1


def test_what_is_not_printed_is_nowhere() -> None:
    assert printed("Ada Quell").find("Bo Quell") is None
    assert printed("Ada Quell").find(" - ") is None
    assert printed("Ada Quell").find_digits("") is None
    assert TextIndex([]).find("Ada") is None


@given(st.lists(st.text(alphabet="abc ÄéßﬁI-\u00ad", max_size=12), max_size=6), st.data())
def test_every_stretch_of_a_document_is_found_in_it(texts: list[str], data: st.DataObject) -> None:
    whole = "".join(texts)
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, len(whole)))
    place = printed(*texts).find(whole[begin:end])
    assert (place is not None) == bool(folded(whole[begin:end]))
    if place:
        assert folded(whole[begin:end]) in folded("".join(each.text for each in place.lines))
