"""Lines of a form with the labels that the sections' readers know, record by record.

``Exact title of your post ....: Nurse`` becomes ``Position: Nurse``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from hotgigs.parser.document import Line
from hotgigs.parser.form_labels import fields_of
from hotgigs.parser.vocabulary import load

_LABEL = re.compile(r"([^\t:]{1,60}?)\s?(?:[.…_]{2,60}\s?:?|[.…]{0,60}\s?:|\t:?)\s{0,4}(?=\S)")
_BARE = re.compile(r"[^\t:]{1,60}:?")
_MIN_LABELLED = 3
_TERMS = "Reason for leaving"
_MIN_HEADS = 2
_MAX_NAME_LINES = 40
_OF_NAMES = frozenset({"given", "family", "name"})


class Topic(Struct, frozen=True):
    """The labels that a section's reader knows, by the fields and by the words of those that forms print."""

    by_field: Mapping[str, str]
    by_words: Mapping[str, str] = {}
    needed: frozenset[str] = frozenset()
    """Labels that most records of a form have."""


def _by_words(vocabulary: Mapping[str, Sequence[str]], labels: Mapping[str, str]) -> dict[str, str]:
    return {words: label for field, label in labels.items() for words in vocabulary[field]}


JOB = Topic(
    {
        "term": _TERMS,
        "phone": _TERMS,
        "duties": "Duties",
        "title": "Position",
        "company": "Employer",
        "institution": "Employer",
        "begin": "From",
        "end": "To",
        "dates": "Period",
        "place": "Location",
    },
    _by_words(
        load("labels")["job"],
        {"company": "Employer", "title": "Position", "location": "Location", "dates": "Period"},
    )
    | _by_words(load("labels")["period"], {"begin": "From", "end": "To"}),
    frozenset({"Employer", "Position"}),
)
STUDY = Topic(
    {
        "degree": "Degree",
        "certificate": "Degree",
        "title": "Degree",
        "school": "School",
        "institution": "School",
        "company": "School",
        "grade": "Grade",
        "begin": "From",
        "end": "To",
        "issued": "Period",
        "dates": "Period",
        "place": "City",
    },
    _by_words(
        load("education")["labels"],
        {
            "degree": "Degree",
            "institution": "School",
            "date": "Period",
            "grade": "Grade",
            "place": "City",
            "field": "Subject",
        },
    ),
    frozenset({"Degree", "School"}),
)
CERTIFICATE = Topic(
    {
        "expiry": "Valid until",
        "issuer": "Issuer",
        "institution": "Issuer",
        "company": "Issuer",
        "school": "Issuer",
        "certificate": "Name",
        "degree": "Name",
        "title": "Name",
        "skill": "Name",
        "issued": "Date",
        "dates": "Date",
        "name": "Name",
    },
    _by_words(
        load("certifications")["labels"],
        {"name": "Name", "issuer": "Issuer", "date": "Date", "expiry": "Valid until"},
    ),
)
PERSON = Topic({"phone": "Phone", "email": "Email", "address": "Address", "place": "Location"})
_ORDER = ("Period", "Degree", "Subject", "Employer", "School", "Position", "City", "Location", "Grade")
"""Of what heads a record."""


class _Record(Struct):
    """What the labels say, and the lines that follow them."""

    values: dict[str, Line]
    told: list[Line]


def with_plain_labels(lines: Sequence[Line], topic: Topic) -> list[Line]:
    """Lines without a label that the topic knows stay as they are."""
    return [_relabelled(line, topic) for line in lines]


def with_plain_heads(lines: Sequence[Line], topic: Topic) -> list[Line]:
    """The heads of a table's columns as the topic's labels."""
    return [_with_plain_heads(line, topic) for line in lines]


def without_heads_of_list(lines: Sequence[Line]) -> list[Line]:
    """Without what stands over skills, or languages, and how well they are known."""
    return [line for line in lines if not _heads_list(line.text)]


def in_records(lines: Sequence[Line], topic: Topic) -> list[Line]:
    """The same lines where they are no form; else each job's labelled values in one order."""
    found = _records(lines, topic)
    return [*found[0], *(line for record in found[1] for line in _in_order(record))] if found else list(lines)


def in_rows(lines: Sequence[Line], topic: Topic) -> list[Line]:
    """The same lines where they are no form; else a table with a head for each label and a row a record."""
    found = _records(lines, topic)
    if not found:
        return list(lines)
    before, records = found
    heads = [label for label in _ORDER if any(label in record.values for record in records)]
    table = [msgspec.structs.replace(lines[0], text="\t".join(heads))]
    for record in records:
        cells = [_value(record.values.get(label)) for label in heads]
        first = next(iter(record.values.values()))
        table.append(msgspec.structs.replace(first, text="\t".join(cells)))
        table.extend(record.told)
    return [*before, *table]


def _records(lines: Sequence[Line], topic: Topic) -> tuple[Sequence[Line], Sequence[_Record]] | None:
    """The lines above the first record, and the records; None where the lines are no form.

    A record ends where one of its labels comes again.
    """
    plain = with_plain_labels(lines, topic)
    known = frozenset(_ORDER) & frozenset(topic.by_field.values()) | {"From", "To"}
    heads = [_label(line, known) for line in plain]
    if sum(head is not None for head in heads) < _MIN_LABELLED or len(set(heads) - {None}) < _MIN_LABELLED:
        return None
    first = next(index for index, head in enumerate(heads) if head)
    records = [_Record({}, [])]
    for line, head in zip(plain[first:], heads[first:], strict=True):
        if head is None:
            records[-1].told.append(line)
            continue
        if head in records[-1].values or (records[-1].told and head == heads[first]):
            records.append(_Record({}, []))
        records[-1].values[head] = line
    complete = sum(topic.needed <= record.values.keys() for record in records)
    if 2 * complete < len(records):
        return None
    for record in records:
        _join_ends(record.values)
    return plain[:first], records


def with_whole_name(lines: Sequence[Line]) -> list[Line]:
    """Family name and given name, asked for apart, as one name."""
    family: dict[int, str] = {}
    given: dict[int, str] = {}
    for index, line in enumerate(lines[:_MAX_NAME_LINES]):
        label, value = _halves(line.text) or ("", "")
        fields = set(fields_of(label))
        if "family" in fields and "given" not in fields:
            family[index] = value
        elif fields and fields <= _OF_NAMES:
            given[index] = value
    said = given | family
    if not said:
        return list(lines)
    longest = max(said.values(), key=len)
    name = longest if _says_all(longest, said.values()) else " ".join(said.values())
    at = min(said)
    return [
        msgspec.structs.replace(line, text=f"Name: {name}") if index == at else line
        for index, line in enumerate(lines)
        if index == at or index not in said
    ]


def _says_all(whole: str, texts: Iterable[str]) -> bool:
    words = set(whole.casefold().split())
    return all(set(text.casefold().split()) <= words for text in texts)


def _with_plain_heads(line: Line, topic: Topic) -> Line:
    cells = [cell.strip() for cell in line.text.split("\t") if cell.strip()]
    labels = [_known_label(cell, topic) for cell in cells]
    if len(cells) < _MIN_HEADS or sum(label is not None for label in labels) < len(cells):
        return line
    return msgspec.structs.replace(line, text="\t".join(label for label in labels if label))


def _heads_list(text: str) -> bool:
    heads = [fields_of(cell.strip()) for cell in text.split("\t") if cell.strip()]
    return len(heads) >= _MIN_HEADS and all(heads) and bool({"skill", "language"}.intersection(heads[0]))


def _halves(text: str) -> tuple[str, str] | None:
    match = _LABEL.match(text)
    return (match[1], text[match.end() :].strip()) if match else None


def _relabelled(line: Line, topic: Topic) -> Line:
    halves = _halves(line.text)
    if halves:
        label = _known_label(halves[0], topic)
        return msgspec.structs.replace(line, text=f"{label}: {halves[1]}") if label else line
    if _BARE.fullmatch(line.text) and "duties" in topic.by_field and fields_of(line.text)[:1] == ("duties",):
        return msgspec.structs.replace(line, text="Duties:", is_list_item=False)
    return line


def _known_label(text: str, topic: Topic) -> str | None:
    if label := topic.by_words.get(text.casefold().strip(" .:*")):
        return label
    fields = fields_of(text)
    return topic.by_field.get(fields[0]) if fields and "about" not in fields else None


def _label(line: Line, known: frozenset[str]) -> str | None:
    label, mark, value = line.text.partition(": ")
    return label if mark and value.strip() and label in known else None


def _in_order(record: _Record) -> Iterator[Line]:
    """Where the values stand on the page tells nothing in this order."""
    for label in _ORDER:
        if label in record.values:
            yield msgspec.structs.replace(record.values[label], page=0, x0=0.0, y0=0.0, x1=0.0, y1=0.0)
    yield from (line for line in record.told if not line.text.startswith(f"{_TERMS}: "))


def _join_ends(values: dict[str, Line]) -> None:
    begin, end = values.pop("From", None), values.pop("To", None)
    if begin is not None and "Period" not in values:
        ends = " – ".join(_value(each) for each in (begin, end) if each is not None)
        values["Period"] = msgspec.structs.replace(begin, text=f"Period: {ends}")


def _value(line: Line | None) -> str:
    return line.text.partition(": ")[2].replace("\t", " ") if line else ""
