"""What is asked of the candidates' endpoints: paths, and the statements that the gateway makes for each."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct
from recorded import Recorder, Statement

from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.detail import store as detail
from hotgigs.gateway.listing import store as listing
from hotgigs.gateway.listing.cursor import Cursor
from hotgigs.gateway.listing.filters import Filters
from hotgigs.gateway.listing.order import Sort
from hotgigs.gateway.listing.store import Place, Scope

Read = Callable[[Any], Awaitable[None]]
_ASKED = 8
_SORTS: tuple[Sort, ...] = ("added_at", "name", "-name", "years", "-years")


class Asked(Struct, frozen=True):
    path: str
    statements: Sequence[Statement]


class Endpoint(Struct, frozen=True):
    """Asked for in several ways in turn, by a user whom ``who`` names."""

    name: str
    who: str
    asked: Sequence[Asked]


class Viewer:
    """Asks as one user; ``who`` is for the tables."""

    def __init__(
        self, connection: "asyncpg.Connection[asyncpg.Record]", who: str, principal: Principal
    ) -> None:
        self._connection = connection
        self._who = who
        self._principal = principal
        self._is_admin = principal.role == "admin"
        self._scope = Scope(
            database_id=None if self._is_admin else principal.database_id,
            viewing_database_id=principal.database_id,
        )
        self._size = 0
        self._some: Sequence[asyncpg.Record] = ()

    async def endpoints(self, *, all_of_them: bool) -> list[Endpoint]:
        """The few that depend most on the database's size, or all."""
        matching = "is_own AND $1::uuid IS NULL" if self._is_admin else "database_id = $1"
        self._size = await self._connection.fetchval(
            f"SELECT count(*) FROM entries WHERE {matching}", self._scope.database_id
        )
        self._some = await self._connection.fetch(
            "SELECT e.*, candidates.profile->>'summary' AS summary FROM"
            f" (SELECT * FROM entries WHERE {matching} ORDER BY candidate_id LIMIT 2000) AS e"
            " JOIN candidates USING (candidate_id) ORDER BY md5(e.candidate_id::text) LIMIT $2",
            self._scope.database_id,
            _ASKED,
        )
        found = [
            await self._list("first page", [({}, Place())]),
            await self._list(
                "search: a last name",
                [({"search": row["name_key"].split()[1]}, Place()) for row in self._some],
            ),
            await self._list(
                "search: a first name",
                [({"search": row["name_key"].split()[0]}, Place()) for row in self._some],
            ),
            await self._list(
                "q: two words", [({"words": _two_words(row["summary"])}, Place()) for row in self._some]
            ),
            await self._list("tags", [({"tags": [tag]}, Place()) for tag in ("senior", "remote")]),
            await self._list("skills, location, years", [(_narrow(row), Place()) for row in self._some]),
        ]
        if not all_of_them:
            return found
        skip = min(self._size // 2, 20_000)
        middle = Cursor(
            sort="-added_at",
            direction="next",
            value=self._some[0]["added_at"],
            candidate_id=self._some[0]["candidate_id"],
        )
        found += [
            await self._list(f"skip {skip:,}", [({}, Place(skip=skip))]),
            await self._list("by cursor", [({}, Place(cursor=middle))]),
            *[await self._list(f"sort by {sort}", [({}, Place(sort=sort))]) for sort in _SORTS],
            await self._list("source", [({"source": "bulk_upload"}, Place())]),
            await self._list("min_years", [({"min_years": 10.0}, Place())]),
        ]
        if not self._is_admin:
            found.append(
                Endpoint(
                    f"{self._label}: one candidate",
                    self._who,
                    [await self._one(row["candidate_id"]) for row in self._some],
                )
            )
        return found

    @property
    def _label(self) -> str:
        return f"{self._who} ({self._size:,})"

    async def _list(self, name: str, asked: Sequence[tuple[dict[str, Any], Place]]) -> Endpoint:
        return Endpoint(
            f"{self._label}: {name}",
            self._who,
            [await self._listed(Filters(**narrowed), place) for narrowed, place in asked],
        )

    async def _listed(self, filters: Filters, place: Place) -> Asked:
        async def read(connection: Any) -> None:
            page = await listing.page(connection, self._scope, filters, place)
            if page.total is not None and page.total > listing.COUNTED:
                await listing.estimate(connection, self._scope, filters)

        given = {name: value for name, value in msgspec.to_builtins(filters).items() if value} | {
            "sort": place.sort
        }
        if "words" in given:
            given["q"] = given.pop("words")
        if place.cursor is not None:
            given["cursor"] = place.cursor.encoded()
        if place.skip:
            given["skip"] = place.skip
        path = "/api/resumes/admin/candidates" if self._is_admin else "/api/resumes/candidates"
        return Asked(f"{path}?{urlencode(given, doseq=True)}", await self._recorded(read))

    async def _one(self, candidate_id: UUID) -> Asked:
        async def read(connection: Any) -> None:
            await detail.candidate(connection, self._principal, candidate_id)

        return Asked(f"/api/resumes/candidates/{candidate_id}", await self._recorded(read))

    async def _recorded(self, read: Read) -> Sequence[Statement]:
        recorder = Recorder(self._connection)
        await read(recorder)
        return recorder.statements


def _two_words(summary: str) -> str:
    words = [word for word in summary.replace(".", "").split() if len(word) > 3]
    return f"{words[0]} {words[-1]}"


def _narrow(row: asyncpg.Record) -> dict[str, Any]:
    location = row["location"].partition(",")[0]
    return {"skills": [row["top_skills"][0]], "location": location, "min_years": 1.0, "max_years": 20.0}
