"""Skills as a model reads them and the document prints them.

A skill must be printed in a section of skills; only where there is none, in one that we do not know. Skills
found here give way to those of the model that together are printed in all of their place, such as one
to the two that were read as one; else they stay, and what the model says of a part of them is refused.
"""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from msgspec import Struct

from hotgigs.contracts.resume_data import Skill
from hotgigs.parser.document import Line
from hotgigs.parser.proficiency import rate_skills
from hotgigs.parser.refining.printed_text import PrintedText
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import trimmed
from hotgigs.parser.skills import MAX_SKILLS, read_skills

_KINDS = frozenset({"skills"})
_ELSE = frozenset({"other", "top", "summary"})


class _Place(Struct, frozen=True):
    begin: int
    letters: frozenset[int]
    printed: str


def refine_skills(local: Sequence[Skill], said: Sequence[Skill], text: PrintedText) -> tuple[Skill, ...]:
    kinds = _KINDS if any(line.kind in _KINDS for line in text.lines) else _ELSE
    old, new = _places(local, kinds, text), _places(said, kinds, text)
    covered = {offset for place in new.values() for offset in place.letters}
    giving_way = {name for name, place in old.items() if place.letters <= covered}
    skills: dict[str, tuple[int, Skill]] = {}
    stays: set[int] = set()
    last = 0
    for skill in local:
        if skill.name not in giving_way:
            if skill.name in old:
                last = old[skill.name].begin
                stays |= old[skill.name].letters
            skills[skill.name.casefold()] = (last, skill)
    known = {skill.name.casefold(): skill for skill in local}
    for place in new.values():
        read = known.get(place.printed.casefold()) or _as_read(place.printed)
        if read and not place.letters & stays:
            skills.setdefault(read.name.casefold(), (place.begin, read))
    return tuple(skill for _, skill in sorted(skills.values(), key=itemgetter(0)))[:MAX_SKILLS]


def _places(skills: Sequence[Skill], kinds: frozenset[str], text: PrintedText) -> dict[str, _Place]:
    """Each skill's first place, by its name; no two at one place, so that "SQL" is not the first half of
    "SQL Server"."""
    places: dict[str, _Place] = {}
    claimed: set[int] = set()
    for skill in sorted(skills, key=lambda one: len(one.name), reverse=True):
        for found in text.find(trimmed(skill.name), kinds=kinds):
            letters = text.letters(found)
            if not letters & claimed:
                claimed |= letters
                places[skill.name] = _Place(found.begin, letters, text.printed(found))
                break
    return places


def _as_read(name: str) -> Skill | None:
    """With what our own vocabulary says of it; None for what we would not read as one skill."""
    read = read_skills([Section("skills", "", [Line(text=name)])])
    rated, _ = rate_skills(read, (), date.min)
    return rated[0] if len(rated) == 1 else None
