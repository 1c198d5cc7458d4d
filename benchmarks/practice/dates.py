"""Months as people write them, spans, and the months that jobs cover.

A pattern is a ``str.format`` text of the keys that ``written`` gives, such as ``{Mon} {yyyy}``.
"""

import calendar
from collections.abc import Iterable

NOW = (2026, 11)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}


def parts(date: str) -> tuple[int, int | None]:
    year, _, month = date.partition("-")
    return int(year), int(month) if month else None


def written(date: str, pattern: str, lang: str, *, last_day: bool = False) -> str:
    """A YYYY-MM in the pattern; a YYYY always as its year."""
    year, month = parts(date)
    if month is None:
        return str(year)
    name, short = _MONTHS[lang].split()[month - 1], _SHORT[lang].split()[month - 1]
    return pattern.format(
        yyyy=f"{year}",
        yy=f"{year % 100:02}",
        mm=f"{month:02}",
        m=month,
        dd=f"{calendar.monthrange(year, month)[1] if last_day else 1:02}",
        d=calendar.monthrange(year, month)[1] if last_day else 1,
        Month=name[0].upper() + name[1:],
        month=name,
        MONTH=name.upper(),
        Mon=short[0].upper() + short[1:],
        Mon3=name[:3].capitalize(),
        mon=short,
        MON=name[:3].upper(),
    )


def covered(start: str, end: str | None) -> range:
    """Months since year 0 of a job, both ends included; a bare year counts whole."""
    year, month = parts(start)
    last_year, last_month = parts(end) if end else NOW
    if end and last_month is None:
        last_month = 12
    return range(year * 12 + (month or 1) - 1, last_year * 12 + (last_month or 12))


def years(spans: Iterable[tuple[str, str | None]]) -> float:
    """The union of the spans, in years to one decimal."""
    return round(len({month for start, end in spans for month in covered(start, end)}) / 12, 1)


def duration(spans: Iterable[tuple[str, str | None]]) -> tuple[int, int]:
    """Whole years and months of the union."""
    return divmod(len({month for start, end in spans for month in covered(start, end)}), 12)
