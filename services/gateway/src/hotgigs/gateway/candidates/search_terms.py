"""What a candidate is found by, and what is looked for, in the terms of one full-text index; pure.

An entry's search vector has the stems of its words, and lexemes for what has to be there exactly: its
database, tags, skills, words of the location, source, and every three letters in a row of what ``search``
looks through. No word has a colon, so that the two are never taken for one another.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.gateway.candidates.skill_terms import names_in, names_told_in, one_name, other_name
from hotgigs.redaction.folding import bounded, caseless, unaccented, words

_LONGEST_TERM = 100
_LONGEST_KEY = 300
_LONGEST_KEY_BYTES = 2_000
_LONGEST_TEXT = 100_000
_LONGEST_QUERY = 500
"""In characters. PostgreSQL takes neither a lexeme over 2 kB nor a vector over 1 MB."""
_MOST_WORDS = 20
_MOST_SPELLED = 3
"""Words of a query that are looked for under two names: each doubles the query."""
_SHORTEST_INDEXED = 3
_MOST_TRIGRAMS = 4
"""Of one word that is searched for."""

_SPELLINGS = tuple(
    (re.compile(spelling), word)
    for spelling, word in (
        (r"(?<![^\W_])([a-z])\+\+", r" \1plusplus "),
        (r"(?<![^\W_])([a-z])#", r" \1sharp "),
        (r"(?<![^\W_])([a-z])\*(?!\w)", r" \1star "),
        (r"(?<![^\W_])asp\.net(?!\w)", " aspnet dotnet "),
        (r"(?<!\w)\.net(?!\w)", " dotnet "),
        (r"(?<=\w)\.(js|io|ai)(?!\w)", r"\1"),
        (r"(?<!\w)r&d(?!\w)", " rnd "),
    )
)
"""What has no letters of its own that would tell it from others."""
_ASKED = re.compile(r'(-*)(?:"([^"]*)"?|([^\s"]+))')
_SPECIAL = re.compile(r"[%_\\]")
_BETWEEN = re.compile(r"[^\w+#*]|_")
"""What two spellings of one skill may differ in."""
_HYPHENATED = re.compile(r"(?<![\w-])([^\W\d_]{2,20})-([^\W\d_]{2,20})(?![\w-])")
_DOT_JS = re.compile(r"(?<![\w.])([a-z]{2,20})\.js(?!\w)")


class Searchable(Struct, frozen=True, kw_only=True):
    """A profile, whoever looks for it: lexemes, and words by how much they weigh."""

    lexemes: frozenset[str]
    a: str
    b: str
    d: str


class Document(Struct, frozen=True, kw_only=True):
    """What becomes an entry's search vector: ``lexemes`` as they are, and words by how much they weigh."""

    lexemes: tuple[str, ...]
    a: str
    b: str
    d: str


def name_key(profile: CandidateProfile) -> str:
    """What names are sorted by, and compared."""
    return unaccented(profile.full_name or "")[:_LONGEST_KEY]


def find_key(profile: CandidateProfile) -> str:
    """The name and the mail address, which ``search`` looks through; short enough for a B-tree's page."""
    key = unaccented(f"{(profile.full_name or '')[:_LONGEST_KEY]} {(profile.email or '')[:_LONGEST_KEY]}")
    return key.encode()[:_LONGEST_KEY_BYTES].decode(errors="ignore")


def searchable(profile: CandidateProfile) -> Searchable:
    skills = {name for skill in profile.skills for name in (skill.name, skill.canonical) if name}
    a = " ".join(filter(None, (profile.full_name, profile.title, *sorted(skills), *profile.top_skills)))
    b = " ".join(filter(None, (profile.current_company, *_titles(profile))))
    d = " ".join(filter(None, (profile.location, profile.email, *_texts(profile))))
    texts = bounded(a, 20_000), bounded(b, 20_000), bounded(d, _LONGEST_TEXT)
    others = " ".join([*_other_spellings(*texts), *sorted(names_told_in(texts))])
    lexemes = {
        *map(_of_skill, (name for skill in skills for name in names_in(skill))),
        *map(_of_location, words(profile.location or "")),
        *(f"g:{part}" for word in find_key(profile).split() for part in _trigrams(word)),
    }
    return Searchable(
        lexemes=frozenset(lexemes),
        a=_searchable(a, 20_000),
        b=_searchable(b, 20_000),
        d=_searchable(f"{others[:10_000]} {d}"),
    )


def document(profile: Searchable, *, database_id: UUID, tags: Collection[str], source: str) -> Document:
    """Of a profile as the viewer may see it. ``source`` is a word of the lists."""
    exact = {_of_database(database_id), _of_source(source), *map(_of_tag, tags)}
    return Document(lexemes=tuple(sorted(profile.lexemes | exact)), a=profile.a, b=profile.b, d=profile.d)


def exact_query(
    *,
    database_id: UUID | None = None,
    tags: Sequence[str] = (),
    skills: Sequence[str] = (),
    location: str | None = None,
    source: str | None = None,
    search: str | None = None,
) -> str | None:
    """The text of a ``tsquery`` (not of ``to_tsquery``) for entries that have all of it; None where nothing
    is asked for.

    What is shorter than three letters in ``search`` is not in the index: `like_patterns` decides.
    """
    terms = [
        *([] if database_id is None else [_of_database(database_id)]),
        *([] if source is None else [_of_source(source)]),
        *map(_of_tag, filter(caseless, tags)),
        *map(_of_skill, map(one_name, filter(unaccented, skills))),
        *map(_of_location, words(location or "")[:_MOST_WORDS]),
        *(f"g:{part}" for word in _searched(search) for part in _spread(list(_trigrams(word)))),
    ]
    return " & ".join(map(_quoted, dict.fromkeys(terms))) or None


def from_any(sources: Iterable[str]) -> str:
    """The text of a ``tsquery`` for entries from one of them, by the words of the lists."""
    return f"({' | '.join(sorted(_quoted(_of_source(source)) for source in sources))})"


def folded(q: str) -> str:
    """``q`` for ``websearch_to_tsquery('english', ...)``: its words, its quotes, ``or`` and minus signs.
    NOT in capitals is a minus, and a bar an ``or``.

    An unquoted word that names a skill asks for the vocabulary's name of it too; of many such the first few.

    The query may be empty, and then asks for nothing (``numnode`` is 0)."""
    branches: list[list[tuple[str, ...]]] = [[]]
    is_denied = False
    for minus, phrase, word in _ASKED.findall(q[:_LONGEST_QUERY]):
        if word == "NOT":
            is_denied = True
            continue
        if word.casefold() == "or" or (word and not word.strip("|")):
            branches.append([])
        elif found := _quoted_words(phrase or word, is_phrase=bool(phrase)):
            other = _quoted_words(other_name(word) or "", is_phrase=False) if word else ""
            spellings = tuple(dict.fromkeys(filter(None, (found, other))))
            if minus or is_denied:
                branches[-1] += [(f"-{spelling}",) for spelling in spellings]
            else:
                branches[-1].append(spellings)
        is_denied = False
    return " or ".join(" ".join(asked) for branch in branches if branch for asked in _ways(branch))


def _ways(branch: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each word in each of its spellings; after so many words of several, in their first."""
    several = 0
    choices = []
    for spellings in branch:
        several += len(spellings) > 1
        choices.append(spellings if several <= _MOST_SPELLED else spellings[:1])
    return product(*choices)


def _quoted_words(text: str, *, is_phrase: bool) -> str:
    found = _searchable(text)
    return f'"{found}"' if found and (is_phrase or " " in found) else found


def like_patterns(search: str | None) -> list[str]:
    """Every one of which a ``find_key`` has to be LIKE."""
    return ["%" + _SPECIAL.sub(r"\\\g<0>", word) + "%" for word in _searched(search)]


def _searched(search: str | None) -> list[str]:
    return unaccented((search or "")[:_LONGEST_QUERY]).split()[:_MOST_WORDS]


def _searchable(text: str, limit: int = _LONGEST_TEXT) -> str:
    """Words alone, so that no part of a path, a host or a version hides in one that is longer."""
    text = unaccented(bounded(text, limit))
    for spelling, word in _SPELLINGS:
        text = spelling.sub(word, text)
    return " ".join(words(text))[:limit]


def _other_spellings(*texts: str) -> list[str]:
    """By which it is looked for too: frontend for front-end, and Node for Node.js."""
    found: set[str] = set()
    for text in map(unaccented, texts):
        found.update(f"{first}{last}" for first, last in _HYPHENATED.findall(text))
        found.update(f"{name} js" for name in _DOT_JS.findall(text))
    return sorted(found)


def _titles(profile: CandidateProfile) -> Iterator[str | None]:
    for job in profile.experience:
        yield from (job.title, job.company)
    for degree in profile.education:
        yield from (degree.degree, degree.institution)
    for certificate in profile.certifications:
        yield from (certificate.name, certificate.issuer)


def _texts(profile: CandidateProfile) -> Iterator[str | None]:
    yield from (profile.summary, profile.ai_summary)
    for language in profile.languages:
        yield language.name
    for job in profile.experience:
        yield from (job.location, job.description, *job.achievements)
    for degree in profile.education:
        yield degree.location


def _trigrams(word: str) -> Iterator[str]:
    return (word[at : at + _SHORTEST_INDEXED] for at in range(len(word) - _SHORTEST_INDEXED + 1))


def _spread(trigrams: list[str]) -> list[str]:
    """Some of them, from all over: each costs time to look for, and a few leave little to be sorted out."""
    if len(trigrams) <= _MOST_TRIGRAMS:
        return trigrams
    last = len(trigrams) - 1
    return [trigrams[at * last // (_MOST_TRIGRAMS - 1)] for at in range(_MOST_TRIGRAMS)]


def _of_database(database_id: UUID) -> str:
    return f"d:{database_id}"


def _of_source(source: str) -> str:
    return f"o:{caseless(source)}"[:_LONGEST_TERM]


def _of_tag(tag: str) -> str:
    return f"t:{caseless(tag)}"[:_LONGEST_TERM]


def _of_skill(skill: str) -> str:
    name = unaccented(bounded(skill, _LONGEST_TERM))
    return f"s:{_BETWEEN.sub('', name) or name}"[:_LONGEST_TERM]


def _of_location(word: str) -> str:
    return f"l:{word}"[:_LONGEST_TERM]


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
