"""What invented people's resumes are made of: pools in which few things are common and most are rare."""

import tomllib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from hotgigs.parser.vocabulary import load

T = TypeVar("T")

_PARTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
_SYLLABLES = _PARTS["syllables"].split()
_SMALL = _PARTS["small"].split()


class Pool(Generic[T]):
    """Things of which the nth is about a ``n ** exponent``\\ th as common as the first."""

    def __init__(self, things: Sequence[T], *, exponent: float = 1.0) -> None:
        self.things = things
        self._cumulated = list(accumulate(1 / (rank + 1) ** exponent for rank in range(len(things))))

    def draw(self, random: Random, count: int) -> list[T]:
        return random.choices(self.things, cum_weights=self._cumulated, k=count)

    def distinct(self, random: Random, count: int) -> list[T]:
        """At most ``count``, the common ones first."""
        return list(dict.fromkeys(self.draw(random, count)))


class Words:
    """The pools, the same for every run."""

    def __init__(self) -> None:
        random = Random(7)
        rare = list(dict.fromkeys(_made_up(random) for _ in range(12_000)))
        words = Pool([*_PARTS["common"].split(), *rare], exponent=0.95)
        self.first_names = Pool(
            [*_PARTS["first_names"].split(), *(word.title() for word in rare[:2_000])], exponent=0.8
        )
        self.last_names = Pool([word.title() for word in rare[::-1]], exponent=0.6)
        self.cities = Pool(_PARTS["cities"], exponent=0.8)
        self.companies = Pool([f"{word.title()} {kind}" for word in rare for kind in ("Ltd", "GmbH", "Inc")])
        self.titles = Pool(_titles(random), exponent=0.9)
        self.skills = Pool(_skills(random), exponent=0.9)
        self.tags = Pool(_PARTS["tags"])
        self.sentences = Pool([_sentence(random, words) for _ in range(40_000)], exponent=0.4)


def _made_up(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4))))


def _sentence(random: Random, words: Pool[str]) -> str:
    """Of about 17 words, a third of them small."""
    count = random.randint(11, 23)
    drawn = [random.choice(_SMALL) if random.random() < 0.33 else word for word in words.draw(random, count)]
    return " ".join(drawn).capitalize() + "."


def _titles(random: Random) -> list[str]:
    roles = [word.title() for word in load("roles")["words"] if word.isascii() and len(word) > 3][:150]
    titles = [
        f"{rank}{field} {role}"
        for role in roles
        for field in _PARTS["fields"].split()
        for rank in _PARTS["ranks"]
    ]
    random.shuffle(titles)
    return titles


def _skills(random: Random) -> list[tuple[str, str]]:
    """Names with their categories."""
    skills = [
        (line.partition(":")[0].strip(), category)
        for category, lines in load("skill_names").items()
        for line in lines.splitlines()
        if line.strip()
    ]
    random.shuffle(skills)
    return skills
