"""How far up somebody stands, or a job: in the steps of ``seniority.toml``."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from hotgigs.contracts.match_state import Seniority

FULLY_FLEDGED, MANAGER = 2.0, 5.0
TOO_FAR_BELOW = 2.5
"""Steps: further than anybody is promoted at once."""
_LONGEST_TITLE = 200
_PEOPLE = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|the|a|our)"
_LEADS = re.compile(
    rf"\b(?:(?:manag|supervis|lead|head)(?:e|es|ed|ing|s)?|led|line[- ]manag\w+"
    rf"|(?:in )?charge of)\s(?:of\s)?{_PEOPLE}\s(?:\w+\s){{0,3}}?"
    rf"(?:team|people(?!\s(?:side|agenda|function|strategy|plan|part|work|partner|operations))|staff|engineers|developers|nurses|analysts|auditors|associates|assistants|technicians|teachers|colleagues|reports|cooks|chefs|drivers|operators|"
    rf"clerks|lawyers|electricians|apprentices|juniors|reps|sellers|recruiters|accountants|designers|"
    rf"buyers|crew|workers|employees)\b"
    rf"|(?<!\b(?:in|of) a )(?<!within a )(?<!joined a )\bteam of {_PEOPLE}\b"
    rf"|\breport(?:s|ing)? to me\b|\bdirect reports\b"
    rf"|\b(?:leite\w*|führte|verantwortlich für)\s(?:ein\s)?(?:team|\d{{1,3}})\b"
    rf"|\bencadr\w+\s(?:d'une équipe|une équipe|de \d{{1,3}})\b|\ba cargo de \d{{1,3}}\b",
    re.IGNORECASE,
)


class _Words:
    def __init__(self) -> None:
        content = tomllib.loads(files(__package__).joinpath("seniority.toml").read_text())
        self.silent = _any_of(content["silent"])
        self.steps = [(float(each["step"]), _any_of(each["words"])) for each in content["steps"]]


@lru_cache(maxsize=16384)
def step_of(title: str) -> float | None:
    """0 to 7; None where the title says nothing of it."""
    words = _words()
    bare = words.silent.sub(" ", title[:_LONGEST_TITLE])
    return next((step for step, named in words.steps if named.search(bare)), None)


def leads_people(text: str) -> bool:
    """Does the text of a job tell of people who were led?"""
    return _LEADS.search(text[:4_000]) is not None


def held_step(title: str | None, *, years: float, leads: bool) -> float:
    """Where somebody stands with ``years`` of work behind them, whose last job had that title and may have
    led people. A plain title is read by the years; a title far beyond them counts less."""
    step = step_of(title) if title else None
    if step is None:
        step = 1.5 if years < 3 else 2.25 if years < 6 else 3.0
    step = _by_people(step, leads=leads)
    return min(step, 2.0 + years / 2)


def asked_step(title: str, *, min_years: float | None, max_years: float | None, leads: bool) -> float:
    """Where a job stands, which may lead people; a plain title is read by the years that are asked for."""
    step = step_of(title)
    if step is None:
        least = min_years or 0.0
        if max_years is not None and max_years <= 3:
            step = 1.0
        else:
            step = FULLY_FLEDGED if least < 3 else 3.0 if least < 7 else 3.5
    return _by_people(step, leads=leads) if step >= MANAGER else step


def _by_people(step: float, *, leads: bool) -> float:
    """Many a manager manages no people, and many who do are not called so."""
    if leads:
        return max(step, min(step + 1.0, 4.0))
    return 4.0 if step == MANAGER else step


def seniority_of(gap: float) -> Seniority:
    """``gap``: steps that the candidate stands above the job."""
    if gap <= -TOO_FAR_BELOW:
        return "far_below"
    if gap < -0.75:
        return "below"
    if gap <= 1.25:
        return "fitting"
    return "above" if gap <= 2.5 else "far_above"


def _any_of(words: list[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def _words() -> _Words:
    return _Words()
