from datetime import date

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
