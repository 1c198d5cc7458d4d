from datetime import date

import pytest

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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CKA – Certified Kubernetes Administrator, CNCF, Issued Mar 2021 · Expires Mar 2024",
         ("CKA – Certified Kubernetes Administrator", "CNCF", "2021-03", "2024-03")),
        ("Registered Nurse issued by the Texas Board of Nursing, exp. 03/2027",
         ("Registered Nurse", "Texas Board of Nursing", None, "2027-03")),
        ("Ersthelfer, Deutsches Rotes Kreuz, 05/2023, gültig bis 05/2025",
         ("Ersthelfer", "Deutsches Rotes Kreuz", "2023-05", "2025-05")),
        ("Manipulador de alimentos, Grupo Sanitas, válido hasta 2026",
         ("Manipulador de alimentos", "Grupo Sanitas", None, "2026")),
        ("SST, INRS, 2022, valable jusqu'en 2024", ("SST", "INRS", "2022", "2024")),
        ("Notary Public – State of Ohio, 2022, no expiration",
         ("Notary Public", "State of Ohio", "2022", None)),
        ("Google – Data Analytics Certificate (2023)",
         ("Data Analytics Certificate", "Google", "2023", None)),
        ("Scrum Fundamentals Certified (08/2024)", ("Scrum Fundamentals Certified", None, "2024-08", None)),
        ("Basic Life Support (BLS) (Google)", ("Basic Life Support (BLS)", "Google", None, None)),
        ("Registered Nurse, License #RN123456, Board of Nursing",
         ("Registered Nurse", "Board of Nursing", None, None)),
    ],
)  # fmt: skip
def test_a_certificate_on_one_line(printed, line, expected) -> None:
    assert certificates(printed(f"# Certifications\n{line}")) == [expected]


def test_labels_say_what_a_value_is(printed) -> None:
    document = printed("""
        # Certifications
        Nom: Habilitation électrique
        Organisme: Apave
        Date: mars 2024 – mars 2027
        Nom: QualiPV
        Organisme: Qualit'EnR
        Date: novembre 2022
    """)
    assert certificates(document) == [
        ("Habilitation électrique", "Apave", "2024-03", "2027-03"),
        ("QualiPV", "Qualit'EnR", "2022-11", None),
    ]


def test_issuers_in_brackets_behind_every_name(printed) -> None:
    document = printed("# Certifications\nStaplerschein (Wifi Linz)\t2015\nKranschein (Wifi Wels)\t2017")
    assert certificates(document) == [
        ("Staplerschein", "Wifi Linz", "2015", None),
        ("Kranschein", "Wifi Wels", "2017", None),
    ]


def test_training_is_certified_only_where_no_certificates_are_listed(printed) -> None:
    training = "# Training\nAdvanced Welding, Trade College, 2021\nSteel Conference, Bonn, 2019\n"
    assert [name for name, *_ in certificates(printed(training))] == ["Advanced Welding"]
    with_others = printed(f"{training}# Certifications\nISO 9606-1, DVS, 2020")
    assert [name for name, *_ in certificates(with_others)] == ["ISO 9606-1"]


def test_accreditations_beside_memberships_are_certificates(printed) -> None:
    document = printed(
        "# Skills\nXero\n# Memberships and Accreditations\nPrince2 Foundation – PeopleCert\t2021"
    )
    assert certificates(document) == [("Prince2 Foundation", "PeopleCert", "2021", None)]


def test_the_number_of_a_norm_is_a_part_of_the_name(printed) -> None:
    document = printed("# Certificações\nNR-10 Segurança em Eletricidade, SENAI (2025)")
    assert certificates(document) == [("NR-10 Segurança em Eletricidade", "SENAI", "2025", None)]


def test_semicolons_part_certificates(printed) -> None:
    document = printed(
        "# Certifications\nServSafe Manager (National Restaurant Association, 2024 – 2029); "
        "Certified Sous Chef (CSC) (American Culinary Federation, 2020)."
    )
    assert certificates(document) == [
        ("ServSafe Manager", "National Restaurant Association", "2024", "2029"),
        ("Certified Sous Chef (CSC)", "American Culinary Federation", "2020", None),
    ]


def test_a_semicolon_before_the_expiry_parts_nothing(printed) -> None:
    document = printed("# Certifications\nACLS, American Heart Association, 2024; Expires 2026")
    assert certificates(document) == [("ACLS", "American Heart Association", "2024", "2026")]


def test_coursework_is_not_certified(printed) -> None:
    assert (
        certificates(printed("# Skills\nSQL\n# Relevant Coursework\nCorporate Valuation\nEconometrics")) == []
    )
