import pytest

from hotgigs.parser.extraction.ocr.garbage import is_garbage
from hotgigs.parser.extraction.ocr.languages import language_of
from hotgigs.parser.extraction.ocr.mending import mend


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("¢ Led a team of five", "• Led a team of five"),
        ("e Built services", "• Built services"),
        ("•Led a team", "• Led a team"),
        ("：98220 41736", ": 98220 41736"),
        (":Ann Lee", ": Ann Lee"),
        ("with·eleven years", "with eleven years"),
        ("ann.lee @example.com", "ann.lee@example.com"),
        ("ann.lee©example.com", "ann.lee@example.com"),
        ("| was the lead", "I was the lead"),
        ("raised £2io million, from £i9m to £3ım", "raised £210 million, from £19m to £31m"),
        ("Trustee, 201I – 2o19, or 20zo", "Trustee, 2011 – 2019, or 2020"),
        ("up by i2%", "up by 12%"),
        ("CAlIB, lT and the APl", "CAIIB, IT and the API"),
        ("WorkSafe WA· Apr 2019", "WorkSafe WA · Apr 2019"),
        ("Lyon·+33 6 12 34 56 78", "Lyon · +33 6 12 34 56 78"),
        ("Electrician @Harbour Works", "Electrician @ Harbour Works"),
        ("Northwind B.V.- Utrecht", "Northwind B.V. - Utrecht"),
        ("✓Appraisal of loans", "• Appraisal of loans"),
        ("田 Lyon", "Lyon"),
        ("△ Lyon", "Lyon"),
        ("Lua eeeeo", "Lua"),
        ("Level Il Teaching License", "Level II Teaching License"),
        ("+33 6 12 34 56 78• ann@example.org", "+33 6 12 34 56 78 · ann@example.org"),
    ],
)
def test_what_recognition_confuses_is_mended(read: str, printed: str) -> None:
    assert mend(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "C++ and C#",
        "e and o are vowels",
        "R&D · Berlin",
        "+44 20 7946 0000",
        "a | b",
        "© 2020 Ann Lee",
        "All is well",
        "the 2010s",
        "$10s of",
        "5S and 3i",
        "Il a construit",
        "Ann (李安安)",
        "pre- and post-sales",
        "lo20",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "SQL, HTML, CSS, PHP, XML, JSON, AWS, GCP, TCP, HTTP, DNS, SSH, CI, Kubernetes, Kafka, Redis " * 2,
        "Опыт работы инженером в крупной компании, руководство командой из пяти человек " * 3,
        "Szczególnie doświadczona w zarządzaniu przedsięwzięciami i chrząszczami w Szczebrzeszynie " * 3,
    ],
)
def test_text_of_any_language_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:13)(cid:14)" * 20,
        "\ufffd\ufffd a" * 30,
        "([SHULHQFH DQG HGXFDWLRQ RI WKH FDQGLGDWH " * 4,
    ],
)
def test_glyph_codes_are_garbage(text: str) -> None:
    assert is_garbage(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Leitung der Abteilung für den Einkauf und die Logistik", "deu"),
        ("Responsable de la gestion des achats et du stock pour les magasins", "fra"),
        ("Encargada de los pedidos y del almacén para las tiendas", "spa"),
        ("Responsável pelas compras e pelo estoque da loja, com uma equipe na capital", "por"),
        ("Led the purchase of goods for the shops", "eng"),
        ("Python 3.11", "eng"),
    ],
)
def test_the_language_is_told_by_common_words(text: str, language: str) -> None:
    assert language_of(text) == language
