"""RTF with its tokens changed."""

import re
from collections.abc import Sequence
from random import Random

from mutate_bytes import NUMBERS

_TOKEN = re.compile(rb"\\[A-Za-z]{1,32}-?\d*\x20?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+", re.DOTALL)
_PUT_IN = (
    b"{", b"}", b"\\par ", b"\\cell ", b"\\row ", b"\\intbl ", b"\\bin", b"\\u", b"\\uc", b"\\'",
    b"\\'e9", b"\\*", b"{\\*\\unknown ", b"{\\fonttbl", b"{\\stylesheet", b"{\\pict ", b"{\\header ",
    b"{\\footer ", b"{\\shptxt ", b"{\\field{\\fldinst ", b"{\\fldrslt ", b"{\\listtext ", b"{\\upr",
    b"{\\ud", b"\\f", b"\\fcharset128 ", b"\\ansicpg", b"\\ansicpg932 ", b"\\ansicpg65001 ", b"\\mac ",
    b"\\pca ", b"\\s", b"\\pard\\plain ", b"\\deleted ", b"\\v ", b"\x80\x81", b"\\tab ", b"\\line ",
    b"\\~", b"\\_", b"\\-", b"\\\n", b"\\",
)  # fmt: skip


def mutated_rtf(rng: Random, originals: Sequence[bytes]) -> tuple[str, bytes]:
    found = _TOKEN.findall(rng.choice(originals))
    at = rng.randrange(len(found))
    match rng.randrange(6):
        case 0:
            kind = "tokens removed"
            del found[at : at + rng.choice((1, 5, 100))]
        case 1:
            kind = "tokens repeated"
            stretch = found[at : at + rng.choice((1, 4, 30))]
            found[at:at] = stretch * rng.choice((1, 10, 500))
        case 2:
            kind = "tokens moved"
            stretch = found[at : at + 20]
            other = rng.randrange(len(found))
            found[other:other] = stretch
        case 3:
            kind = "numbers changed"
            for _ in range(rng.choice((1, 10, 100))):
                place = rng.randrange(len(found))
                found[place] = re.sub(rb"-?\d+", lambda _: rng.choice(NUMBERS), found[place])
        case 4:
            kind = "braces changed"
            braces = [index for index, token in enumerate(found) if token in (b"{", b"}")]
            for place in rng.sample(braces, min(len(braces), rng.choice((1, 5, 50)))):
                found[place] = rng.choice((b"", b"{", b"}", b"{{", b"}}"))
        case _:
            kind = "tokens put in"
            for _ in range(rng.choice((1, 5, 60))):
                token = rng.choice(_PUT_IN) + rng.choice((b"", b"", rng.choice(NUMBERS)))
                found.insert(rng.randrange(len(found) + 1), token * rng.choice((1, 1, 1, 2000)))
    return kind, b"".join(found)
