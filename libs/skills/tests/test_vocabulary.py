from collections import defaultdict

import pytest

from hotgigs.skills.vocabulary import (
    all_terms,
    known_skill,
    known_term,
    level_in_name,
    squeezed,
)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("JS", "JavaScript"),
        ("Javascript", "JavaScript"),
        ("ECMAScript", "JavaScript"),
        ("k8s", "Kubernetes"),
        ("MS Excel", "Microsoft Excel"),
        ("Microsoft Excel 2019", "Microsoft Excel"),
        ("Advanced Excel", "Microsoft Excel"),
        ("EXCEL AVANZADO", "Microsoft Excel"),
        ("Python 3.11", "Python"),
        ("Python (pandas)", "Python"),
        ("Java 17", "Java"),
        ("C++", "C++"),
        ("C", "C"),
        ("R", "R"),
        ("NodeJS", "Node.js"),
        ("CI / CD", "CI/CD"),
        ("Buchhaltung", "Accounting"),
        ("comptabilite", "Accounting"),
        ("Contabilidad", "Accounting"),
        ("Kommissionierung", "Order picking"),
        ("Gestion de projets", "Project management"),
        ("Gestão de projetos", "Project management"),
        ("Soins infirmiers", "Nursing"),
        ("Schweißen", "Welding"),
        ("GTAW", "TIG welding"),
        ("Search Engine Optimization (SEO)", "Search engine optimisation"),
        ("Communication skills", "Communication"),
        ("Microservice", "Microservices"),
        ("Notfallsanitäter", "Paramedicine"),
        ("aide-soignante", "Certified nursing assistant"),
        ("Rufbereitschaft", "On-call duty"),
        ("Kunststofftechnik", "Plastics processing"),
        ("Steuerberater", "Chartered accountant"),
        ("plaquiste", "Dry lining"),
        ("EPA 608", "Refrigerant handling"),
        ("SOX 404", "SOX compliance"),
        ("QTS", "Teaching licence"),
        ("Saldatura", "Welding"),
        ("Boekhouding", "Accounting"),
        ("Obsługa klienta", "Customer service"),
        ("Prise de sang", "Phlebotomy"),
    ],
)
def test_a_skill_is_known_by_all_its_names(printed, canonical) -> None:
    known = known_skill(printed)
    assert (known.canonical if known else None) == canonical


@pytest.mark.parametrize("name", ["", "C sharp edges", "Underwater basket weaving", "x" * 500, "2019"])
def test_what_the_vocabulary_does_not_have_is_unknown(name) -> None:
    assert known_skill(name) is None


def test_a_level_in_a_known_name_is_told() -> None:
    assert level_in_name("Advanced Excel") == ("advanced", "Advanced")
    assert level_in_name("SQL básico") == ("beginner", "básico")
    assert level_in_name("Excel") is None
    assert level_in_name("Advanced life support") is None


def test_a_certificate_in_a_skill_is_the_skill_as_a_term_alone() -> None:
    assert known_skill("CPR certified") is None
    known = known_term("CPR certified")
    assert known is not None
    assert known.canonical == "Cardiopulmonary resuscitation"
    assert known_term("Access management") is None


def test_names_in_further_files_leave_a_skill_its_category() -> None:
    known = known_skill("Spawanie")
    assert known is not None
    assert known.category == "Trades and manufacturing"
    assert {"Welding", "schweißen", "spawanie"} <= set(known.aliases)


def test_a_language_is_a_term_and_no_skill() -> None:
    assert known_skill("Deutsch") is None
    known = known_term("Deutsch")
    assert known is not None
    assert known.canonical == "German"


def test_every_alias_belongs_to_one_skill() -> None:
    owners = defaultdict(set)
    for term in all_terms():
        for name in term.aliases:
            owners[squeezed(name)].add(term.canonical)
    assert {name: terms for name, terms in owners.items() if len(terms) > 1} == {}


def test_a_term_is_known_by_each_of_its_names() -> None:
    for term in all_terms():
        assert {name: known_term(name) for name in term.aliases} == dict.fromkeys(term.aliases, term)
