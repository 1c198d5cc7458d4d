"""Where a job is to be done and where a candidate lives, read once from what their texts say."""

import re

from msgspec import Struct

from hotgigs.places import ANYWHERE, Position, Scope, Spot, locate_each, position_of, scope_in, scope_of

_MAX_TEXT = 20_000
_MAX_SENTENCE = 200
_MAX_SITES = 8
_COMPACT_KM = 30
"""A region or country whose people live so close to its middle counts as one town."""

_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|télétravail|teletravail|remoto|remota|teletrabajo|home ?office"
    r"|work(?:ing)? from home|wfh|telecommut\w+|anywhere|worldwide|distributed)\b",
    re.IGNORECASE,
)
_NOT_REMOTE = re.compile(r"\b(?:no|not|non)[ -](?:fully )?remote\b|\bhybrid|\bon-?site\b", re.IGNORECASE)
_REMOTE_JOB = re.compile(
    r"\b(?:fully|entirely|completely|permanently) remote\b|\b100 ?% remote\b"
    r"|\bremote(?:[ -]first)? (?:position|role|job)\b|\b(?:position|role|job) is remote\b"
    r"|\bwork remotely from\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s|[;\n]")
_LETS_LIVE = re.compile(
    r"\b(?:anywhere|remote(?:ly)?|home|based|located|live|living|reside|residing|residents?|candidates"
    r"|applicants|applications)\s(?:only\s)?(?:in|within|from|across|of|throughout)\b"
    r"|\b(?:authori[sz]ed|eligible|right|permitted|allowed)\s(?:to\s(?:live and )?work\s)?in\b"
    r"|\bremote[ (:-]",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\boverlap|\btime ?zones?\b|\b(?:UTC|GMT|CET)\b|\bhours\b", re.IGNORECASE)
_SITE = re.compile(
    r"^[ \t]{0,8}(?:[*•-][ \t]?)?(?:job |work )?(?i:location|standort|lieu|ubicación|place of work)"
    r"[ \t]?[:–-][ \t]?(?P<labelled>[^\n]{2,100})$"
    r"|\b(?i:(?:based|located|on-?site|offices?|headquarters)\s(?:is\s|are\s)?(?:in|at)"
    r"|live\s(?:in or around|in or near|within reach of|in|near|around))\s"
    r"(?:the |our |central |downtown )?"
    r"(?P<told>[^\W\d_a-z][\w'’-]{1,30}(?:[ ,]{1,2}[^\W\d_a-z][\w'’-]{1,30}){0,3})",
    re.MULTILINE,
)
_MOVES = re.compile(
    r"\b(?:willing|open|ready|able|happy|prepared|available|free)\s(?:to|for)\s(?:a\s)?(?:relocat\w+|move\b)"
    r"|\bwill(?:ing)?\s(?:to\s)?relocate\b|\brelocating to\b"
    r"|\brelocation\s(?:is\s)?(?:possible|welcome|ok|okay|considered)\b"
    r"|\bumzugsbereit\b|\bmobilité nationale\b|\bdisponibilidad para (?:mudarse|reubicar\w+)",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:not|no|cannot|can't|unable|isn't|never)\b[^.;\n]{0,30}\b(?:relocat\w+|mov(?:e|ing))\b",
    re.IGNORECASE,
)


class Site(Struct, frozen=True, array_like=True):
    country: int
    region: int = 0
    """0 where it is not known."""
    position: Position | None = None
    """None of an area too large to be one place."""


class Limits(Struct, frozen=True, array_like=True):
    """From where remote work may be done: anywhere, where there are none."""

    countries: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    zones: tuple[float, float] | None = None
    """Standard offsets from UTC in hours, west to east."""


class JobPlace(Struct, frozen=True, array_like=True):
    """Any of its sites, or remote within its limits. Without either it is not known."""

    sites: tuple[Site, ...] = ()
    is_remote: bool = False
    limits: Limits = Limits()


class CandidatePlace(Struct, frozen=True, array_like=True):
    site: Site | None = None
    zones: tuple[float, float] = (0.0, 0.0)
    """Standard offsets from UTC in hours, west to east: two of one who lives but somewhere in Australia."""
    would_move: bool = False


def job_place(location: str | None, remote: bool, description: str) -> JobPlace:
    """What the location says comes first, then the flag; the description where both say too little."""
    location = (location or "").strip()
    description = description[:_MAX_TEXT]
    says_remote = bool(_REMOTE.search(_NOT_REMOTE.sub(" ", location)))
    is_remote = says_remote or (remote and not _NOT_REMOTE.search(location))
    if not location and not remote:
        is_remote = bool(_REMOTE_JOB.search(description)) and not _NOT_REMOTE.search(description)
    if is_remote:
        return JobPlace(is_remote=True, limits=_limits(_remote_scope(location, description)))
    sites = tuple(_site(spot) for spot in locate_each(location)[:_MAX_SITES])
    if not sites and location:
        return JobPlace(limits=_limits(scope_of(location)))
    return JobPlace(sites=sites or _told_sites(description))


def candidate_place(location: str | None, text: str = "") -> CandidatePlace:
    """Where they live; `text` is what they say of themselves, for whether they would move."""
    spots = locate_each(location or "")
    text = text[:_MAX_TEXT]
    would_move = bool(_MOVES.search(text)) and not _STAYS.search(text)
    if not spots:
        return CandidatePlace(would_move=would_move)
    return CandidatePlace(
        site=_site(spots[0]), zones=(spots[0].utc_from, spots[0].utc_to), would_move=would_move
    )


def _remote_scope(location: str, description: str) -> Scope:
    scope = scope_of(location)
    if not scope.is_anywhere and not _is_town(location):
        return scope
    for sentence in _SENTENCE_END.split(description):
        lets_live = _LETS_LIVE.search(sentence)
        stated = ANYWHERE
        if _CLOCK.search(sentence):
            stated = scope_in(sentence[:_MAX_SENTENCE])
        elif lets_live:
            stated = scope_in(sentence[lets_live.start() :][:_MAX_SENTENCE])
        if not stated.is_anywhere:
            return stated
    return scope


def _is_town(location: str) -> bool:
    spots = locate_each(location)
    return bool(spots) and all(spot.kind in {"town", "district"} for spot in spots)


def _told_sites(description: str) -> tuple[Site, ...]:
    for told in _SITE.finditer(description):
        spots = locate_each(told["labelled"] or told["told"])
        if spots:
            return tuple(_site(spot) for spot in spots[:_MAX_SITES])
    return ()


def _site(spot: Spot) -> Site:
    is_place = spot.kind == "town" or spot.spread_km <= _COMPACT_KM
    return Site(
        country=code_of(spot.country),
        region=code_of(spot.region),
        position=position_of(spot.latitude, spot.longitude) if is_place else None,
    )


def _limits(scope: Scope) -> Limits:
    return (
        Limits()
        if scope == ANYWHERE
        else Limits(
            countries=tuple(sorted(map(code_of, scope.countries))),
            regions=tuple(sorted(map(code_of, scope.regions))),
            zones=scope.zones,
        )
    )


_DIGITS = {char: digit for digit, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1)}
_COUNTRY_BASE = 37**2


def code_of(name: str) -> int:
    """A country's or region's code as a number, the same for ever; 0 for none. A region's number divided
    by 37 as often as it has letters after the country gives the country's."""
    country, _, region = name.partition("-")
    number = 0
    for char in reversed(region.upper()):
        number = number * 37 + _DIGITS[char]
    for char in reversed(country):
        number = number * 37 + _DIGITS[char]
    return number


def country_of(code: int) -> int:
    """The code of the country that a region's code belongs to."""
    return code % _COUNTRY_BASE
