"""Certificates whose values stand behind labels, or in the columns of a table with heads."""

from collections.abc import Iterator, Sequence

from hotgigs.contracts.resume_data import Certification
from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.form_lines import CERTIFICATE, with_plain_heads, with_plain_labels
from hotgigs.parser.separators import bullet_text, trimmed
from hotgigs.parser.vocabulary import load

_LABELS: dict[str, str] = {
    name: kind for kind, names in load("certifications")["labels"].items() for name in names
}
_MAX_LABEL_CHARS = 30
_ENOUGH = 2
"""So many labels are no chance."""

_Values = dict[str, str]


def labelled_certifications(lines: Sequence[Line]) -> list[Certification]:
    """Empty where labels do not say what the lines hold."""
    values = list(
        _of_table(with_plain_heads(lines, CERTIFICATE)) or _of_labels(with_plain_labels(lines, CERTIFICATE))
    )
    return [found for each in values if (found := _certification(each))]


def _kind(label: str) -> str | None:
    return _LABELS.get(label.casefold().strip(" .:*")) if len(label) <= _MAX_LABEL_CHARS else None


def _of_table(lines: Sequence[Line]) -> list[_Values]:
    heads = [_kind(cell) for cell in lines[0].text.split("\t")] if lines else []
    if len(heads) < _ENOUGH or None in heads or "name" not in heads:
        return []
    found = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.text.split("\t")]
        if len(cells) <= len(heads):
            found.append({kind: cell for kind, cell in zip(heads, cells, strict=False) if kind and cell})
    return found


def _of_labels(lines: Sequence[Line]) -> Iterator[_Values]:
    pairs = [(_kind(before), after.strip()) for before, _, after in map(_halves, lines)]
    known = [kind for kind, after in pairs if kind and after]
    if (
        len(known) < _ENOUGH
        or len(set(known)) < _ENOUGH
        or "name" not in known
        or 2 * len(known) < len(pairs)
    ):
        return
    values: _Values = {}
    for kind, after in pairs:
        if kind in values and kind in (known[0], "name"):
            yield values
            values = {}
        if kind:
            values.setdefault(kind, after)
    yield values


def _halves(line: Line) -> tuple[str, str, str]:
    text = bullet_text(line.text) or line.text
    return text.partition(":") if ":" in text else text.partition("\t")


def _certification(values: _Values) -> Certification | None:
    name = trimmed(values.get("name", ""))
    if not name:
        return None
    dates = find_periods(values.get("date", ""))
    expiries = find_periods(values.get("expiry", ""))
    if expiries and expiries[0].end and not dates:
        dates, expiries = expiries, []
    end = dates[0].end if dates else None
    return Certification(
        name=name,
        issuer=trimmed(values.get("issuer", "")) or None,
        issue_date=str(dates[0].start) if dates else None,
        expiry_date=str(expiries[0].start) if expiries else str(end) if end else None,
    )
