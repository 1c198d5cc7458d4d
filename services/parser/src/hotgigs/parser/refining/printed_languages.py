"""Languages as a model reads them and the document prints them.

The key of a language is its name, in a section of languages; where there is none, a name that we know in a
section where languages are told beside other things. How well it is known must be printed between it and
the next one.
"""

from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from hotgigs.contracts.resume_data import Language
from hotgigs.parser.languages import MAX_LANGUAGES, is_language
from hotgigs.parser.refining.printed_entries import Placed, put_together, with_values
from hotgigs.parser.refining.printed_text import Found, PrintedText
from hotgigs.parser.separators import trimmed

_KINDS = frozenset({"languages"})
_ELSE = frozenset({"top", "skills", "personal", "contact", "other"})


def refine_languages(
    local: Sequence[Language], said: Sequence[Language], text: PrintedText
) -> tuple[Language, ...]:
    places = {n: Placed((key,), entry) for n, entry in enumerate(local) if (key := _key(entry, text))}
    named = sorted(
        (Placed((key,), entry) for entry in said if (key := _key(entry, text))), key=lambda one: one.begin
    )
    read = [
        Placed(one.keys, _language(one, later.begin if later else None, text))
        for one, later in zip_longest(named, named[1:])
    ]
    return put_together(local, places, read, lambda old, its: with_values(old, its, ("proficiency",)))[
        :MAX_LANGUAGES
    ]


def _key(language: Language, text: PrintedText) -> Found | None:
    own = any(line.kind in _KINDS for line in text.lines)
    if not own and not is_language(language.name):
        return None
    found = text.find(trimmed(language.name), kinds=_KINDS if own else _ELSE, max_lines=1)
    return next(iter(found), None)


def _language(placed: Placed[Language], end: int | None, text: PrintedText) -> Language:
    key = next(key for key in placed.keys if key)
    level = next(
        (
            found
            for found in text.find(trimmed(placed.entry.proficiency or ""))
            if found.begin >= key.end
            and (end is None or found.end <= end)
            and found.last_line - key.line <= 1
            and text.same_section(found.line, key.line)
        ),
        None,
    )
    return msgspec.structs.replace(
        placed.entry, name=text.printed(key), proficiency=text.printed(level) if level else None
    )
