"""Many candidates side by side, as arrays."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.matcher.scoring.education import LEVELS
from hotgigs.matcher.scoring.features import PackedCandidate
from hotgigs.matcher.scoring.location import CandidatePlaces
from hotgigs.matcher.scoring.periods import ONGOING, this_month
from hotgigs.matcher.scoring.quantised import Bytes, Measured, joined, measured
from hotgigs.matcher.scoring.segments import Floats, Indexes, numbered, summed
from hotgigs.matcher.scoring.seniority import held_step


class Batch(Struct, frozen=True, kw_only=True):
    """n candidates with j jobs in all. ``job_owner`` (j,) is whose a job is; ``line_job`` and ``gram_job``
    which job a line, and a hash, is of. Years and steps as floats."""

    candidates: Sequence[PackedCandidate]
    job_owner: Indexes
    titles: Measured
    years: Floats
    """(j,), how long each job lasted."""
    years_ago: Floats
    """(j,), since it ended."""
    lines: Measured
    line_job: Indexes
    items: Measured
    item_owner: Indexes
    items_known: NDArray[np.bool_]
    degrees: Measured
    degree_owner: Indexes
    grams: NDArray[np.uint64]
    gram_job: Indexes
    item_keys: NDArray[np.uint64]
    key_owner: Indexes
    total_years: Floats
    step: Floats
    education: Indexes
    places: CandidatePlaces

    @property
    def n(self) -> int:
        return len(self.candidates)


def batch_of(candidates: Sequence[PackedCandidate], *, today: date) -> Batch:
    now = this_month(today)
    counts = [len(each.starts) for each in candidates]
    job_owner = numbered(counts)
    first_job = np.concatenate(([0], np.cumsum(counts)))[:-1]
    starts = np.array([month for each in candidates for month in each.starts], np.float64)
    printed_ends = [month for each in candidates for month in each.ends]
    ends = np.array([now if month == ONGOING else min(month, now) for month in printed_ends], np.float64)
    years = np.maximum(ends - starts, 0.0) / 12
    worked = summed(years, job_owner, len(candidates))
    stated = np.array([each.total_years for each in candidates], np.float64)
    total_years = np.where(stated > 0, stated, worked)
    lines, line_job = _of_jobs([(each.lines, each.line_of) for each in candidates], first_job)
    grams = np.frombuffer(b"".join(each.grams for each in candidates), np.uint64)
    items = joined([each.items for each in candidates])
    degrees = joined([each.degrees for each in candidates])
    return Batch(
        candidates=candidates,
        job_owner=job_owner,
        titles=measured(joined([each.titles for each in candidates])),
        years=years,
        years_ago=np.maximum(now - ends, 0.0) / 12,
        lines=measured(lines),
        line_job=line_job,
        items=measured(items),
        item_owner=_owners([len(each.items) for each in candidates], items.shape[1]),
        items_known=np.frombuffer(b"".join(each.items_known for each in candidates), np.bool_),
        degrees=measured(degrees),
        degree_owner=_owners([len(each.degrees) for each in candidates], degrees.shape[1]),
        grams=grams,
        gram_job=_shifted([each.gram_of for each in candidates], first_job),
        item_keys=np.frombuffer(b"".join(each.item_keys for each in candidates), np.uint64),
        key_owner=_owners([len(each.item_keys) for each in candidates], 8),
        total_years=total_years,
        step=np.array(
            [
                held_step(each.title, years=years_of, leads=each.leads)
                for each, years_of in zip(candidates, total_years.tolist(), strict=True)
            ],
            np.float64,
        ),
        education=np.array([LEVELS.index(each.education) for each in candidates], np.intp),
        places=CandidatePlaces.of([each.place for each in candidates]),
    )


def _of_jobs(parts: Sequence[tuple[bytes, bytes]], first_job: Indexes) -> tuple[Bytes, Indexes]:
    return joined([rows for rows, _ in parts]), _shifted([of for _, of in parts], first_job)


def _shifted(parts: Sequence[bytes], first_job: Indexes) -> Indexes:
    """Numbers of jobs within each candidate to numbers of jobs of all."""
    numbers = np.frombuffer(b"".join(parts), np.uint8).astype(np.intp)
    return numbers + np.repeat(first_job, [len(part) for part in parts]).astype(np.intp)


def _owners(sizes: list[int], row_bytes: int) -> Indexes:
    return numbered([size // row_bytes for size in sizes])
