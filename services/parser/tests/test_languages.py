from datetime import date

import pytest

from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)


def languages(document):
    return [(each.name, each.proficiency) for each in understand(document, date(2026, 11, 22)).languages]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("English (native), German B2", [("English", "native"), ("German", "B2")]),
        ("Deutsch – Muttersprache\nEnglisch – verhandlungssicher (C1)",
         [("Deutsch", "Muttersprache"), ("Englisch", "verhandlungssicher (C1)")]),
        ("Français: langue maternelle · Anglais: C1 (TOEIC 945)",
         [("Français", "langue maternelle"), ("Anglais", "C1 (TOEIC 945)")]),
        ("Português\tnativo\nInglês\tavançado", [("Português", "nativo"), ("Inglês", "avançado")]),
        ("Español\nlengua materna\nInglés\nB2", [("Español", "lengua materna"), ("Inglés", "B2")]),
        ("English ●●●●○\nFrench ★★☆☆☆", [("English", "4/5"), ("French", "2/5")]),
        ("Fluent in Spanish and French", [("Spanish", "Fluent"), ("French", "Fluent")]),
        ("Native English, conversational Italian", [("English", "Native"), ("Italian", "conversational")]),
        ("Muttersprache: Deutsch; Fremdsprachen: Englisch (C1), Dari (A2)",
         [("Deutsch", "Muttersprache"), ("Englisch", "C1"), ("Dari", "A2")]),
        ("English, Hindi and Marathi", [("English", None), ("Hindi", None), ("Marathi", None)]),
        ("English – fluent\nKrahnisch – fluent", [("English", "fluent"), ("Krahnisch", "fluent")]),
        ("English\tC1\tC1\tB2\tB2", [("English", "C1")]),
        ("Swiss German (native)", [("Swiss German", "native")]),
        ("Arabic\tEnglish\nNative\tFluent", [("Arabic", "Native"), ("English", "Fluent")]),
        ("Lingua madre: Italiano", [("Italiano", "Lingua madre")]),
        ("I speak English and Hindi", [("English", None), ("Hindi", None)]),
        ("Brazilian Portuguese – native", [("Brazilian Portuguese", "native")]),
        ("Te reo Māori (native)", [("Te reo Māori", "native")]),
    ],
)  # fmt: skip
def test_languages_and_levels_in_the_words_of_the_resume(printed, lines, expected) -> None:
    assert languages(printed(f"# Languages\n{lines}\n# Education\nMBA, INSEAD, 2016")) == expected


def test_a_labelled_line_among_skills_or_personal_details_is_read(printed) -> None:
    document = printed("""
        # Skills
        Programming Languages: Python, Java
        Sprachen: Deutsch (C2), Englisch
        # Personal Details
        Nationality: Indian | Languages known: Tamil, Telugu
    """)
    assert languages(document) == [("Deutsch", "C2"), ("Englisch", None), ("Tamil", None), ("Telugu", None)]


def test_languages_that_are_not_spoken_are_none(printed) -> None:
    assert languages(printed("# Languages\nPython, Go, TypeScript\n# Education\nMBA, INSEAD, 2016")) == []


def test_a_language_among_other_skills_is_both(printed) -> None:
    resume = understand(
        printed("# Skills\nTriage, IV access, Stroke alerts, Spanish (native), Epic, De-escalation"), TODAY
    )
    assert "Spanish (native)" in [skill.name for skill in resume.skills]
    assert [(each.name, each.proficiency) for each in resume.languages] == [("Spanish", "native")]


def test_languages_alone_in_a_line_of_skills_are_none(printed) -> None:
    resume = understand(printed("# Skills\nTriage, IV access\nSpanish (native), English"), TODAY)
    assert [skill.name for skill in resume.skills] == ["Triage", "IV access"]
