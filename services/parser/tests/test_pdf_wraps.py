from hotgigs.parser.extraction.pdf_fragments import Fragment, Look
from hotgigs.parser.extraction.pdf_wraps import with_whole_headers

PLAIN: Look = (10.0, False, False, 0)
ITALIC: Look = (10.0, False, True, 0)
BOLD: Look = (10.0, True, False, 0)
PROSE = "Some words that fill the line up to the very edge."


def put_together(*texts: tuple[str, Look, Look]) -> list[str]:
    """Of lines of letters 5 points wide, in a column that the prose below is as wide as."""
    rows = [
        [
            Fragment(
                text, 40, 100 + 12 * number, 40 + 5 * len(text), 110 + 12 * number, 10, looks[0][1],
                looks[1][2], 0, 108 + 12 * number, looks=looks,
            )
        ]
        for number, (text, *pair) in enumerate([*texts, *[(PROSE, PLAIN, PLAIN)] * 3])
        for looks in [(pair[0], pair[1])]
    ]  # fmt: skip
    return [row[0].text for row in with_whole_headers(rows)][:-3]


def test_a_title_that_runs_over_the_edge_is_put_together() -> None:
    upper = ("School of Trades, Chur — Trustee with federal", BOLD, ITALIC)
    whole = "School of Trades, Chur — Trustee with federal examination"
    assert put_together(upper, ("examination", ITALIC, ITALIC), ("2019", PLAIN, PLAIN)) == [whole, "2019"]


def test_a_line_that_would_have_fitted_is_one_of_its_own() -> None:
    assert put_together(("Acme Ltd", BOLD, BOLD), ("Engineer", BOLD, BOLD)) == ["Acme Ltd", "Engineer"]


def test_another_look_prose_and_dates_stay_on_lines_of_their_own() -> None:
    long = "Acme Bridges and Tunnels of Upper Austria Limited"
    for texts in (
        [(long, BOLD, BOLD), ("Engineer", ITALIC, ITALIC)],
        [(long, ITALIC, ITALIC), (long, ITALIC, ITALIC), ("examination", ITALIC, ITALIC)],
        [(long, ITALIC, ITALIC), ("March 2019 – May 2021", ITALIC, ITALIC)],
        [(long, PLAIN, PLAIN), ("examination", PLAIN, PLAIN)],
    ):
        assert put_together(*texts) == [text for text, *_ in texts]
