from datetime import date

from hotgigs.parser.parse_resume import understand


def degrees(document):
    return [
        (entry.degree, entry.institution, entry.location, entry.graduation_date, entry.gpa)
        for entry in understand(document, date(2026, 11, 22)).education
    ]


def test_degree_first_with_grade_behind_the_institution(printed) -> None:
    document = printed("""
        # Education
        B.E. in Computer Engineering\tMay 2015
        College of Engineering Pune, Pune — CGPA: 8.4/10
    """)
    assert degrees(document) == [
        ("B.E. in Computer Engineering", "College of Engineering Pune", "Pune", "2015-05", "8.4")
    ]


def test_institution_first(printed) -> None:
    document = printed("""
        # Education
        Massachusetts Institute of Technology\tCambridge, MA
        Bachelor of Science in Computer Science, GPA: 3.85/4.0\tSep. 2016 -- May 2020
    """)
    assert degrees(document) == [
        (
            "Bachelor of Science in Computer Science",
            "Massachusetts Institute of Technology",
            "Cambridge, MA",
            "2020-05",
            "3.85",
        )
    ]


def test_degree_and_institution_on_one_line(printed) -> None:
    document = printed("""
        # Formation
        2016 : Master Communication des organisations, Université Lumière Lyon 2
        2014 : Licence Information-Communication, Université Jean Moulin Lyon 3
    """)
    assert [(degree, year) for degree, _, _, year, _ in degrees(document)] == [
        ("Master Communication des organisations", "2016"),
        ("Licence Information-Communication", "2014"),
    ]


def test_a_german_grade_keeps_its_comma(printed) -> None:
    document = printed("""
        # Ausbildung
        10/2014 – 09/2016\tM.Sc. Maschinenbau
        Universität Stuttgart, Stuttgart (Note: 1,7)
    """)
    assert degrees(document) == [
        ("M.Sc. Maschinenbau", "Universität Stuttgart", "Stuttgart", "2016-09", "1,7")
    ]


def test_an_institution_that_we_do_not_know_is_told_by_its_place_in_the_entry(printed) -> None:
    document = printed("""
        # Education
        Executive MBA\t2016
        INSEAD, Fontainebleau, France
    """)
    assert degrees(document)[0][:3] == ("Executive MBA", "INSEAD", "Fontainebleau, France")


def test_the_heads_of_a_table_are_no_degree(printed) -> None:
    document = printed("""
        # Educational Qualification
        Course\tInstitution\tYear\tResult
        B.Com\tUniversity of Mumbai, Mumbai\t2012\tGPA: 3.1
    """)
    assert degrees(document) == [("B.Com", "University of Mumbai", "Mumbai", "2012", "3.1")]
