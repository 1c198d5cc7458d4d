from datetime import date

from hotgigs.parser.parse_resume import understand


def skills(document):
    return [skill.name for skill in understand(document, date(2026, 11, 22)).skills]


def test_skills_come_without_the_names_of_their_groups(printed) -> None:
    document = printed("""
        # Skills
        Languages & frameworks: Java, Spring Boot
        Data & messaging:\tPostgreSQL; Apache Kafka
    """)
    assert skills(document) == ["Java", "Spring Boot", "PostgreSQL", "Apache Kafka"]


def test_commas_in_brackets_part_nothing(printed) -> None:
    assert skills(printed("# Skills\nPython (pandas, numpy), SQL")) == ["Python (pandas, numpy)", "SQL"]


def test_spoken_languages_are_no_skills_but_programming_languages_are(printed) -> None:
    document = printed("""
        # Kenntnisse
        Languages: Java, C
        Sprachen: Deutsch (Muttersprache), Englisch (C1)
    """)
    assert skills(document) == ["Java", "C"]


def test_a_level_is_a_proficiency_only_where_it_is_stated(printed) -> None:
    document = printed("# Skills\nExcel (advanced), Word\nTableau\t●●●●○")
    found = understand(document, date(2026, 11, 22)).skills
    assert [(skill.name, skill.proficiency) for skill in found] == [
        ("Excel", "advanced"),
        ("Word", None),
        ("Tableau", "advanced"),
    ]


def test_skills_that_jobs_mention_come_first(printed) -> None:
    document = printed("""
        # Experience
        Engineer | Acme GmbH | 2020 – Present
        • Moved billing to Kotlin and Kafka.
        • Wrote Kotlin every day.
        # Skills
        Java, Kafka, Kotlin, Git, SQL, Perl
    """)
    assert understand(document, date(2026, 11, 22)).top_skills == ("Kotlin", "Kafka", "Java", "Git", "SQL")
