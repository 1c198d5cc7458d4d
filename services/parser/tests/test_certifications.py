from datetime import date

from hotgigs.parser.parse_resume import understand


def certificates(document):
    return [
        (each.name, each.issuer, each.issue_date, each.expiry_date)
        for each in understand(document, date(2026, 11, 22)).certifications
    ]


def test_name_issuer_and_dates_on_one_line(printed) -> None:
    document = printed("""
        # Certifications
        • AWS Certified Developer – Associate, Amazon Web Services (Sep 2023, expires Sep 2026)
        • Radiation Protection Supervisor, Class 2 – Nuclear Safety Center (12/2018)
    """)
    assert certificates(document) == [
        ("AWS Certified Developer – Associate", "Amazon Web Services", "2023-09", "2026-09"),
        ("Radiation Protection Supervisor, Class 2", "Nuclear Safety Center", "2018-12", None),
    ]


def test_name_issuer_and_dates_on_lines_of_their_own(printed) -> None:
    document = printed("""
        # Certificates
        HACCP Food Hygiene Training
        CCI Lyon Métropole
        10/2020
        WSET Level 2 Award in Wines
        WSET
        02/2022
    """)
    assert certificates(document) == [
        ("HACCP Food Hygiene Training", "CCI Lyon Métropole", "2020-10", None),
        ("WSET Level 2 Award in Wines", "WSET", "2022-02", None),
    ]


def test_the_year_in_a_name_is_no_date_of_issue(printed) -> None:
    document = printed("# Certifications\n• WHMIS 2015 (Aug 2024, expires Aug 2027)")
    assert certificates(document) == [("WHMIS 2015", None, "2024-08", "2027-08")]


def test_the_number_of_a_licence_is_left_out(printed) -> None:
    document = printed(
        "# Licenses\n• Registered Nurse, Arizona State Board of Nursing, #RN123456, expires 04/2027"
    )
    assert certificates(document) == [("Registered Nurse", "Arizona State Board of Nursing", None, "2027-04")]


def test_names_alone_are_certificates_of_their_own(printed) -> None:
    document = printed("# Certifications\nACLS\nPALS")
    assert certificates(document) == [("ACLS", None, None, None), ("PALS", None, None, None)]
