"""One job against candidates, and one candidate against jobs: the same numbers from both sides."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.contracts.match_state import Cap, Nearness
from hotgigs.matcher.scoring.batch import Batch, batch_of
from hotgigs.matcher.scoring.calibration import STANDARD, Calibration
from hotgigs.matcher.scoring.career import Career, career
from hotgigs.matcher.scoring.education import LEVELS, education_scores
from hotgigs.matcher.scoring.evidence import evidence_of
from hotgigs.matcher.scoring.experience import Experience, experience_score
from hotgigs.matcher.scoring.features import PackedCandidate, PackedJob
from hotgigs.matcher.scoring.likeness import Likeness, likeness
from hotgigs.matcher.scoring.location import fit_many
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring.segments import Floats, ramp
from hotgigs.matcher.scoring.seniority import seniority_of
from hotgigs.matcher.scoring.skill import Skills, skill_score
from hotgigs.matcher.scoring.totals import caps_of, total_of

CHUNK = 500
"""Candidates that are scored at once: bounds the memory to some 100 MiB."""


class Scores(Protocol):
    @property
    def totals(self) -> Floats:
        """(n,), 0 to 100 with one decimal, in the order given."""

    def scored(self, number: int) -> Scored:
        """All that was found of one pair; raises IndexError for a number that is none."""


def score_candidates(
    job: bytes,
    candidates: Sequence[bytes],
    *,
    weights: MatchWeights,
    today: date,
    calibration: Calibration = STANDARD,
) -> Scores:
    """``job`` and ``candidates`` are packed features. Raises msgspec.DecodeError for what is not."""
    posting = _JOB.decode(job)
    chunks = []
    for start in range(0, len(candidates), CHUNK):
        batch = batch_of([_CANDIDATE.decode(each) for each in candidates[start : start + CHUNK]], today=today)
        chunks.append(_Chunk.of(posting, batch, weights, calibration))
    return _Scores(chunks=tuple(chunks))


def score_jobs(
    candidate: bytes,
    jobs: Sequence[bytes],
    *,
    weights: Sequence[MatchWeights],
    today: date,
    calibration: Calibration = STANDARD,
) -> Scores:
    """As `score_candidates`; ``weights`` are of each job."""
    batch = batch_of([_CANDIDATE.decode(candidate)], today=today)
    return _Scores(
        chunks=tuple(
            _Chunk.of(_JOB.decode(job), batch, each, calibration)
            for job, each in zip(jobs, weights, strict=True)
        )
    )


class _Chunk(Struct, frozen=True, kw_only=True):
    job: PackedJob
    batch: Batch
    found: Likeness
    career: Career
    skills: Skills
    experience: Experience
    education: Floats
    location: Floats
    nearness: Sequence[Nearness]
    caps: Sequence[tuple[Cap, ...]]
    totals: Floats

    @staticmethod
    def of(job: PackedJob, batch: Batch, weights: MatchWeights, calibration: Calibration) -> "_Chunk":
        found = likeness(job, batch)
        worked = career(found, batch, calibration)
        skills = skill_score(found, worked, batch, _required(job, found), calibration)
        experience = experience_score(job, worked, batch, calibration)
        education = _education(job, found, batch, calibration)
        fits = fit_many(job.place, batch.places)
        places = [fits.at(number) for number in range(batch.n)]
        caps = caps_of(
            skills=skills,
            career=worked,
            found=found,
            batch=batch,
            experience=experience,
            places=[place.cap for place in places],
            job=job,
            calibration=calibration,
        )
        return _Chunk(
            job=job,
            batch=batch,
            found=found,
            career=worked,
            skills=skills,
            experience=experience,
            education=education,
            location=fits.scores,
            nearness=[place.nearness for place in places],
            caps=caps,
            totals=total_of(
                skill=skills.score,
                experience=experience.score,
                education=education,
                location=fits.scores,
                weights=weights,
                caps=caps,
                calibration=calibration,
            ),
        )

    def scored(self, number: int) -> Scored:
        met, missing = evidence_of(number, self.job.terms, self.found, self.skills, self.batch)
        jobs = np.flatnonzero(self.batch.job_owner == number)
        best = None
        if len(jobs):
            like = self.career.likeness[jobs] * self.career.recency[jobs]
            best = self.batch.candidates[number].indexes[int(like.argmax())]
        return Scored(
            score=float(self.totals[number]),
            skill_score=_one_decimal(self.skills.score[number]),
            experience_score=_one_decimal(self.experience.score[number]),
            education_score=_one_decimal(self.education[number]),
            location_score=_one_decimal(self.location[number]),
            met=met,
            missing=missing,
            relevant_years=_one_decimal(self.experience.relevant_years[number]),
            best_experience=best,
            seniority=seniority_of(float(self.experience.gap[number])),
            education_held=self.batch.candidates[number].education,
            nearness=self.nearness[number],
            caps=self.caps[number],
        )


class _Scores(Struct, frozen=True, kw_only=True):
    chunks: tuple[_Chunk, ...]

    @property
    def totals(self) -> Floats:
        return np.concatenate([np.empty(0), *(chunk.totals for chunk in self.chunks)])

    def scored(self, number: int) -> Scored:
        if number < 0:
            raise IndexError(number)
        for chunk in self.chunks:
            if number < chunk.batch.n:
                return chunk.scored(number)
            number -= chunk.batch.n
        raise IndexError(number)


def _required(job: PackedJob, found: Likeness) -> NDArray[np.bool_]:
    """Of asks."""
    of_terms = np.array([term.is_required for term in job.terms], np.bool_)
    return of_terms[found.lookup.term_of]


def _education(job: PackedJob, found: Likeness, batch: Batch, calibration: Calibration) -> Floats:
    required = np.array(LEVELS.index(job.education))
    return education_scores(required, batch.education, ramp(found.degrees, *calibration.field))


def _one_decimal(value: float) -> float:
    return round(float(value), 1)


_JOB = msgspec.msgpack.Decoder(PackedJob)
_CANDIDATE = msgspec.msgpack.Decoder(PackedCandidate)
