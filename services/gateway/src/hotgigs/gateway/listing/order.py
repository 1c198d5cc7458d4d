"""The orders that candidates can be listed in; each is total, by the id where the rest is equal."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Sort = Literal["added_at", "-added_at", "name", "-name", "years", "-years"]
"""A minus stands before a descending one."""


class Order(Struct, frozen=True):
    """By a column of `entries`, of which none is null; one without a name has an empty one."""

    sort: Sort
    column: str
    kind: type[datetime] | type[str] | type[float]
    is_descending: bool

    def clause(self, alias: str, *, is_reversed: bool = False) -> str:
        way = "DESC" if self.is_descending != is_reversed else "ASC"
        return f"{alias}.{self.column} {way}, {alias}.candidate_id {way}"

    def beyond(self, alias: str, value: str, candidate_id: str, *, is_reversed: bool = False) -> str:
        """A condition for what comes after the row of the two placeholders."""
        sign = "<" if self.is_descending != is_reversed else ">"
        return f"({alias}.{self.column}, {alias}.candidate_id) {sign} ({value}, {candidate_id})"


ORDERS: dict[Sort, Order] = {
    "added_at": Order("added_at", "added_at", datetime, False),
    "-added_at": Order("-added_at", "added_at", datetime, True),
    "name": Order("name", "name_key", str, False),
    "-name": Order("-name", "name_key", str, True),
    "years": Order("years", "years", float, False),
    "-years": Order("-years", "years", float, True),
}
