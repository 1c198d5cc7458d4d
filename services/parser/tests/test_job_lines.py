"""Which lines of a section head its jobs, and which tell of them."""

from collections.abc import Callable
from datetime import date

import pytest

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.document import Document, Line
from hotgigs.parser.experience import read_experience
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.sections import Section

TODAY = date(2026, 11, 22)
Printed = Callable[[str], Document]


def read(document: Document) -> tuple[Experience, ...]:
    return understand(document, TODAY).experience


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Berufserfahrung", "Umsatzsteigerung um 18 % von 2019 bis 2021"),
        ("Expérience professionnelle", "Suivi juridique de 210 sociétés depuis 2020."),
        ("Esperienza lavorativa", "Riduzione dei tempi di attrezzaggio del 30% dal 2023."),
        ("Experience", "Handled the refunds of the spring of 2020, up to 90 cases a day."),
        ("Experience", "Booth interpreter at Medi-Fair Osaka, 2022 to 2025."),
        ("Experience", "Undergraduate programme director since 2022. Seminars on law and risk."),
    ],
)
def test_a_period_in_what_is_told_makes_no_job(printed: Printed, heading: str, told: str) -> None:
    document = printed(f"""
        # {heading}
        2018-09 – 2024-05\tTeacher
        Harbour School, Leeds
        {told}
        2015-02 – 2018-06\tAssistant Teacher
        Harbour School, Leeds
        {told}
    """)
    first, second = read(document)
    assert (first.title, second.title) == ("Teacher", "Assistant Teacher")
    assert first.description == second.description == told


def test_phrases_below_the_usual_header_tell_of_the_job(printed: Printed) -> None:
    document = printed("""
        # Werkervaring
        09.2021 – nu  Vrachtwagenchauffeur, Verpleeghuis Oosterzicht
        Klanten helpen en kassa
        08.2018 – 04.2020  Inkoper, Basisschool De Regenboog
        Verzuim teruggebracht van 9 naar 5 procent
        05.2014 – 02.2017  Administratief medewerker, Bouwbedrijf Van Dam
        Opstellen van rapportages
    """)
    assert [job.description for job in read(document)] == [
        "Klanten helpen en kassa",
        "Verzuim teruggebracht van 9 naar 5 procent",
        "Opstellen van rapportages",
    ]


def test_a_narrow_column_at_the_right_may_break_the_dates(printed: Printed) -> None:
    document = printed("""
        # Mon expérience
        ÉTUDE NOTARIALE DELCOURT\tDe janvier 2016 à août
        Secrétaire juridique\t2019
        » Constitution des dossiers de vente.
        CENTRE HOSPITALIER DE TOURCOING\tDe mars 2015 à décembre
        Hôtesse d'accueil\t2015
    """)
    assert [(job.title, job.company, job.start_date, job.end_date) for job in read(document)] == [
        ("Secrétaire juridique", "ÉTUDE NOTARIALE DELCOURT", "2016-01", "2019-08"),
        ("Hôtesse d'accueil", "CENTRE HOSPITALIER DE TOURCOING", "2015-03", "2015-12"),
    ]


def test_items_set_in_by_a_tab_are_items(printed: Printed) -> None:
    document = printed("""
        # Employment
        BUCKEYE COLD CHAIN INC.\t08/16 - present
        Shift Supervisor, Columbus, OH
        \t- Supervise 26 associates on second shift
        \t- Cut mis-ships with voice picking
    """)
    (job,) = read(document)
    assert (job.title, job.location) == ("Shift Supervisor", "Columbus, OH")
    assert len(job.achievements) == 2


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Mama Delphine's: Line Cook (2017 – 2018)", ("Line Cook", "Mama Delphine's", None)),
        ("Operaio / Poste Italiane / Torino (TO)\t2017 – 2018", ("Operaio", "Poste Italiane", "Torino (TO)")),
        ("2017 – 2018. Vendedora, Colégio Dom Bosco (Porto).", ("Vendedora", "Colégio Dom Bosco", "Porto")),
    ],
)
def test_colons_and_slashes_part_a_header(
    printed: Printed, header: str, expected: tuple[str | None, ...]
) -> None:
    (job,) = read(printed(f"# Experience\n{header}\n• Did what was to be done"))
    assert (job.title, job.company, job.location) == expected


def test_the_heads_of_a_table_are_no_header(printed: Printed) -> None:
    document = printed("""
        # Employment Record
        Duration\tName of Employer\tDesignation
        January 2020 – Continuing\tTurag Knit Ltd.\tAssistant Manager
        Gazipur
        March 2016 – December 2019\tPadma Textiles\tManagement Trainee
        Narayanganj
    """)
    assert [(job.title, job.company, job.location) for job in read(document)] == [
        ("Assistant Manager", "Turag Knit Ltd.", "Gazipur"),
        ("Management Trainee", "Padma Textiles", "Narayanganj"),
    ]


def test_a_town_may_follow_a_title_or_a_company_in_capitals(printed: Printed) -> None:
    document = printed("""
        # Parcours professionnel
        RÉSIDENCE LES TILLEULS\tdepuis Février 2020
        Infirmière coordinatrice Chambéry
        • Encadrement de 24 soignants
        CENTRE HOSPITALIER NORD\tSeptembre 2008 à Août 2014
        Infirmière en réanimation Albertville
        • Tutorat de 30 étudiants
        CABINET GRANIER Annecy
        Septembre 2004 à Août 2008\tInfirmière libérale
        • Tournées à domicile
    """)
    assert [(job.title, job.location) for job in read(document)] == [
        ("Infirmière coordinatrice", "Chambéry"),
        ("Infirmière en réanimation", "Albertville"),
        ("Infirmière libérale", "Annecy"),
    ]


def test_text_beside_dates_in_a_narrow_column_is_not_told_by_how_far_it_is_set_in() -> None:
    lines = [
        ("Apr. 2019 – jetzt\tInstandhaltungstechniker", 47, 700),
        ("Lechtal Getränke GmbH – Augsburg", 149, 400),
        ("Ausbildung von fünf Mechatronikern", 149, 400),
        ("Feb. 2011 – Juli 2014\tMechatroniker", 47, 700),
        ("Stadtwerke Illertal – Memmingen", 149, 400),
        ("Wartung von Pumpwerken", 149, 400),
    ]
    section = Section(
        "experience",
        "Berufspraxis",
        [
            Line(text=text, page=1, x0=x0, x1=x0 + 200, y0=12.0 * index, font_size=10, weight=weight)
            for index, (text, x0, weight) in enumerate(lines)
        ],
    )
    jobs, _ = read_experience([section], TODAY)
    assert [(job.title, job.company, job.location, job.description) for job in jobs] == [
        (
            "Instandhaltungstechniker",
            "Lechtal Getränke GmbH",
            "Augsburg",
            "Ausbildung von fünf Mechatronikern",
        ),
        ("Mechatroniker", "Stadtwerke Illertal", "Memmingen", "Wartung von Pumpwerken"),
    ]


def test_a_line_with_an_address_is_not_part_of_a_job(printed: Printed) -> None:
    document = printed("""
        # Work History
        Order Picker, Pomeroy Wholesale, Chillicothe, OH\t2004 - 2009
        590 Sumac Ct., Grove City, Ohio 43123 | (614) 555-0171 | graham@example.com
    """)
    (job,) = read(document)
    assert (job.title, job.company, job.location) == ("Order Picker", "Pomeroy Wholesale", "Chillicothe, OH")


def test_jobs_may_be_the_items_of_a_list(printed: Printed) -> None:
    document = printed("""
        # Experience
        1. Kitchen Hand, Brightwater Group, Nairobi (Sep 2019 until Sep 2022)
        - Managed a budget from 2020 to 2021.
        - Trained nine new starters.
        2. Bookkeeper, Northvane, Austin, TX (Dec 2015 until Nov 2018)
        - Opened three new stores.
    """)
    assert [(job.title, job.company, job.location, job.start_date) for job in read(document)] == [
        ("Kitchen Hand", "Brightwater Group", "Nairobi", "2019-09"),
        ("Bookkeeper", "Northvane", "Austin, TX", "2015-12"),
    ]
    assert read(document)[0].achievements == (
        "Managed a budget from 2020 to 2021.",
        "Trained nine new starters.",
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Gestoría Molina (Jefa de tienda)", ("Jefa de tienda", "Gestoría Molina", None)),
        ("Médico residente (Hospital de Elche)", ("Médico residente", "Hospital de Elche", None)),
        ("Cook, Foxglove Inn, 12 High Street, Leeds", ("Cook", "Foxglove Inn", "Leeds")),
        ("Verkäuferin, Möbel Kruse, Lindenstraße 4, Kassel", ("Verkäuferin", "Möbel Kruse", "Kassel")),
    ],
)
def test_brackets_and_addresses_in_a_header(
    printed: Printed, header: str, expected: tuple[str | None, ...]
) -> None:
    (job,) = read(printed(f"# Experience\n{header}\t2017 – 2018\n• Did what was to be done"))
    assert (job.title, job.company, job.location) == expected


def test_a_company_above_titles_with_dates_of_their_own_is_no_job(printed: Printed) -> None:
    document = printed("""
        # Berufserfahrung
        Pfrontener Maschinen AG, Garmisch\t2015 - 2025
        Teamleiter\t03/2022 - 07/2025
        • Wartung von Pumpen
        Werkstudent Marketing\t09/2015 - 02/2022
        • Betreuung von Messen
    """)
    assert [(job.title, job.company, job.location) for job in read(document)] == [
        ("Teamleiter", "Pfrontener Maschinen AG", "Garmisch"),
        ("Werkstudent Marketing", "Pfrontener Maschinen AG", "Garmisch"),
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Stage | Air Maritime | Lyon", ("Stage", "Air Maritime", "Lyon")),
        ("Vendeuse | Air Maritime | CDD | Lyon", ("Vendeuse", "Air Maritime", "Lyon")),
        ("Vendedora | Natura | Goiânia, GO", ("Vendedora", "Natura", "Goiânia, GO")),
        ("Kucharz | Nowak sp. z o.o. – Kielce", ("Kucharz", "Nowak sp. z o.o.", "Kielce")),
    ],
)  # fmt: skip
def test_a_kind_of_employment_is_the_title_where_no_other_is(
    printed: Printed, header: str, expected: tuple[str | None, ...]
) -> None:
    (job,) = read(printed(f"# Experience\n{header} | 2017 – 2018\n• Did what was to be done"))
    assert (job.title, job.company, job.location) == expected


def _on_page(rows: list[tuple[str, float, float]]) -> Section:
    """Rows are text, left and right edge in points."""
    lines = [
        Line(text=text, page=1, x0=x0, x1=x1, y0=13.0 * index, y1=13.0 * index + 11, font_size=10)
        for index, (text, x0, x1) in enumerate(rows)
    ]
    return Section("experience", "Esperienza", lines)


def test_a_header_below_a_full_line_of_an_item_is_not_its_end() -> None:
    section = _on_page([
        ("Barista", 50, 90),
        ("Conad, Como", 50, 110),
        ("2019 – 2021", 50, 110),
        ("• Gestione della cassa e accoglienza dei clienti, ordini e", 50, 340),
        ("fornitori", 58, 100),
        ("• Coordinamento di un gruppo di sei persone e dei turni", 50, 340),
        ("Capocantiere", 50, 120),
        ("Impresa Edile Conti, Verona", 50, 190),
        ("2017 – 2018", 50, 110),
        ("• Redazione di report", 50, 160),
    ])  # fmt: skip
    jobs, _ = read_experience([section], TODAY)
    assert [(job.title, job.company) for job in jobs] == [
        ("Barista", "Conad"),
        ("Capocantiere", "Impresa Edile Conti"),
    ]
    assert jobs[0].achievements[-1] == "Coordinamento di un gruppo di sei persone e dei turni"


def test_a_listed_header_may_run_over_two_lines() -> None:
    section = _on_page([
        ("1. Insegnante di sostegno, Liceo Galilei, Firenze (2021 – 2023)", 50, 340),
        ("- Riduzione dei tempi", 50, 150),
        ("2. Addetta alle pulizie, Studio Associato Neri, Milano", 50, 340),
        ("(04.2017 – 11.2019)", 50, 140),
        ("- Redazione di report", 50, 150),
    ])  # fmt: skip
    jobs, _ = read_experience([section], TODAY)
    assert [(job.title, job.company, job.location, job.start_date) for job in jobs] == [
        ("Insegnante di sostegno", "Liceo Galilei", "Firenze", "2021"),
        ("Addetta alle pulizie", "Studio Associato Neri", "Milano", "2017-04"),
    ]


def test_a_town_named_after_a_month_is_no_date(printed: Printed) -> None:
    document = printed("""
        # Experiência
        Operadora, Lojas Renner, Rio de Janeiro\t2021-10 até 2023-07
        • Gestão de encomendas
    """)
    (job,) = read(document)
    assert (job.location, job.start_date, job.end_date) == ("Rio de Janeiro", "2021-10", "2023-07")
