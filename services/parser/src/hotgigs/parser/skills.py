"""Skills as printed, one by one, with the level that is stated beside them or over their group."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.form_lines import without_heads_of_list
from hotgigs.parser.headings import kind_by_words
from hotgigs.parser.languages import names_language
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import comma_parts, parts, trimmed
from hotgigs.parser.skill_groups import (
    HEADS,
    MAX_LABEL_CHARS,
    MAX_LABEL_WORDS,
    is_label,
    leading_levels,
    rows_with_label_cell,
    tells,
    with_marked_labels,
)
from hotgigs.parser.skill_levels import (
    Stated,
    split_level,
    stated_by,
    stated_by_label,
    with_ratings_beside,
)
from hotgigs.parser.skill_rows import read_rows
from hotgigs.parser.vocabulary import any_of, load
from hotgigs.skills.vocabulary import folded, known_skill, level_in_name

MAX_SKILLS = 200
_MAX_CHARS = 60
_MAX_WORDS = 7

_WORDS = load("skills")
_MORE = re.compile(rf"[\s,(]{{0,4}}{any_of(_WORDS['words']['more'])}\s*\)?$", re.IGNORECASE)
_AND = any_of(_WORDS["words"]["and"])
_AND_BEFORE = re.compile(rf"(?:{_AND}|&)\s+(?=\S)", re.IGNORECASE)
_AND_BETWEEN = re.compile(rf"\s(?:{_AND}|&)\s", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:i\s(?:have|am)|have|having|with|strong|extensive|solid|proven|several years of|years of)\s){0,2}"
    rf"(?P<lead>{any_of(_WORDS['words']['leads'])})\s(?:the\s|d['’]|l['’]|les\s|el\s|la\s)?(?=\S)",
    re.IGNORECASE,
)
_WEAK_LEAD = re.compile(rf"(?P<lead>{any_of(_WORDS['words']['weak_leads'])})\s(?=\S)", re.IGNORECASE)
"""As a lead only where a known skill follows: ``Manejo de conflictos`` is one skill."""
_CERTIFICATE_LABELS = frozenset(map(folded, _WORDS["words"]["certificate_labels"]))
_SPOKEN_LABELS = frozenset(map(folded, _WORDS["words"]["spoken_labels"]))
_SPOKEN = re.compile(rf"\b{any_of(_WORDS['spoken']['languages'])}\b", re.IGNORECASE)
_OTHER_SKILLS = 2
"""At most, to each language of a list that is not one of languages."""
_RUN_IN_LABEL = re.compile(
    r"(?:^|(?<=\.\s))([^\W\d_]\w{2,20}(?:\s[\w&/-]{1,20}){0,2})\.\s(?=[^.\t]{1,400}[,;])"
)
"""A word or a few and a full stop, and then a list."""
_NEW_LABEL = re.compile(
    r"(?<=[\w)])\.\s+(?=[^\W\d_a-z][^.:,;]{1,40}:\s)|(?<=[^\W\d_]{5})\.\s+(?=[A-ZÀ-Þ][^\s.]{1,30}\s)"
)
"""The end of a sentence before a label or another sentence."""
_LICENCE = re.compile(any_of(_WORDS["words"]["driving_licences"]), re.IGNORECASE)
_LICENCE_CLASSES = re.compile(
    rf"(?:(?:{_AND}|&|\+)\s)?(?:AM|BF17|[A-EFGLMST][12]?E?|B96|CE|HR|HC)(?:\s?(?:/|\+|&|\s{_AND}\s)\s?[A-EFGLMST][12]?E?){{0,4}}"
)
_DASHES = re.compile(r"\s[-–—]\s")
_SLASHES = re.compile(r"\s/\s")
_NO_SKILL = re.compile(r"@|https?:|www\.|^\W*$|^[ABC][12]\+?$|(?:\d[\s().-]?){7}")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ANOTHER_SECTION = frozenset(("references", "publications", "awards", "volunteering", "interests"))
_TOOLS = frozenset(
    ("Programming languages", "Frameworks and libraries", "Databases", "Cloud and infrastructure",
     "Office and business software", "Design and media")
)  # fmt: skip


class PrintedSkill(Struct, frozen=True):
    """``stated`` is the level that the resume itself gives."""

    name: str
    stated: Stated | None = None


class _Item(Struct):
    name: str
    stated: Stated | None
    printed: str
    """With the level, where this is in brackets."""

    @property
    def is_language(self) -> bool:
        return names_language(self.printed)


def read_skills(sections: Iterable[Section]) -> tuple[PrintedSkill, ...]:
    """In printed order, without the names of their groups, each once."""
    items = [item for section in sections for item in _items(without_heads_of_list(section.lines))]
    levelled = sum(item.stated is not None for item in items)
    usual = levelled > 1 and 3 * levelled >= len(items)
    found: dict[str, PrintedSkill] = {}
    for item in items:
        name = item.name if usual else item.printed
        found.setdefault(name.casefold(), PrintedSkill(name, item.stated))
    return tuple(found.values())[:MAX_SKILLS]


def _items(lines: Sequence[Line]) -> Iterator[_Item]:
    lines = [line for line in lines if not is_only_dates(line.text.partition("\t")[0])]
    rows = read_rows(with_marked_labels(lines))
    label_cells = rows_with_label_cell(rows)
    led = leading_levels(rows)
    usual_weight = Counter(row.looks[0][0] for row in rows).most_common(1)[0][0] if rows else 0
    over: Stated | None = None
    spoken = False
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if row.looks[0][0] > usual_weight and kind_by_words(row.text) in _ANOTHER_SECTION:
            return
        if is_label(row, following, rows):
            over = stated_by_label(row.text)
            spoken = folded(row.text).strip(" :") in _SPOKEN_LABELS and (
                following is not None and _SPOKEN.search(following.text) is not None
            )
        elif not spoken and not _is_told_by_dates(row.text) and not _is_table_head(row.text):
            stated, text = over, row.text
            if index in led:
                word, _, text = text.partition(" ")
                stated = stated_by_label(word)
            yield from _row_items(text, stated, has_label_cell=index in label_cells)


def _is_told_by_dates(text: str) -> bool:
    """A post or a certificate that has strayed here is known by its dates."""
    periods = find_periods(_BRACKETS.sub("", text))
    return any(period.is_range or period.start.month for period in periods)


def _is_table_head(text: str) -> bool:
    cells = parts(text)
    return all(folded(cell) in HEADS for cell in cells)


def _row_items(text: str, over: Stated | None, *, has_label_cell: bool) -> Iterator[_Item]:
    for sentence in _NEW_LABEL.split(_RUN_IN_LABEL.sub(r"\1: ", text)):
        cells = parts(with_ratings_beside(sentence))
        if has_label_cell and len(cells) > 1:
            if _is_spoken(cells[0], cells[1]):
                continue
            if _LICENCE.match(cells[0]):
                yield from filter(None, [_item(f"{cells[0]}: {', '.join(cells[1:])}", None)])
                continue
            over, cells = stated_by_label(cells[0]) or over, cells[1:]
        found: list[_Item] = []
        for cell in cells:
            for label, chunk in _labelled(cell):
                if _is_spoken(label, chunk) or folded(label) in _CERTIFICATE_LABELS:
                    continue
                if _LICENCE.match(label):
                    found += filter(None, [_item(f"{label}: {chunk}", None)])
                    continue
                if label:
                    over = stated_by_label(label)
                for piece, level in _pieces(chunk, in_list=bool(label) or len(cells) > 1):
                    stated = stated_by(piece)
                    if stated and found:
                        found[-1].stated = found[-1].stated or stated
                    elif (item := _item(piece, level or over)) is not None:
                        found.append(item)
        yield from _without_languages(found)


def _without_languages(items: Sequence[_Item]) -> Iterator[_Item]:
    """A list of languages has a field of its own; one among other skills is one of them."""
    languages = sum(item.is_language for item in items)
    for item in items:
        if not item.is_language or _OTHER_SKILLS * languages < len(items):
            yield item


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """What stands after each label of the text, and that label; empty where it has none."""
    for piece in comma_parts(text, ";"):
        label, mark, rest = piece.partition(":")
        if not mark or rest[:1].isalnum() or rest[:2] == "//" or _opens_brackets(label):
            label, mark, rest = _dash_label(piece)
        rest = rest.strip()
        if not mark or not rest or len(label) > MAX_LABEL_CHARS:
            yield "", piece
        elif stated_by(rest):
            yield "", f"{label.strip()} ({rest})"
        elif tells(rest):
            yield "", label
        else:
            yield label.strip(), rest


def _dash_label(text: str) -> tuple[str, str, str]:
    """A label, a dash, and a list: the list's first comma comes after the only dash."""
    dashes = list(_DASHES.finditer(text))
    if len(dashes) != 1 or _opens_brackets(text[: dashes[0].start()]):
        return text, "", ""
    label, rest = text[: dashes[0].start()], text[dashes[0].end() :]
    lists = "," in rest and not stated_by(comma_parts(rest)[0])
    if "," in label or len(label.split()) > MAX_LABEL_WORDS or not (lists or tells(rest)):
        return text, "", ""
    return label, "-", rest


def _opens_brackets(text: str) -> bool:
    return text.count("(") > text.count(")")


def _is_spoken(label: str, rest: str) -> bool:
    return folded(label).strip(" :") in _SPOKEN_LABELS and _SPOKEN.search(rest) is not None


def _pieces(text: str, *, in_list: bool) -> Iterator[tuple[str, Stated | None]]:
    """The skills of a list, or of a sentence such as Proficient in Java, SQL and Git, with its level."""
    text = _MORE.sub("", text)
    lead = None if known_skill(text) and not level_in_name(text) else _LEAD.match(text)
    if (
        lead is None
        and (weak := _WEAK_LEAD.match(text))
        and known_skill(_AND_BETWEEN.split(comma_parts(text[weak.end() :])[0])[0])
    ):
        lead = weak
    if lead:
        yield from _led(text[lead.end() :], lead["lead"])
        return
    pieces = _with_licence_classes(comma_parts(text))
    if not pieces:
        return
    if len(pieces) == 1:
        pieces = _by_other_marks(text) or (pieces if in_list else _by_names(text) or pieces)
    for piece in pieces[:-1]:
        yield piece, None
    begun = _AND_BEFORE.match(pieces[-1]) if len(pieces) > 1 else None
    last = pieces[-1][begun.end() :] if begun else pieces[-1]
    two = _AND_BETWEEN.split(last)
    for each in two if len(two) == 2 and _are_tools(two) and not known_skill(last) else (last,):
        yield each, None


def _led(text: str, lead: str) -> Iterator[tuple[str, Stated | None]]:
    """The skills that follow ``Proficient in``, and those of another such lead among them."""
    last_word = re.escape(lead.rpartition(" ")[2])
    for piece in comma_parts(text.rstrip(". ")):
        begun = _AND_BEFORE.match(piece)
        for each in _AND_BETWEEN.split(piece[begun.end() :] if begun else piece):
            another = _LEAD.match(each)
            lead = another["lead"] if another else lead
            name = (
                each[another.end() :]
                if another
                else re.sub(rf"^{last_word}\s", "", each, flags=re.IGNORECASE)
            )
            yield name, stated_by_label(lead)


def _with_licence_classes(pieces: Sequence[str]) -> list[str]:
    """The classes of a driving licence together again: ``Führerschein B, BE, C1``."""
    found: list[str] = []
    for piece in pieces:
        if found and _LICENCE_CLASSES.fullmatch(piece) and _LICENCE.search(found[-1]):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return found


def _by_other_marks(text: str) -> list[str]:
    """What two or more dashes or slashes between words part."""
    for marks in (_DASHES, _SLASHES):
        pieces = marks.split(text)
        if len(pieces) > 2 and not any(map(stated_by, pieces)):
            return pieces
    return []


def _by_names(text: str) -> list[str]:
    """A line of nothing but names of known skills between blanks, as tags that stand side by side."""
    words = text.split()
    if len(words) < 3 or len(words) > 60 or known_skill(text):
        return []
    found, start = [], 0
    while start < len(words):
        lengths = range(min(3, len(words) - start), 0, -1)
        length = next((n for n in lengths if known_skill(" ".join(words[start : start + n]))), 0)
        if not length:
            return []
        found.append(" ".join(words[start : start + length]))
        start += length
    return found if len(found) > 2 else []


def _are_tools(names: Sequence[str]) -> bool:
    return all((known := known_skill(name)) is not None and known.category in _TOOLS for name in names)


def _item(text: str, over: Stated | None) -> _Item | None:
    name, stated = split_level(_BRACKETS.sub(_without_dates, text.removesuffix(".")))
    name = trimmed(name).strip()
    printed = trimmed(text).strip() if stated and stated.in_brackets else name
    if (
        not name
        or len(name) > _MAX_CHARS
        or len(name.split()) > _MAX_WORDS
        or not any(map(str.isalpha, name))
        or _NO_SKILL.search(name)
    ):
        return None
    return _Item(name, stated or over, printed)


def _without_dates(brackets: re.Match[str]) -> str:
    return "" if is_only_dates(brackets[0]) else brackets[0]
