"""Which terms of a job are met by name: in the texts of jobs, and in lists."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.matcher.scoring.features import PackedAnswer, PackedTerm
from hotgigs.matcher.scoring.segments import Floats, Indexes

NONE = -1


class Lookup(Struct, frozen=True, kw_only=True):
    """The hashes of all that answers a job's terms, sorted. An *ask* is one skill that a term asks for:
    ``term_of`` (asks,) says whose it is, and ``answers`` are those of all asks, one after the other. A hash
    may answer several asks: hash h those of ``ask``, ``answer`` and ``worth`` from ``starts[h]`` to
    ``starts[h + 1]``."""

    term_of: Indexes
    answers: Sequence[PackedAnswer]
    hashes: NDArray[np.uint64]
    starts: Indexes
    ask: Indexes
    answer: Indexes
    worth: Floats


class Found(Struct, frozen=True, kw_only=True):
    """(rows, asks): what the best answer is worth, 0 for none, and which it is, `NONE` for none."""

    worth: Floats
    answer: Indexes


def lookup_of(terms: Sequence[PackedTerm]) -> Lookup:
    term_of: list[int] = []
    answers: list[PackedAnswer] = []
    entries: list[tuple[int, int, int, float]] = []
    for number, term in enumerate(terms):
        for answers_of_one in term.answers:
            for each in answers_of_one:
                hashes = np.frombuffer(each.hashes, np.uint64).tolist()
                entries += [(hash_, len(term_of), len(answers), each.worth) for hash_ in hashes]
                answers.append(each)
            term_of.append(number)
    entries.sort()
    hashes, starts = np.unique(np.array([entry[0] for entry in entries], np.uint64), return_index=True)
    return Lookup(
        term_of=np.array(term_of, np.intp),
        answers=answers,
        hashes=hashes,
        starts=np.append(starts, len(entries)).astype(np.intp),
        ask=np.array([entry[1] for entry in entries], np.intp),
        answer=np.array([entry[2] for entry in entries], np.intp),
        worth=np.array([entry[3] for entry in entries], np.float64),
    )


def found_in(lookup: Lookup, hashes: NDArray[np.uint64], row: Indexes, rows: int) -> Found:
    """``row`` says whose each of ``hashes`` is."""
    asks = len(lookup.term_of)
    worth, answer = np.zeros((rows, asks)), np.full((rows, asks), NONE, np.intp)
    if not len(hashes) or not len(lookup.hashes):
        return Found(worth=worth, answer=answer)
    place = np.minimum(np.searchsorted(lookup.hashes, hashes), len(lookup.hashes) - 1)
    hit = np.flatnonzero(lookup.hashes[place] == hashes)
    place, row = place[hit], row[hit]
    counts = lookup.starts[place + 1] - lookup.starts[place]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    entry = np.repeat(lookup.starts[place], counts) + within
    cell = np.repeat(row, counts) * asks + lookup.ask[entry]
    # The best of each cell last; of equals the one that is named first.
    order = np.lexsort((-lookup.answer[entry], lookup.worth[entry], cell))
    last = np.append(np.flatnonzero(np.diff(cell[order])), len(order) - 1) if len(order) else order
    best = order[last]
    worth.reshape(-1)[cell[best]] = lookup.worth[entry[best]]
    answer.reshape(-1)[cell[best]] = lookup.answer[entry[best]]
    return Found(worth=worth, answer=answer)
