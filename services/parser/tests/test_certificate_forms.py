"""The many forms in which people write a certificate down."""

from datetime import date

import pytest

from hotgigs.parser.parse_resume import understand


def certificates(document):
    return [
        (each.name, each.issuer, each.issue_date, each.expiry_date)
        for each in understand(document, date(2026, 11, 22)).certifications
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Dec'14: CAIIB | Institute of Banking", ("CAIIB", "Institute of Banking", "2014-12", None)),
        ("Stewardship / FutureLearn\t11/2020", ("Stewardship", "FutureLearn", "2020-11", None)),
        ("Notary Public; Law Society of Fife; 2022", ("Notary Public", "Law Society of Fife", "2022", None)),
        ("Buenas Prácticas (Red BPA), septiembre de 2021", ("Buenas Prácticas", "Red BPA", "2021-09", None)),
        ("Basic Life Support (BLS), 2024", ("Basic Life Support (BLS)", None, "2024", None)),
        ("Voltaire, niveau expert / Projet Voltaire\tavril 2022",
         ("Voltaire, niveau expert", "Projet Voltaire", "2022-04", None)),
        ("Certified Translator, Grade 1 (2017)", ("Certified Translator, Grade 1", None, "2017", None)),
        ("Staplerschein (Klasse A), ausgestellt von DEKRA am 12.03.2019",
         ("Staplerschein (Klasse A)", "DEKRA", "2019-03", None)),
        ("SST délivré par l'INRS, mai 2023", ("SST", "INRS", "2023-05", None)),
        ("Habilitation B1V, Apave, 2021 (valide jusqu'au 12/2024)",
         ("Habilitation B1V", "Apave", "2021", "2024-12")),
        ("Uprawnienia UDT, Urząd Dozoru, 2020, ważne do 2030",
         ("Uprawnienia UDT", "Urząd Dozoru", "2020", "2030")),
        ("Heta arbeten, Brandskyddet, 2021, giltigt till 2026",
         ("Heta arbeten", "Brandskyddet", "2021", "2026")),
        ("CPA, Board of Accountancy, License No. 065-012345, issued 2015, expires 09/2027",
         ("CPA", "Board of Accountancy", "2015", "2027-09")),
        ("Curso NR-10 Básico | SENAI | 40h | 2023", ("Curso NR-10 Básico", "SENAI", "2023", None)),
        ("Wine & Spirit Education Trust, Level 3 Award in Wines, 2018",
         ("Level 3 Award in Wines", "Wine & Spirit Education Trust", "2018", None)),
        ("Google: Data Analytics Certificate (2022)", ("Data Analytics Certificate", "Google", "2022", None)),
        ("Brevet de secouriste, Croix-Rouge canadienne. Expire en août 2027.",
         ("Brevet de secouriste", "Croix-Rouge canadienne", None, "2027-08")),
        ("Curso de Inglés B2. Escuela Norte. 2018",
         ("Curso de Inglés B2", "Escuela Norte", "2018", None)),
        ("CSM, Scrum Alliance (expired 2019)", ("CSM", "Scrum Alliance", None, "2019")),
        ("Microsoft Specialist: Excel, 05.2021, Microsoft",
         ("Microsoft Specialist: Excel", "Microsoft", "2021-05", None)),
        ("Führerschein Klasse B, C1E", ("Führerschein Klasse B, C1E", None, None, None)),
    ],
)  # fmt: skip
def test_a_certificate_on_one_line(printed, line, expected) -> None:
    assert certificates(printed(f"# Certifications\n{line}")) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        "May 2021\nScrumMaster\nScrum Alliance\nJune 2019\nPMP\nProject Management Institute",
        "ScrumMaster\tMay 2021\nScrum Alliance\nPMP\tJune 2019\nProject Management Institute",
        "ScrumMaster\nScrum Alliance, 05/2021\nPMP\nProject Management Institute, 06/2019",
        "ScrumMaster\nScrum Alliance\n05/2021\nPMP\nProject Management Institute\n06/2019",
        "• ScrumMaster, Scrum Alliance, 05/2021 • PMP, Project Management Institute, 06/2019",
        "ScrumMaster (Scrum Alliance, 05/2021), PMP (Project Management Institute, 06/2019)",
    ],
)
def test_name_issuer_and_date_may_stand_in_any_order(printed, lines) -> None:
    assert certificates(printed(f"# Certifications\n{lines}")) == [
        ("ScrumMaster", "Scrum Alliance", "2021-05", None),
        ("PMP", "Project Management Institute", "2019-06", None),
    ]


def test_a_list_of_names_on_one_line(printed) -> None:
    document = printed("# Certifications\nServSafe Manager, TIPS Certification, CPR/AED")
    assert [name for name, *_ in certificates(document)] == [
        "ServSafe Manager",
        "TIPS Certification",
        "CPR/AED",
    ]


def test_a_title_below_the_certificates_is_none(printed) -> None:
    document = printed("# Certifications\nPgMP, PMI, 03/2019\nSAFe Agilist, Scaled Agile, 07/2021\nBaker")
    assert [name for name, *_ in certificates(document)] == ["PgMP", "SAFe Agilist"]


def test_an_undated_licence_above_a_dated_one_is_another(printed) -> None:
    document = printed("# Licences\nHeavy Rigid driver licence\nForklift (LF), expires 2027")
    assert [name for name, *_ in certificates(document)] == ["Heavy Rigid driver licence", "Forklift (LF)"]


def test_a_rank_behind_a_dash_belongs_to_the_name(printed) -> None:
    text = (
        "# Certificates\nAWS Certified Developer – Associate\t2023 - 2026\nAmazon Web Services\n"
        "Kubernetes Application Developer\t2024 - 2027\nThe Linux Foundation"
    )
    assert [(name, issuer) for name, issuer, *_ in certificates(printed(text))] == [
        ("AWS Certified Developer – Associate", "Amazon Web Services"),
        ("Kubernetes Application Developer", "The Linux Foundation"),
    ]


def test_a_range_behind_a_label_of_the_end_has_the_begin_too(printed) -> None:
    text = "# Certifications\nName: First Aid\nIssuer: St Oswald\nValid until: 09/2024 - 09/2027"
    assert certificates(printed(text)) == [("First Aid", "St Oswald", "2024-09", "2027-09")]
