"""What is told of a job, and what is not."""

from datetime import date

from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)


def test_what_is_told_below_all_jobs_goes_to_the_company_it_names(printed) -> None:
    document = printed("""
        # Employment Record
        January 2020 – Continuing\tTurag Knit Ltd.\tAssistant Manager
        March 2016 – December 2019\tMeghna Denim\tSenior Executive
        Key Responsibilities, Turag Knit Ltd.:
        a)\tBalanced 32 sewing lines.
        Key Responsibilities, Meghna Denim:
        a)\tIntroduced kanban in cutting.
        b)\tStudied the making of jeans.
    """)
    first, second = understand(document, TODAY).experience
    assert first.description == "Balanced 32 sewing lines."
    assert second.achievements == ("Introduced kanban in cutting.", "Studied the making of jeans.")


def test_the_terms_of_a_job_are_not_told_of_it(printed) -> None:
    document = printed("""
        # Work Experience
        Chesapeake Benefits Administration, Woodlawn, MD
        Network Technician
        09/2020 - Present
        Salary: 94,199.00 USD Per Year
        Hours per week: 40
        Duties, Accomplishments and Related Skills:
        • Operated a wide area network.
        • Tested the contingency plan.
    """)
    (job,) = understand(document, TODAY).experience
    assert job.achievements == ("Operated a wide area network.", "Tested the contingency plan.")


def test_a_labelled_title_may_end_with_a_full_stop(printed) -> None:
    document = printed("""
        # Experiência Profissional
        03/2018 a atual – Têxtil Jangada S/A (Maracanaú)
        Cargo: Encarregado de manutenção elétrica.
        Principais atividades: Coordenação de nove eletricistas em três turnos.
        01/2011 a 02/2018 – Cimentos Pedra Ltda (Sobral)
        Cargo: Auxiliar de eletricista.
        Principais atividades: Manutenção preventiva e corretiva de fornos e moinhos.
    """)
    first, second = understand(document, TODAY).experience
    assert (first.title, second.title) == ("Encarregado de manutenção elétrica", "Auxiliar de eletricista")
    assert second.description == "Manutenção preventiva e corretiva de fornos e moinhos."


def test_a_paragraph_that_begins_with_the_header_of_its_job(printed) -> None:
    document = printed("""
        # Employment
        The Copper Heron, New Orleans, LA, from October 2021 to the present. Sous Chef. Led a brigade of 22.
        Hotel Norrsken, Gothenburg, Sweden, from March 2018 to August 2021. Line Cook. Ran the fish station.
    """)
    first, second = understand(document, TODAY).experience
    assert (first.title, first.company, first.start_date) == ("Sous Chef", "The Copper Heron", "2021-10")
    assert (second.title, second.description) == ("Line Cook", "Ran the fish station.")


def test_items_on_the_line_of_the_header(printed) -> None:
    document = printed("""
        # Employment
        RECORD OFFICE LTD, Plymouth
        Assistant Archivist (04/2017-08/2021): • Catalogued papers. • Answered letters.
        BRASS LANTERN BOOKSHOP, Falmouth
        Bookseller (2014-2015): • Ordered the shelves. • Ran the readings.
    """)
    first, second = understand(document, TODAY).experience
    assert (first.title, first.achievements) == (
        "Assistant Archivist",
        ("Catalogued papers.", "Answered letters."),
    )
    assert (second.title, second.start_date) == ("Bookseller", "2014")


def test_a_label_over_what_is_told_is_known_by_its_words(printed) -> None:
    document = printed("""
        # Work Experience
        Turag Knit Ltd., Assistant Manager, 2019 - 2021
        Brief summary of your main activities:
        • Balanced 32 sewing lines.
        • Introduced kanban in cutting.
    """)
    (job,) = understand(document, TODAY).experience
    assert job.achievements == ("Balanced 32 sewing lines.", "Introduced kanban in cutting.")
