"""The names that one skill is found by, whichever of them is printed and whichever is asked for; pure."""

from collections.abc import Iterable

from hotgigs.skills.keys import keys_of, name_of
from hotgigs.skills.named import is_everyday, skills_in
from hotgigs.skills.vocabulary import known_term


def one_name(skill: str) -> str:
    """The vocabulary's, or the skill's own where it has none."""
    known = known_term(skill)
    return known.canonical if known else skill


def names_in(skill: str) -> set[str]:
    """Of all that a printed skill names: ``Kubernetes (EKS)`` is two."""
    return {one_name(skill), *filter(None, map(name_of, keys_of(skill)))}


def names_told_in(texts: Iterable[str]) -> set[str]:
    """The vocabulary's names of the skills that running texts name in any way."""
    return {name for text in texts for key in skills_in(text) if (name := name_of(key))}


def other_name(word: str) -> str | None:
    """The vocabulary's name of the skill that one typed word is a name of; none of an everyday word."""
    known = None if word.islower() and is_everyday(word) else known_term(word)
    return known.canonical if known else None
