"""Lists of candidates as CSV (RFC 4180), which spreadsheets open without running any of it."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime

from hotgigs.gateway.status import Row

COLUMNS = (
    "candidate_id",
    "user_id",
    "full_name",
    "email",
    "title",
    "location",
    "years_of_experience",
    "top_skills",
    "added_at",
    "last_viewed_at",
    "source",
    "tags",
)
HEAD = ",".join(COLUMNS) + "\r\n"

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or skips on its way to one."""
_NEXT_CELL = re.compile(r"(;[ \u00a0]*)(?=[=+\-@＝＋－＠])")
"""Where commas are decimal points, a spreadsheet divides cells at semicolons, whatever is quoted."""


def csv_rows(rows: Iterable[Row]) -> str:
    """Of rows of `listing.store`, each ended by a line break. Lists are joined by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        named = {"years_of_experience": row["years"]}
        writer.writerow([_cell(named[name] if name in named else row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case float():
            return f"{value:g}"
        case list():
            return _harmless("; ".join(value))
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    """With an apostrophe before what would be a formula: OWASP's defence against CSV injection."""
    text = _NEXT_CELL.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_RUNS) else text
