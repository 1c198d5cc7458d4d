"""What one term of a job asks for: a skill, one of several, or several together."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from hotgigs.skills.data import load
from hotgigs.skills.hierarchy import Worths, worths_for
from hotgigs.skills.keys import key_of
from hotgigs.skills.named import skills_in
from hotgigs.skills.vocabulary import known_term

_WORDS = load("asked")
_LONGEST = 200
"""Characters of a term that are read."""
_WITHIN = 0.5
"""What answers a skill that is named within a longer, unknown name is worth, for all of the name."""
_LEAST_WITHIN = 0.4
_MOST_WORDS = 5
"""Of one of several names that no vocabulary knows."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_YEARS = re.compile(
    r"^(?:at least |min\.? |minimum |mindestens |over |more than )?\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?\+?\s"
    r"(?:years?|yrs?|jahre?|ans|années|años|anos|anni|jaar)(?:['’]?\s(?:of|d['’]|de|di)?\s?)?",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"^(?:{_any_of(_WORDS['leads'])})\s+(?:(?:the|a|an)\s)?(?=\S)", re.IGNORECASE)
_END = re.compile(rf"(?:\s*[,(]\s*|\s+)(?:{_any_of(_WORDS['ends'])})[\s).]*$", re.IGNORECASE)
_OR = re.compile(rf",?\s(?:{_any_of(_WORDS['or'])})\s|\s[/|]\s", re.IGNORECASE)
_AND = re.compile(rf",?\s(?:{_any_of(_WORDS['and'])})\s|\s[&+]\s", re.IGNORECASE)
_COMMA = re.compile(r"\s?[,;]\s")
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]]*)[)\]]")
_SUCH_AS = _any_of(_WORDS["such_as"])
_EXAMPLES = re.compile(rf"^(?P<name>[^()]+?),?\s(?:{_SUCH_AS}),?:?\s(?P<examples>[^()]+)$", re.IGNORECASE)
_EXAMPLE = re.compile(rf"^(?:{_SUCH_AS}),?:?\s", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]]")
_NAME = re.compile(r"[A-Z0-9][\w+#.-]*[A-Z0-9+#][\w+#.-]*|[A-Z]{2,}[a-z]?")
"""As abbreviations and product names are written."""


class Asked(Struct, frozen=True):
    """``all_of``: every one of them is asked for, and is met by any of its names."""

    text: str
    all_of: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all names, without what else answers them."""
        return tuple(dict.fromkeys(key_of(name) for names in self.all_of for name in names))

    def worths(self) -> tuple[Worths, ...]:
        """For each that is asked for: what answers it, and how well. A name that the vocabulary does not know
        is answered in part by what it does know in that name: ``HPLC troubleshooting`` by HPLC."""
        return tuple(_best(map(_worths_of, names)) for names in self.all_of)


@lru_cache(maxsize=8192)
def asked_terms(text: str) -> Asked:
    """``CPA or CIA`` is met by either, ``APQP and PPAP`` by both, and what stands in brackets tells the name
    before it in other words or by example. A text is parted only where its parts are known, are written as
    names are, or where an *or* stands between them."""
    text = " ".join(text[:_LONGEST].split())
    bare = _EXAMPLES.sub(r"\g<name> (\g<examples>)", _bare(text))
    whole = _BRACKETS.sub(" ", bare).strip()
    if not key_of(bare):
        return Asked(text, ())
    if not key_of(whole):
        whole = " ".join(_BRACKET.sub(" ", bare).split())
    if known_term(bare) or known_term(whole):
        outside: tuple[tuple[str, ...], ...] = ((whole,),)
    else:
        outside = _parted(whole)
    inside = [part for piece in _BRACKETS.findall(bare) for part in _examples(piece)]
    if not inside or len(outside) > 1:
        return Asked(text, outside)
    return Asked(text, (_without_twins((*(outside[0] if outside else ()), *inside)),))


def _bare(text: str) -> str:
    """Without the words around the skill; all of a text that the vocabulary knows as it is."""
    for _ in range(4):
        if known_term(text):
            return text
        shorter = _END.sub("", _LEAD.sub("", _YEARS.sub("", text))).strip(" .,;:-–•*")
        if shorter == text or not key_of(shorter):
            return text
        text = shorter
    return text


def _parted(text: str) -> tuple[tuple[str, ...], ...]:
    either = _alternatives(text)
    if len(either) > 1:
        names = _completed([part for piece in either for part in _COMMA.split(piece)])
        if all(len(name.split()) <= _MOST_WORDS for name in names):
            return (_without_twins(names),)
        return ((text,),)
    listed = [part for piece in _COMMA.split(text) for part in _pieces(_AND, piece)]
    if len(listed) > 1:
        names = _completed(listed)
        if all(known_term(name) or _NAME.fullmatch(name) for name in names):
            return tuple((name,) for name in _without_twins(names))
    return ((text,),)


def _alternatives(text: str) -> list[str]:
    """Slashes without blanks part what is known alone: ``React/Vue``, but no ``win/loss interviews``."""
    either = _pieces(_OR, text)
    if len(either) == 1 and "/" in text and not known_term(text):
        names = _completed([piece.strip() for piece in text.split("/")])
        if all(len(name) > 1 and known_term(name) for name in names):
            return names
    return either


def _pieces(between: re.Pattern[str], text: str) -> list[str]:
    """What it parts; all of a text that is known."""
    if known_term(text):
        return [text]
    return [piece.strip() for piece in between.split(text) if piece.strip()]


def _completed(names: Sequence[str]) -> list[str]:
    """With the words that a name shares with another: physical and occupational therapy are two therapies,
    and accounts payable and receivable two kinds of accounts."""
    first, last = names[0].split(), names[-1].split()
    completed = []
    for name in names:
        if known_term(name):
            completed.append(name)
            continue
        ways = (
            *(" ".join([name, *last[-count:]]) for count in range(1, len(last)) if name is not names[-1]),
            *(" ".join([*first[:count], name]) for count in range(1, len(first)) if name is not names[0]),
        )
        completed.append(next(filter(known_term, ways), name))
    return completed


def _examples(piece: str) -> list[str]:
    """Names alone: neither a level nor a remark is another word for what stands before the brackets."""
    piece = _bare(_EXAMPLE.sub("", piece.strip()))
    each = [
        part
        for listed in _COMMA.split(piece)
        for side in _alternatives(listed)
        for part in _pieces(_AND, side)
    ]
    bare = [_bare(_EXAMPLE.sub("", part)) for part in each]
    return [part for part in bare if known_term(part) or (len(part) > 2 and _NAME.fullmatch(part))]


def _without_twins(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key_of(name), name)
    found.pop("", None)
    return tuple(found.values())


def _worths_of(name: str) -> Worths:
    if known_term(name) or " " not in name:
        return worths_for(name)
    within = _best(map(worths_for, skills_in(name, is_title=True)))
    parts = {key: round(worth * _WITHIN, 4) for key, worth in within.items() if worth >= _LEAST_WITHIN}
    return _best((worths_for(name), parts))


def _best(found: Iterable[Worths]) -> Worths:
    best: dict[str, float] = {}
    for worths in found:
        for key, worth in worths.items():
            best[key] = max(best.get(key, 0.0), worth)
    return dict(sorted(best.items(), key=lambda each: (-each[1], each[0])))
