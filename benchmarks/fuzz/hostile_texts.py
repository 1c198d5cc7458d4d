"""Text against the patterns that understand it: does twice the text take much more than twice the time?

    PYTHONPATH=tests python benchmarks/fuzz/hostile_texts.py

Each beginning of what a pattern looks for is repeated in one line, in many lines, and in every section.
"""

import signal
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import chain
from random import Random

from hotgigs.parser.document import Document, Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_resume import MAX_LINE_CHARACTERS, understand
from hotgigs.parser.vocabulary import load

TODAY = date(2026, 1, 1)
SIZE = 40_000
"""Characters; what is linear takes at most twelve times as long for all that is read. Times are the
process's own."""
LIMIT_S = 30
SLOW_S = 0.5
HEADINGS = (
    "",
    "Experience",
    "Education",
    "Skills",
    "Certifications",
    "Summary",
    "Contact",
    "Languages",
    "References",
)
UNITS = (
    "a", "A ", "a, ", "1", "12 ", "1.", ".", "-", "- ", " - ", "@", "a@", "a@b.", "a.b-c+", "a@b.c ",
    "\t", "a\t", "  ", "a  b", "/", "//", "https://", "www.", "+", "+1 ", "(", "()", "(a", "[", "|",
    " | ", "•", "• a ", ":", "a: ", "Location: ", "2019", "2019 ", "2019-", "2019 - ", "01/",
    "01/2019 - ", "Jan ", "January 2019", "Jan 2019 - ", "since ", "seit 2019 ", "present", "to ",
    "Q1 2019", "summer ", "1st of ", "12. ", "'19 ", "de ", "of ", "Dr. ", "Mr ", "von ", "GmbH ",
    "Acme Inc. ", "University of ", "Bachelor of Science ", "B.Sc. ", "GPA 3.5/4 ", "Berlin, ",
    "Berlin, Germany ", "10115 Berlin ", "Engineer ", "Engineer at ", "Senior-", "a-a", "-a", "Python, ",
    "Python (", "SQL; ", "expires ", "issued ", "No. ", "license ", "+49 30 1234567 ", "030 / 123 ", "ä",
    "e\u0301", "\u00df", "É. ", "&", "& ", "A & B ", "\u2013", "\u2013 ", "\u00a0", "\u200b", "…", "“",
    "100% ", "C++ ", "#", "_", "__", "a_b", "=", "~", "→ ", "* ", ", ", "; ", "a;b", "A.", "A. B. ", "O'",
    "l’", "http", "linkedin.com/in/", "{", "<a>", "\\", "0", "0.", "1,", "1.1.", "1-1-",
)  # fmt: skip


def documents(size: int) -> Iterator[tuple[str, Document]]:
    for heading in HEADINGS:
        for unit in UNITS:
            for width in (70, 2000, min(MAX_LINE_CHARACTERS, SIZE // 4)):
                text = (unit * (width // len(unit) + 1))[:width]
                lines = [text] * (size // width)
                yield f"{heading or 'no heading'}: {unit!r} in lines of {width}", _document(heading, lines)
        for seed in range(4):
            yield f"{heading or 'no heading'}: words, {seed}", _document(heading, _words(seed, size))


def _document(heading: str, lines: list[str]) -> Document:
    printed = [Line(text=heading, font_size=14, weight=700)] if heading else []
    return Document(lines=(*printed, *(Line(text=text, font_size=10) for text in lines)))


def _words(seed: int, size: int) -> list[str]:
    """The vocabulary's own words, shuffled."""
    rng = Random(seed)
    words = [
        word
        for name in ("dates", "places", "roles", "organisations", "education", "names")
        for word in _of(load(name))
    ]
    lines: list[str] = []
    while size > 0:
        line = rng.choice((" ", ", ", "\t", " - ", "/")).join(
            rng.choices([*words, *UNITS], k=rng.choice((1, 3, 9, 200)))
        )
        lines.append(line)
        size -= len(line)
    return lines


def _of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for key, each in value.items() for word in [str(key), *_of(each)]]
    if isinstance(value, list):
        return list(chain.from_iterable(map(_of, value)))
    return [str(value)]


class _TooSlow(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooSlow


def duration_s(document: Document) -> float:
    before = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
    try:
        understand(document, TODAY)
    except (Unreadable, _TooSlow):
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - before


def main() -> int:
    signal.signal(signal.SIGPROF, _stop)
    tried, crashes, slowest = 0, 0, (0.0, "")
    worse_than_linear = []
    for (name, large), (_, small) in zip(documents(SIZE), documents(SIZE // 4), strict=True):
        tried += 1
        try:
            seconds = duration_s(large)
        except Exception as err:  # noqa: BLE001 - what is looked for
            crashes += 1
            print(f"  crash: {name}: {type(err).__name__}: {str(err)[:80]}", flush=True)
            continue
        slowest = max(slowest, (seconds, name))
        if seconds > SLOW_S:
            ratio = seconds / max(duration_s(small), 0.001)
            print(f"  {seconds:6.2f} s, {ratio:5.1f} times that of a quarter: {name}", flush=True)
            if ratio > 8:
                worse_than_linear.append(name)
    print(
        f"{tried} texts, {crashes} crashes, {len(worse_than_linear)} worse than linear;"
        f" slowest {slowest[0]:.1f} s: {slowest[1]}"
    )
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
