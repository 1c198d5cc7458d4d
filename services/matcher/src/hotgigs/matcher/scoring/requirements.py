"""What a posting asks for, sentence by sentence: what it wants, would like, and rules out."""

import re

from msgspec import Struct

from hotgigs.contracts.job_state import JobPosting
from hotgigs.skills import named
from hotgigs.skills.asked import asked_terms
from hotgigs.skills.keys import name_of
from hotgigs.skills.mentions import Prose, names_of
from hotgigs.skills.vocabulary import known_skill

MOST_TERMS = 40
MOST_SENTENCES = 40
_MOST_FOUND = 12
"""Skills that are taken from a description."""
_LONGEST_TERM = 120
_LONGEST_DESCRIPTION = 20_000
_SHORTEST_SENTENCE = 15
_LONGEST_SENTENCE = 600

_END = re.compile(r"(?<!\n\d\.)(?<!\n\d\d\.)(?<=[.!?;])\s+|\n+|\s[•·▪◦]\s")
_RULED_OUT = re.compile(
    r"\b(?:not|cannot|can't|won't|don't|doesn't|nor|neither|unsuitable|ruled out|no longer|bored|rather than"
    r"|nicht|kein\w*|pas|aucun\w*|sin|não|nao|nessun\w*|non|geen|niet)\b",
    re.IGNORECASE,
)
_WOULD_LIKE = re.compile(
    r"\b(?:nice to have|a plus|bonus|preferred|preferably|desirable|advantage\w*|ideally"
    r"|would be (?:useful|helpful|good|nice)|would (?:help|save)|welcome|beneficial|optional|von vorteil"
    r"|wünschenswert|idealerweise|un plus|souhait\w+|atout|deseable|valorable|desejável|diferencial|gradit\w+"
    r"|preferibil\w+|pre)\b",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:benefits|perks|we offer|our offer|what you(?:'ll| will)? get|about us|who we are|wir bieten"
    r"|über uns|nous offrons|nos avantages|ofrecemos|beneficios|oferecemos|benefícios|offriamo)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[-–—*•·▪◦+]|\d{1,2}[.)])\s+")
_BETWEEN_NAMES = re.compile(r"\s*[,;|•·]\s*|\s+(?:/|&|and|or|und|oder|et|ou|y|o|e)\s+")
_LONGEST_HEADING = 6
"""In words."""


class Requirements(Struct, frozen=True, kw_only=True):
    """``required`` and ``preferred`` are the job's terms in its own order, each once; ``sentences`` say what
    it is about."""

    required: tuple[str, ...]
    preferred: tuple[str, ...]
    sentences: tuple[str, ...]
    doubtful: frozenset[str] = frozenset()
    """Of those that the description names: everyday words too, as "turning" is."""


def requirements_of(posting: JobPosting) -> Requirements:
    """Where no skill is named as required, those that the description names are."""
    sentences = _sentences(posting.description)
    required = _terms(posting.required_skills)
    preferred = _terms(posting.preferred_skills, but=required)
    doubtful: frozenset[str] = frozenset()
    if not required:
        required, liked, doubtful = _found(_pieces(posting.description), but=preferred)
        preferred = (*preferred, *liked)
    wanted = tuple(sentence for sentence in sentences if not _RULED_OUT.search(sentence))
    return Requirements(
        required=required[:MOST_TERMS],
        preferred=preferred[: MOST_TERMS - len(required[:MOST_TERMS])],
        sentences=(wanted or sentences)[:MOST_SENTENCES],
        doubtful=doubtful,
    )


def _terms(printed: tuple[str, ...], but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """By what they ask for, so that two spellings of one are one."""
    known = {asked_terms(term).keys for term in but}
    terms: dict[tuple[str, ...], str] = {}
    for term in printed:
        bare = " ".join(term[:_LONGEST_TERM].split())
        keys = asked_terms(bare).keys
        if keys and keys not in known:
            terms.setdefault(keys, bare)
    return tuple(terms.values())


def _pieces(description: str) -> tuple[str, ...]:
    """Sentences, headings and lines of lists."""
    pieces = (" ".join(piece.split()) for piece in _END.split(description[:_LONGEST_DESCRIPTION]))
    return tuple(dict.fromkeys(piece[:_LONGEST_SENTENCE] for piece in pieces if piece))


def _sentences(description: str) -> tuple[str, ...]:
    return tuple(piece for piece in _pieces(description) if len(piece) >= _SHORTEST_SENTENCE)


def _found(
    pieces: tuple[str, ...], but: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """The skills that sentences and lists want, and those that they would like, in the order of the text; and
    which of them are doubtful. What stands in a list is meant as its heading says."""
    taken = {key for term in but for key in asked_terms(term).keys}
    wanted: dict[str, str] = {}
    liked: dict[str, str] = {}
    doubtful: set[str] = set()
    heading = ""
    for piece in pieces:
        is_listed = _BULLET.match(piece) is not None
        if not is_listed and _is_heading(piece):
            heading = piece
        context = f"{heading} {piece}" if is_listed else piece
        if _RULED_OUT.search(context) or _OFFERED.search(context):
            continue
        into = liked if _WOULD_LIKE.search(context) else wanted
        alone = _names_alone(_BULLET.sub("", piece), is_listed=is_listed)
        for name, is_doubtful in alone or skills_in(piece):
            for key in asked_terms(name).keys:
                if key not in taken:
                    taken.add(key)
                    into[key] = name
                    doubtful |= {name} if is_doubtful else set()
    return (
        tuple(wanted.values())[:_MOST_FOUND],
        tuple(liked.values())[:_MOST_FOUND],
        frozenset(doubtful),
    )


def _is_heading(piece: str) -> bool:
    return len(piece.split()) <= _LONGEST_HEADING and piece[-1] not in ".,;!?"


def _names_alone(piece: str, *, is_listed: bool) -> tuple[tuple[str, bool], ...]:
    """As `skills_in`, of a piece that is nothing but names of skills, which nobody has to doubt; empty for
    any other. One word by itself may be a heading: it has to stand in a list, or be written as no word is."""
    names = [name for name in _BETWEEN_NAMES.split(piece.rstrip(".,;!")) if name]
    known = [known_skill(name) for name in names]
    is_name = is_listed or len(names) > 1 or piece[1:] != piece[1:].lower()
    if not is_name or not all(known):
        return ()
    return tuple((skill.canonical, False) for skill in known if skill is not None)


def skills_in(text: str) -> tuple[tuple[str, bool], ...]:
    """The names of known skills that the text mentions, in its order, and whether each is one word that is
    not written as a name is. Of names in one place the longest counts."""
    prose = Prose(text)
    words, written_as_names = f" {' '.join(prose.words)} ", set(prose.capitalised)
    found = []
    for key in named.skills_in(text):
        name = name_of(key) or key
        names = names_of(name)
        phrases = (phrase.strip() for phrase in (*names.in_any_case, *names.in_own_case) if phrase in words)
        found.append((name, all(" " not in each and each not in written_as_names for each in phrases)))
    return tuple(found)
