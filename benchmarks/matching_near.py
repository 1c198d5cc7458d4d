"""The peers of finding whom a job is about: nearest neighbours by brute force, over the same vectors."""

import statistics
import time
from collections.abc import Sequence
from typing import Literal

import numpy as np
from matching_load import Connection
from msgspec import Struct

from hotgigs.embeddings import Vectors

BEST = 50
_LISTED = 100
"""The matcher's shortlists by default."""


class Near(Struct, frozen=True, kw_only=True):
    """Seconds are medians of one query a vector."""

    of: Literal["candidate", "job"]
    vectors: Vectors

    @staticmethod
    async def load(connection: Connection, of: Literal["candidate", "job"]) -> "Near":
        rows = await connection.fetch(f"SELECT vector FROM {of}_vectors")
        return Near(of=of, vectors=np.stack([row["vector"] for row in rows]))

    def numpy_s(self, queries: Sequence[Vectors]) -> float:
        """One product with a matrix of 32-bit floats, and the best of it."""
        taken = []
        for query in queries:
            began = time.perf_counter()
            cosines = self.vectors @ query
            best = np.argpartition(-cosines, min(BEST, len(cosines) - 1))[:BEST]
            best[np.argsort(-cosines[best])]
            taken.append(time.perf_counter() - began)
        return statistics.median(taken)

    async def exact_s(self, connection: Connection, queries: Sequence[Vectors]) -> float:
        """Without the vector index."""
        return await self._asked(
            connection,
            f"SELECT {self.of}_id FROM {self.of}_vectors ORDER BY vector <=> $1 LIMIT {BEST}",
            queries,
        )

    async def lists_s(self, connection: Connection, queries: Sequence[Vectors]) -> float:
        """As many candidates of each database as a shortlist has, by cosine alone."""
        return await self._asked(
            connection,
            "SELECT database_id, candidate_id FROM ("
            "  SELECT database_id, candidate_id,"
            "    row_number() OVER (PARTITION BY database_id ORDER BY vector <=> $1) AS place"
            "  FROM memberships JOIN candidate_vectors USING (candidate_id) WHERE NOT is_revoked) AS ranked"
            f" WHERE place <= {_LISTED}",
            queries,
        )

    async def _asked(self, connection: Connection, statement: str, queries: Sequence[Vectors]) -> float:
        taken = []
        async with connection.transaction():
            await connection.execute("SET LOCAL enable_indexscan = off")
            for query in queries:
                began = time.perf_counter()
                await connection.fetch(statement, query)
                taken.append(time.perf_counter() - began)
        return statistics.median(taken)
