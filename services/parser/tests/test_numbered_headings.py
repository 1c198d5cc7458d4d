"""Headings that are numbered, as forms number them."""

from hotgigs.parser.sections import split_sections

FORM = """
1.\tName: Ada Moor
6.\tContact Information:
ada@example.org
8.\tEducation:
MSc Hydrology, 2012
9.\tOther Training and Certificates:
Registered Engineer, 2016
11.\tFields of Endeavour:
Modelling: EPANET
12.\tLanguages:
English
13.\tEmployment Record:
1.\tPlanned dams.
"""


def test_what_is_numbered_as_headings_are_is_a_heading(printed) -> None:
    sections = [(section.kind, section.heading) for section in split_sections(printed(FORM))]
    assert ("certifications", "9.\tOther Training and Certificates:") in sections
    assert "11.\tFields of Endeavour:" in [heading for _, heading in sections]


def test_a_number_with_a_value_behind_its_label_is_none(printed) -> None:
    assert "1.\tName: Ada Moor" in [line.text for line in split_sections(printed(FORM))[0].lines]


def test_a_number_that_stands_twice_numbers_items(printed) -> None:
    last = split_sections(printed(f"{FORM}1.\tWells of Kisumu"))[-1]
    assert (last.kind, [line.text for line in last.lines]) == (
        "experience",
        ["1.\tPlanned dams.", "1.\tWells of Kisumu"],
    )


def test_numbered_lines_among_few_headings_are_items(printed) -> None:
    text = "1. Education\nMSc Hydrology, 2012\n2. Wells and dams\n3. Skills\nEPANET"
    assert "2. Wells and dams" not in [section.heading for section in split_sections(printed(text))]
