"""How like a job candidates' work is, by meaning and by name: what the parts are computed from."""

import numpy as np
from msgspec import Struct

from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.features import PackedJob
from hotgigs.matcher.scoring.lookup import Found, Lookup, found_in, lookup_of
from hotgigs.matcher.scoring.quantised import cosines, joined, measured, unpacked
from hotgigs.matcher.scoring.segments import Floats, greatest


class Likeness(Struct, frozen=True, kw_only=True):
    """Of n candidates with j jobs in all to a posting of s sentences and t terms that ask for a skills. All
    but ``named`` and ``listed`` are cosines, -1 where there is nothing to compare."""

    lookup: Lookup
    title: Floats
    """(j,), of titles."""
    text: Floats
    """(j,), of the line or title that is most like all of the posting."""
    sentences: Floats
    """(j, s), of the line that is most like each sentence."""
    terms: Floats
    """(j, t), of the line or title that is most like each term."""
    items: Floats
    """(n, t), of the listed item that is most like each term, but never of two names that the vocabulary
    knows: it says whether one answers the other, and names that look alike often mean nothing alike."""
    degrees: Floats
    """(n,), of the degree that is most like the posting."""
    named: Found
    """(j, a), in the text of jobs."""
    listed: Found
    """(n, a), in lists."""


def likeness(job: PackedJob, batch: Batch) -> Likeness:
    j = len(batch.job_owner)
    lookup = lookup_of(job.terms)
    asked = measured(joined([job.text, job.sentences, job.term_vectors]))
    count = 1 + len(unpacked(job.sentences))
    of_lines = greatest(cosines(batch.lines, asked), batch.line_job, j, least=-1.0)
    of_jobs = np.maximum(of_lines, cosines(batch.titles, asked))
    return Likeness(
        lookup=lookup,
        title=cosines(batch.titles, measured(unpacked(job.title)))[:, 0],
        text=of_jobs[:, 0],
        sentences=of_jobs[:, 1:count],
        terms=of_jobs[:, count:],
        items=_of_items(job, batch),
        degrees=greatest(
            cosines(batch.degrees, measured(unpacked(job.text)))[:, 0],
            batch.degree_owner,
            batch.n,
            least=-1.0,
        ),
        named=found_in(lookup, batch.grams, batch.gram_job, j),
        listed=found_in(lookup, batch.item_keys, batch.key_owner, batch.n),
    )


def _of_items(job: PackedJob, batch: Batch) -> Floats:
    found = cosines(batch.items, measured(unpacked(job.term_vectors)))
    terms_known = np.array([term.is_known for term in job.terms], np.bool_)
    found[np.ix_(batch.items_known, terms_known)] = -1.0
    return greatest(found, batch.item_owner, batch.n, least=-1.0)
