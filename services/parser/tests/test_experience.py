from datetime import date

import pytest

from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)


def jobs(document):
    return [
        (job.title, job.company, job.location, job.start_date, job.end_date)
        for job in understand(document, TODAY).experience
    ]


def test_title_and_dates_first_then_company_and_place(printed) -> None:
    document = printed("""
        # Experience
        Staff Accountant\tSep 2018 – Jan 2022
        Maplecrest Senior Living, Dublin, OH
        • Reconciled 65 accounts every month.
        Tax Preparer\tJan 2016 – Apr 2016
        H&R Block, Columbus, OH
        • Prepared 180 returns.
    """)
    assert jobs(document) == [
        ("Staff Accountant", "Maplecrest Senior Living", "Dublin, OH", "2018-09", "2022-01"),
        ("Tax Preparer", "H&R Block", "Columbus, OH", "2016-01", "2016-04"),
    ]


def test_company_first_then_title(printed) -> None:
    document = printed("""
        # Employment History
        Crescent Freight Lines, Inc., Grove City, OH\t06/2016 - 08/2018
        Accounts Payable Clerk
        • Processed 900 invoices a week.
        Maplecrest Senior Living, Dublin, OH\t09/2018 - 01/2022
        Staff Accountant
        • Reconciled accounts.
    """)
    assert jobs(document)[0] == (
        "Accounts Payable Clerk",
        "Crescent Freight Lines, Inc.",
        "Grove City, OH",
        "2016-06",
        "2018-08",
    )


def test_titles_below_one_company_are_jobs_of_their_own(printed) -> None:
    document = printed("""
        # Experience
        Banner Health, Phoenix, AZ
        Charge Nurse, 2019 – Present
        • Supervise 14 nurses per shift.
        Staff Nurse, 2016 – 2019
        • Provided triage for 60 patients daily.
    """)
    assert [(title, company) for title, company, *_ in jobs(document)] == [
        ("Charge Nurse", "Banner Health"),
        ("Staff Nurse", "Banner Health"),
    ]


def test_everything_on_one_line(printed) -> None:
    document = printed("""
        # Berufserfahrung
        Projektleiterin | Siemens AG | München | 04/2019 – heute
        - Leitung von fünf Kampagnen
        Beraterin | Roland Berger GmbH | Berlin | 10/2015 – 03/2019
        - Beratung im Handel
    """)
    assert jobs(document) == [
        ("Projektleiterin", "Siemens AG", "München", "2019-04", None),
        ("Beraterin", "Roland Berger GmbH", "Berlin", "2015-10", "2019-03"),
    ]


def test_dates_in_a_gutter_on_the_left(printed) -> None:
    document = printed("""
        # Expérience professionnelle
        2019 – 2022\tChef de projet
        Agence Publicis, Lyon
        • Pilotage de quinze événements par an
    """)
    assert jobs(document) == [("Chef de projet", "Agence Publicis", "Lyon", "2019", "2022")]


def test_labelled_fields(printed) -> None:
    document = printed("""
        # Work Experience
        Organisation\t:\tVasudha Payments
        Designation\t:\tEngineer
        Duration\t:\tJuly 2021 to Present
        • Own the settlement engine.
    """)
    assert jobs(document) == [("Engineer", "Vasudha Payments", None, "2021-07", None)]


def test_projects_and_volunteering_are_no_jobs(printed) -> None:
    document = printed("""
        # Experience
        Nurse | Leeds Hospital | Leeds | 2019 – Present
        # Volunteering
        Relief nurse, Typhoon Haiyan response (Nov 2013 – Jan 2014)
        # Projects
        Ward planner, 2020 – 2021
    """)
    assert len(jobs(document)) == 1


def test_overlapping_jobs_count_once(printed) -> None:
    document = printed("""
        # Experience
        Owner | Reid Electrical | 01/2020 – 12/2021
        • Ran a firm of one.
        Technician | Pilbara Mining | 01/2021 – 12/2022
        • Maintained conveyors.
    """)
    assert understand(document, TODAY).total_experience_years == 3.0


def test_a_current_job_counts_until_today(printed) -> None:
    document = printed("# Experience\nEngineer | Acme GmbH | since 12/2025")
    assert understand(document, TODAY).total_experience_years == 1.0


def test_lengths_of_time_under_a_company_are_not_read(printed) -> None:
    document = printed("""
        # Experience
        Tanaka Consultancy
        4 years 3 months
        Technical Lead
        Jan 2022 - Present (2 years)
        Pune, Maharashtra, India
        Leading a squad of nine people who build the claims portal.
        Senior Developer
        Oct 2019 - Dec 2021 (2 years 3 months)
        Pune, Maharashtra, India
        Brightwater
        Project Engineer
        July 2016 - September 2019 (3 years 3 months)
        Bengaluru, India
    """)
    assert jobs(document) == [
        ("Technical Lead", "Tanaka Consultancy", "Pune, Maharashtra, India", "2022-01", None),
        ("Senior Developer", "Tanaka Consultancy", "Pune, Maharashtra, India", "2019-10", "2021-12"),
        ("Project Engineer", "Brightwater", "Bengaluru, India", "2016-07", "2019-09"),
    ]


def test_the_whole_time_at_a_company_is_no_job_beside_its_titles(printed) -> None:
    document = printed("""
        # Professional Experience
        ACME CORPORATION, Denver, Colorado 2012 - Present
        Regional Sales Manager (2016 - Present)
        • Grew the region to $12M
        Sales Representative (2012 - 2016)
        • Opened 40 accounts
        BOULDER SPORTS INC, Boulder, Colorado 2008 - 2012
        Store Manager
        • Ran a store of 20
    """)
    assert jobs(document) == [
        ("Regional Sales Manager", "ACME CORPORATION", "Denver, Colorado", "2016", None),
        ("Sales Representative", "ACME CORPORATION", "Denver, Colorado", "2012", "2016"),
        ("Store Manager", "BOULDER SPORTS INC", "Boulder, Colorado", "2008", "2012"),
    ]


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "Berufserfahrung",
            "Teamleiterin Buchhaltung bei Müller & Söhne, Kassel (03/2019 – heute)",
            ("Teamleiterin Buchhaltung", "Müller & Söhne", "Kassel", "2019-03", None),
        ),
        (
            "Expérience professionnelle",
            "Depuis mars 2021 : Infirmière de bloc opératoire chez Clinique du Parc, Lyon",
            ("Infirmière de bloc opératoire", "Clinique du Parc", "Lyon", "2021-03", None),
        ),
        (
            "Experiencia laboral",
            "Enfermera en Hospital Clínico San Carlos (Madrid), enero 2018 - diciembre 2020",
            ("Enfermera", "Hospital Clínico San Carlos", "Madrid", "2018-01", "2020-12"),
        ),
        (
            "Experience",
            "Software Engineer, Lumenware, Mountain View, CA, June 2018 - May 2020",
            ("Software Engineer", "Lumenware", "Mountain View, CA", "2018-06", "2020-05"),
        ),
        (
            "Experience",
            "Q3 2019 - Q1 2021, Data Scientist, Kaufwerk SE (Berlin)",
            ("Data Scientist", "Kaufwerk SE", "Berlin", "2019-07", "2021-03"),
        ),
        (
            "Experiencia",
            "2019-2023 Jefe de Proyecto. Sistemas Andinos, Madrid.",
            ("Jefe de Proyecto", "Sistemas Andinos", "Madrid", "2019", "2023"),
        ),
        (
            "Experience",
            "Sergeant, US Army, Fort Bragg, NC | 2008 - 2014",
            ("Sergeant", "US Army", "Fort Bragg, NC", "2008", "2014"),
        ),
        (
            "Experience",
            "Truck Driver | Self-employed | 2014 - 2016",
            ("Truck Driver", "Self-employed", None, "2014", "2016"),
        ),
        (
            "Experience",
            "Au pair, Host family in Vienna, 2016 - 2017",
            ("Au pair", "Host family", "Vienna", "2016", "2017"),
        ),
        (
            "Experience",
            "Executive Vice President, Manufacturing | Carton Holdings, Inc. | Chicago, IL | 2013 - 2016",
            (
                "Executive Vice President, Manufacturing",
                "Carton Holdings, Inc.",
                "Chicago, IL",
                "2013",
                "2016",
            ),
        ),
    ],
)
def test_a_header_on_one_line(printed, heading: str, text: str, expected: tuple[str | None, ...]) -> None:
    assert jobs(printed(f"# {heading}\n{text}\n• Did what was to be done")) == [expected]


def test_clients_stand_for_companies_and_labels_tell(printed) -> None:
    document = printed("""
        # Employment
        Client: Granite Bank, Charlotte, NC
        Role: Java Developer
        Duration: Jan 2020 to Mar 2022
        Responsibilities:
        • Developed REST services
        Environment: Java, Spring
        Client: Harbor Telecom, Irving, TX
        Role: Team Lead
        Duration: Apr 2022 to till date
        Responsibilities:
        • Migrated to the cloud
    """)
    assert jobs(document) == [
        ("Java Developer", "Granite Bank", "Charlotte, NC", "2020-01", "2022-03"),
        ("Team Lead", "Harbor Telecom", "Irving, TX", "2022-04", None),
    ]
    told = understand(document, TODAY).experience[0].achievements
    assert told == ("Developed REST services", "Environment: Java, Spring")


def test_what_a_company_does_is_neither_title_nor_company(printed) -> None:
    document = printed("""
        # Career History
        January 2021 to present
        Finance Manager, Dyffryn Dairy Products Ltd (Cardiff)
        Family-owned cheese maker, £46m turnover, 210 staff
        • Led a team of five
        • Shortened month end
        April 2018 to December 2020
        Management Accountant, Brecon Bakeries Group plc (Merthyr Tydfil)
        • Produced weekly margins
    """)
    assert jobs(document)[0] == ("Finance Manager", "Dyffryn Dairy Products Ltd", "Cardiff", "2021-01", None)


def test_jobs_without_dates_are_read_where_a_title_heads_them(printed) -> None:
    document = printed("""
        # Experience
        Barista, Corner Coffee House, Leeds
        • Made coffee and kept the till.
        Cleaner, Leeds City Council, Leeds
        • Cleaned offices at night.
    """)
    assert jobs(document) == [
        ("Barista", "Corner Coffee House", "Leeds", None, None),
        ("Cleaner", "Leeds City Council", "Leeds", None, None),
    ]
    assert understand(document, TODAY).total_experience_years == 0.0


def test_a_narrow_gutter_may_break_the_dates(printed) -> None:
    document = printed("""
        # Experience
        October 2017 –\tMethods Chemist
        March 2021\tMannheim Labs GmbH, Mannheim
        • Developed chromatographic methods
        January 2014 –\tLaboratory Assistant
        September 2017\tUniversity of Mainz, Mainz
        • Kept two mass spectrometers running
    """)
    assert jobs(document) == [
        ("Methods Chemist", "Mannheim Labs GmbH", "Mannheim", "2017-10", "2021-03"),
        ("Laboratory Assistant", "University of Mainz", "Mainz", "2014-01", "2017-09"),
    ]


def test_paragraphs_without_marks_tell_of_the_job_above(printed) -> None:
    document = printed("""
        # Work History
        Waiter
        Pizzeria Napoli, Leeds
        2019 - 2021
        Served guests in a busy dining room and trained new starters
        Kitchen Porter
        The Red Lion, Leeds
        2017 - 2019
        Kept the kitchen clean and helped with food preparation
    """)
    assert jobs(document) == [
        ("Waiter", "Pizzeria Napoli", "Leeds", "2019", "2021"),
        ("Kitchen Porter", "The Red Lion", "Leeds", "2017", "2019"),
    ]


def test_a_title_shared_with_a_trade_is_no_reason_to_refuse_a_name(printed) -> None:
    document = printed(
        "Lena Zimmermann\nlena@example.org\n# Experience\nNurse | Leeds Hospital | 2019 – 2020"
    )
    assert understand(document, TODAY).full_name == "Lena Zimmermann"


def test_the_ends_of_a_period_may_be_labelled_apart(printed) -> None:
    document = printed("""
        # Work Experience
        Company: Zenith Builders
        Position: Site Engineer
        Location: Lagos
        From: March 2018
        To: July 2021
        • Supervised works
    """)
    assert jobs(document) == [("Site Engineer", "Zenith Builders", "Lagos", "2018-03", "2021-07")]


def test_brackets_belong_to_titles_but_kinds_of_employment_to_no_company(printed) -> None:
    document = printed("""
        # Experience
        Class Teacher (Year 4) @ Greenfield School (Full-time) · Dublin, Ireland · Mar 2020 - May 2021
        • Planned lessons
    """)
    assert jobs(document) == [
        ("Class Teacher (Year 4)", "Greenfield School", "Dublin, Ireland", "2020-03", "2021-05")
    ]


@pytest.mark.parametrize(
    ("dates", "expected", "years"),
    [
        ("Jun 2014 – Aug 2014, Jun 2016 – Aug 2016", ("2014-06", "2016-08"), 0.5),
        ("Summers 2014 and 2015", ("2014-06", "2015"), 1.2),
        ("2012–2014 / 2018 – 2019", ("2012", "2019"), 5.0),
    ],
)
def test_a_job_done_in_several_seasons_lasts_from_the_first_to_the_last(
    printed, dates: str, expected: tuple[str, str], years: float
) -> None:
    document = printed(f"# Experience\nLifeguard | Leeds City Council | {dates}\n• Watched the pool")
    assert jobs(document) == [("Lifeguard", "Leeds City Council", None, *expected)]
    assert understand(document, TODAY).total_experience_years == years
