"""What is measured of printed lines, and what stands between their letters."""

from typing import Any

import msgspec
import numpy as np
import pymupdf
import pytest

from hotgigs.parser.extraction.ocr.prints import measured
from hotgigs.parser.extraction.ocr.straighten import Image
from hotgigs.parser.extraction.ocr.words import Reading, fragments

_DPI = 200
_PIXELS = _DPI / 72
_BASELINE = 35


def printed(
    *spans: tuple[float, str], font: str = "helv", size: float = 11, colour: float = 0.0, paper: float = 1.0
) -> tuple[Image, Reading]:
    """A picture of spans at their distances from the left, and what an engine reads there: all the spans as
    one, without a space between them, its characters where they stand."""
    page = pymupdf.open().new_page(width=500, height=60)
    page.draw_rect((20, 15, 480, 50), color=(paper,) * 3, fill=(paper,) * 3)
    for x, span in spans:
        page.insert_text((x, _BASELINE), span, fontname=font, fontsize=size, color=(colour,) * 3)
    text, centres = "", []
    for block in page.get_text("rawdict")["blocks"]:
        for char in (char for line in block["lines"] for span in line["spans"] for char in span["chars"]):
            text += char["c"]
            centres.append((char["bbox"][0] + char["bbox"][2]) / 2 * _PIXELS)
    pixmap = page.get_pixmap(dpi=_DPI, colorspace=pymupdf.csGRAY)
    image = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    return image[:, : pixmap.width], Reading(
        text,
        x0=(spans[0][0] - 4) * _PIXELS,
        y0=(_BASELINE - 1.1 * size) * _PIXELS,
        x1=centres[-1] + size * _PIXELS,
        y1=(_BASELINE + 0.5 * size) * _PIXELS,
        confidence=1.0,
        centres=tuple(centres),
    )


def with_square(image: Image, x: float, radius: int) -> Image:
    """One stands ``x`` points from the left, at the middle of the letters."""
    copy = image.copy()
    column, row = int(x * _PIXELS), int((_BASELINE - 3) * _PIXELS)
    copy[row - radius : row + radius + 1, column - radius : column + radius + 1] = 0
    return copy


def texts(*spans: tuple[float, str]) -> list[str]:
    image, reading = printed(*spans)
    return [" ".join(part.text.split()) for part in measured(image, [reading])]


def look(text: str = "Conference hamburger mixtures", **style: Any) -> Reading:
    image, reading = printed((40, text), **style)
    (found,) = measured(image, [reading])
    return found


def test_a_wide_gap_parts_a_line() -> None:
    assert texts((40, "Berlin"), (120, "2019")) == ["Berlin", "2019"]


def test_a_space_that_was_not_read_is_put_in() -> None:
    assert texts((40, "Berlin"), (80, "2019")) == ["Berlin 2019"]


def test_letters_that_are_spaced_stay_together() -> None:
    spaced = [(40.0 + 16 * at, char) for at, char in enumerate("EXPERIENCE")]
    assert [text.replace(" ", "") for text in texts(*spaced)] == ["EXPERIENCE"]


def test_a_mark_that_was_not_read_parts_what_stands_beside_it() -> None:
    image, reading = printed((40, "Berlin"), (90, "2019"))
    (part,) = measured(with_square(image, 80, 5), [reading])
    assert part.text.split() == ["Berlin", "•", "2019"]


def test_a_bullet_that_was_not_read_is_put_in() -> None:
    image, reading = printed((52, "Led the team"))
    reading = msgspec.structs.replace(reading, x0=38 * _PIXELS)
    (part,) = measured(with_square(image, 44, 4), [reading])
    assert part.text == "• Led the team"


def test_slant_tells_italics() -> None:
    assert look(font="tiit").slant > 0.12
    assert look(font="tiro").slant < 0.12


def test_letters_are_measured_on_any_ground() -> None:
    dark, light = look(), look(colour=1.0, paper=0.3)
    assert light.shade > 200 > dark.shade
    assert [height.pixels for height in light.heights] == pytest.approx(
        [height.pixels for height in dark.heights], abs=1
    )


def test_an_underline_is_no_print_of_the_line() -> None:
    image, reading = printed((40, "Education"))
    under = image.copy()
    under[int(39 * _PIXELS) : int(39 * _PIXELS) + 2, int(30 * _PIXELS) :] = 0
    (plain,), (underlined,) = measured(image, [reading]), measured(under, [reading])
    assert (underlined.y0, underlined.y1) == (plain.y0, plain.y1)


def test_headings_a_little_larger_than_the_text_keep_their_size() -> None:
    text = look("Numerous documents about measures", size=10.5)
    *body, heading = fragments([text] * 5 + [look("Career Chronology", size=12.5)], 1 / _PIXELS)
    assert len({fragment.size for fragment in body}) == 1
    assert heading.size > 1.12 * body[0].size


def test_grey_text_has_another_colour_than_the_rest() -> None:
    black, grey = fragments([look("Numerous documents"), look("Berlin", colour=0.5)], 1 / _PIXELS)
    assert black.colour == 0
    assert grey.colour > 0


def test_a_box_without_print_is_left_as_it_is() -> None:
    reading = Reading("text", 10, 10, 60, 30, 0.9, centres=(15.0, 25.0, 35.0, 45.0))
    assert measured(np.full((50, 80), 255, np.uint8), [reading]) == [reading]
