from collections import defaultdict

import pytest

from hotgigs.parser.skill_vocabulary import known_skill, level_in_name
from hotgigs.parser.vocabulary import load


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
    ],
)
def test_a_skill_is_known_by_all_its_names(printed, canonical) -> None:
    known = known_skill(printed)
    assert known is not None
    assert known.canonical == canonical


@pytest.mark.parametrize("name", ["", "C sharp edges", "Underwater basket weaving", "x" * 500, "2019"])
def test_what_the_vocabulary_does_not_have_is_unknown(name) -> None:
    assert known_skill(name) is None


def test_a_level_in_a_known_name_is_told() -> None:
    assert level_in_name("Advanced Excel") == ("advanced", "Advanced")
    assert level_in_name("SQL básico") == ("beginner", "básico")
    assert level_in_name("Excel") is None
    assert level_in_name("Advanced life support") is None


def test_every_alias_belongs_to_one_skill() -> None:
    owners = defaultdict(set)
    for text in load("skill_names").values():
        for line in text.strip().splitlines():
            canonical, _, aliases = line.partition(":")
            for name in (canonical, *aliases.split(",")):
                if name.strip():
                    known = known_skill(name.strip())
                    owners[name.strip()].update({canonical, known.canonical if known else ""})
    assert {name: skills for name, skills in owners.items() if len(skills) > 1} == {}
