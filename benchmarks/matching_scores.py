"""A corpus's rankings by the matcher's own scoring, whole and without one of its parts or mechanisms."""

from collections.abc import Mapping
from datetime import date

import msgspec
from matching_corpus import Corpus
from matching_peers import Embed, Rankings, ranked
from msgspec import Struct
from msgspec.structs import replace

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.matcher.scoring.calibration import STANDARD, Calibration
from hotgigs.matcher.scoring.features import PackedJob, candidate_features, job_features
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring.scorer import score_candidates

PARTS = MatchWeights.__struct_fields__
_NEVER = (2.0, 3.0)
"""Cosines that there are not."""
_CAPS = ("out_of_reach", "abroad", "must_have_missing", "other_profession", "too_junior")
MECHANISMS: Mapping[str, Calibration] = {
    "meaning of skills": replace(STANDARD, meaning_worth=0.0, listed_meaning=_NEVER),
    "what the description says": replace(STANDARD, duties_share=0.0),
    "evidence over bare lists": replace(STANDARD, listed=1.0, listed_like=0.0, unlike_discount=0.0),
    "recent over old": replace(STANDARD, half_life_years=1e6, old_discount=0.0),
    "seniority": replace(STANDARD, below_step=0.0, above_step=0.0, over_year=0.0),
    "caps": replace(STANDARD, **dict.fromkeys(_CAPS, 1.0)),
}
"""What is worth what without one of them."""


class Packed(Struct, frozen=True):
    """By id, as the scorer reads them."""

    candidates: Mapping[str, bytes]
    jobs: Mapping[str, bytes]


def packed(corpus: Corpus, embed: Embed) -> Packed:
    return Packed(
        {key: candidate_features(each, embed).packed for key, each in corpus.candidates.items()},
        {key: job_features(each, embed).packed for key, each in corpus.jobs.items()},
    )


def ablated(packed: Packed, today: date) -> dict[str, Rankings]:
    """By what is left out."""
    parts = {f"without {part}": rankings(packed, today, weights=_without(part)) for part in PARTS}
    alone = {f"{part} alone": rankings(packed, today, weights=_alone(part)) for part in PARTS}
    mechanisms = {
        f"without {name}": rankings(packed, today, calibration=each) for name, each in MECHANISMS.items()
    }
    flat = Packed(packed.candidates, {key: _without_kinds(job) for key, job in packed.jobs.items()})
    return parts | alone | mechanisms | {"without kinds of skills": rankings(flat, today)}


def rankings(
    packed: Packed, today: date, *, weights: MatchWeights | None = None, calibration: Calibration = STANDARD
) -> Rankings:
    ids, people = list(packed.candidates), list(packed.candidates.values())
    found = {}
    for job, posting in packed.jobs.items():
        scores = score_candidates(
            posting, people, weights=weights or MatchWeights(), today=today, calibration=calibration
        )
        found[job] = ranked(dict(zip(ids, map(float, scores.totals), strict=True)))
    return found


def explained(packed: Packed, job: str, today: date) -> list[tuple[str, Scored]]:
    """All candidates of one job with what their score is made of, the best first."""
    ids, people = list(packed.candidates), list(packed.candidates.values())
    scores = score_candidates(packed.jobs[job], people, weights=MatchWeights(), today=today)
    found = {key: scores.scored(index) for index, key in enumerate(ids)}
    return [(key, found[key]) for key in ranked({key: each.score for key, each in found.items()})]


def _without(part: str) -> MatchWeights:
    left = msgspec.structs.asdict(MatchWeights()) | {part: 0.0}
    return MatchWeights(**{name: weight / sum(left.values()) for name, weight in left.items()})


def _alone(part: str) -> MatchWeights:
    return MatchWeights(**{name: float(name == part) for name in PARTS})


def _without_kinds(job: bytes) -> bytes:
    """With no skill answering for another."""
    posting = msgspec.msgpack.decode(job, type=PackedJob)
    terms = tuple(
        replace(
            term,
            answers=tuple(tuple(one for one in answers if not one.is_kind) for answers in term.answers),
        )
        for term in posting.terms
    )
    return msgspec.msgpack.encode(replace(posting, terms=terms))
