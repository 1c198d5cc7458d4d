"""What is told of jobs below all of them, under labels that name the company: ``Duties, Acme Ltd.:``"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.job_header import Header
from hotgigs.parser.jobs import Job
from hotgigs.parser.telling import heads_telling

_MARK = re.compile(r"\s?(?:[,:–—(]|\s-)\s?|\s(?:at|bei|chez|en|na|no|in)\s", re.IGNORECASE)
_MAX_CHARS = 120
_ToldOf = Mapping[str, Sequence[Line]]


def told_apart(lines: Sequence[Line]) -> tuple[Sequence[Line], _ToldOf]:
    """The lines before the first such label, and those below each label by the company that it names."""
    found: dict[str, list[Line]] = {}
    first = len(lines)
    above = ""
    current: list[Line] | None = None
    for index, line in enumerate(lines):
        name = _named(line.text)
        if name and not found:
            above = "\n".join(each.text for each in lines[:index]).casefold()
        if name and name in above:
            first = min(first, index)
            current = found.setdefault(name, [])
        elif current is not None:
            current.append(line)
    return lines[:first], found


def _named(text: str) -> str | None:
    """The company that stands behind a label over what is told of a job, in small letters."""
    if len(text) > _MAX_CHARS or heads_telling(text):
        return None
    mark = _MARK.search(text)
    if mark is None or not heads_telling(text[: mark.start()]):
        return None
    return text[mark.end() :].strip(" :)–—-\t").casefold() or None


def with_told(jobs: Sequence[Job], headers: Sequence[Header], told: _ToldOf) -> list[Job]:
    """Each first job at a company with what is told of it apart."""
    left = dict(told)
    found = []
    for job, header in zip(jobs, headers, strict=True):
        company = (header.company or "").casefold()
        lines = left.pop(company, ())
        found.append(msgspec.structs.replace(job, told=(*job.told, *lines)))
    return found
