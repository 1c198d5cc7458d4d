"""How well a skill is known, as it is stated beside the skill or over a group of them."""

import re

from msgspec import Struct

from hotgigs.parser.vocabulary import any_of, load
from hotgigs.skills.vocabulary import LEVELS, folded

_WORDS = load("skills")
_LEVEL_OF: dict[str, str] = {folded(word): level for level, words in LEVELS.items() for word in words}
_WORD = any_of({word for words in LEVELS.values() for word in words})
_FILLED, _EMPTY = "●★■⬤◆•▮▰✦⚫█🟊✭⭐", "○◦☆□◯◇▯▱✧⚪░▒🞅✩"
_GLYPHS = rf"[{_FILLED}]{{1,10}}\s?[{_EMPTY}]{{0,10}}|[{_EMPTY}]{{2,10}}|\*{{2,5}}"
_OUT_OF = r"(?P<got>\d{1,2}(?:[.,]\d)?)\s?(?:/|out of|of|von|sur|de|su)\s?(?P<most>5|10|100)"
_PERCENT = r"(?P<percent>\d{1,3})\s?%"
_YEARS = (
    rf"(?P<below><\s?)?(?P<years>\d{{1,2}})(?:[.,]\d)?\s?\+?\s?{any_of(_WORDS['words']['years'])}\.?"
    r"(?:\s(?:of\s)?(?:experience|exp\.?|erfahrung|d['’]expérience|de experiencia|de experiência))?"
)
_USER = r"(?:\s(?:user|level|knowledge|skills?|niveau|anwender|kenntnisse|nivel|nível))?"
_STATED = rf"(?:{_GLYPHS}|{_OUT_OF}|{_PERCENT}|{_YEARS}|(?P<word>{_WORD}){_USER})"
_WHOLE = re.compile(rf"[\s(\[:–-]*{_STATED}[\s)\].]*", re.IGNORECASE)
_MARKED = re.compile(
    r"\s{0,4}(?:[(\[]([^()\[\]]{1,40})[)\]]|(?:\s[-–—]|:|\t|\s{2,}|\s?[._…]{2,})\s*([^\t:–—]{1,40}))\s*$"
)
_UNMARKED = re.compile(
    rf"(?P<glyphs>\s{{0,4}}(?:[{_FILLED}]{{1,10}}\s?[{_EMPTY}]{{0,10}}|[{_EMPTY}]{{2,10}}|\s\*{{2,5}})"
    rf"|\s(?:\d{{1,2}}\s?/\s?(?:5|10)|\d{{1,3}}\s?%|{_YEARS}))\s*$",
    re.IGNORECASE,
)
_RATING_CELL = re.compile(
    rf"\s{{0,4}}\t\s{{0,4}}({_GLYPHS}|\d{{1,3}}\s?%|\d{{1,2}}\s?/\s?(?:5|10))(?=\s*(?:\t|$))"
)
_SPACED_DOTS = re.compile(r"(?:[●•○◦★☆]\s){2,9}[●•○◦★☆]")
_DOTS = re.compile(r"[●•]{2,10}")
_COMMA = re.compile(r"\s?[,;/]\s")
_TRAILING = re.compile(
    r"\s(?:in|with|of|at|using|user|level|skills?|knowledge|kenntnisse|mit|en|de|des|du|avec|con|em|com|niveau|nivel|nível)$"
)
_LAST_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORDS = frozenset(
    folded(word).rpartition(" ")[2]
    for word in (
        *_LEVEL_OF, *_WORDS["words"]["years"], "user", "level", "knowledge", "skill", "skills", "niveau",
        "anwender", "kenntnisse", "nivel", "experience", "exp", "erfahrung", "d'experience", "experiencia",
    )
)  # fmt: skip
_MAX_CHARS = 60
_USUAL_MOST = 5
_BY_SHARE = ((0.9, "expert"), (0.7, "advanced"), (0.45, "intermediate"), (0.0, "beginner"))
BY_YEARS = ((6.0, "expert"), (3.0, "advanced"), (1.0, "intermediate"))
"""Years in use from which on a skill is known so well; shorter use says nothing."""


class Stated(Struct, frozen=True):
    """``level`` in our words and as ``printed``; ``in_brackets`` where it may be part of the name."""

    level: str
    printed: str
    in_brackets: bool = False


def with_ratings_beside(text: str) -> str:
    """Dots, percentages and points in a cell of their own go into the cell before, and dots close up.

    Dots of a kind that parts the skills of a list elsewhere become dots that do not.
    """
    text = _SPACED_DOTS.sub(lambda match: match[0].replace(" ", ""), text)
    text = _DOTS.sub(lambda match: "⬤" * len(match[0]), text)
    return _RATING_CELL.sub(r" \1", text)


def split_level(text: str) -> tuple[str, Stated | None]:
    """The text without the level that stands at its end, and that level."""
    if not _may_end_in_level(text):
        return text, None
    marked = _MARKED.search(text)
    if marked:
        printed = marked[1] or marked[2]
        stated = stated_by(printed)
        if stated:
            return text[: marked.start()], Stated(stated.level, stated.printed, marked[1] is not None)
    unmarked = _UNMARKED.search(text)
    if unmarked and unmarked.start():
        stated = stated_by(unmarked["glyphs"])
        if stated and not (unmarked["glyphs"].strip() in _FILLED and len(unmarked["glyphs"].strip()) == 1):
            return text[: unmarked.start()], stated
    return text, None


def _may_end_in_level(text: str) -> bool:
    """Quickly no for most texts."""
    last = text.rstrip(" .")[-1:]
    return not last.isalpha() or folded(_LAST_WORD.findall(text)[-1]) in _LAST_WORDS


def stated_by(text: str) -> Stated | None:
    """The level that all of the text states; of several statements (a word and years) the first."""
    if len(text) > _MAX_CHARS or not _may_end_in_level(text):
        return None
    levels = [_level(piece) for piece in _COMMA.split(text.strip())]
    if not levels or None in levels:
        return None
    return Stated(str(levels[0]), text.strip(" \t()[]:.–-"))


def stated_by_label(label: str) -> Stated | None:
    """The level that a group's name is, such as Proficient in."""
    phrase = folded(label).strip(" :.–-")
    for _ in range(3):
        if phrase in _LEVEL_OF:
            return Stated(_LEVEL_OF[phrase], label.strip(" :–-"))
        phrase = _TRAILING.sub("", phrase)
    return None


def level_after(years: float) -> str | None:
    return next((level for least, level in BY_YEARS if years >= least), None)


def _level(text: str) -> str | None:
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    if match["word"]:
        return _LEVEL_OF.get(folded(match["word"]))
    if match["years"]:
        years = float(match["years"]) - bool(match["below"])
        return level_after(years) or "beginner"
    if match["percent"]:
        return _of_share(int(match["percent"]) / 100)
    if match["got"]:
        return _of_share(float(match["got"].replace(",", ".")) / int(match["most"]))
    filled = sum(char in _FILLED or char == "*" for char in text)
    empty = sum(char in _EMPTY for char in text)
    most = filled + empty if empty else _USUAL_MOST if filled <= _USUAL_MOST else 2 * _USUAL_MOST
    return _of_share(filled / most)


def _of_share(share: float) -> str:
    return next(level for least, level in _BY_SHARE if share >= least)
