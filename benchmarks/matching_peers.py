"""Rankings that need no more than a library: BM25, one vector for a whole text, and counting skills."""

from collections.abc import Callable, Mapping, Sequence

import bm25s
from matching_corpus import Corpus

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting
from hotgigs.embeddings import Vectors
from hotgigs.skills.mentions import Prose, names_of

Rankings = Mapping[str, Sequence[str]]
"""Candidates by job, the best first."""
Embed = Callable[[Sequence[str]], Vectors]


def peer_rankings(corpus: Corpus, embed: Embed) -> dict[str, Rankings]:
    return {
        "BM25": bm25(corpus),
        "MiniLM cosine": cosine(corpus, embed),
        "required-skill overlap": skill_overlap(corpus),
    }


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Equals by id, as the API's lists."""
    return sorted(scores, key=lambda candidate: (-scores[candidate], candidate))


def bm25(corpus: Corpus) -> Rankings:
    """As Lucene counts it, of whole texts without English stop words."""
    ids = list(corpus.candidates)
    index = bm25s.BM25()
    index.index(_words([profile_text(each) for each in corpus.candidates.values()]), show_progress=False)
    return {
        job: ranked(dict(zip(ids, map(float, index.get_scores(words)), strict=True)))
        for job, words in zip(
            corpus.jobs, _words([posting_text(each) for each in corpus.jobs.values()]), strict=True
        )
    }


def cosine(corpus: Corpus, embed: Embed) -> Rankings:
    """Of whole texts, of which the model sees the first 256 tokens."""
    ids = list(corpus.candidates)
    people = embed([profile_text(each) for each in corpus.candidates.values()])
    jobs = embed([posting_text(each) for each in corpus.jobs.values()])
    return {
        job: ranked(dict(zip(ids, map(float, people @ vector), strict=True)))
        for job, vector in zip(corpus.jobs, jobs, strict=True)
    }


def skill_overlap(corpus: Corpus) -> Rankings:
    """How many of the required skills the text names, under any of their names; where none are required,
    how many of the preferred ones."""
    texts = {candidate: Prose(profile_text(profile)) for candidate, profile in corpus.candidates.items()}
    return {
        job: ranked(
            {
                candidate: sum(bool(text.mentions(names)) for names in asked)
                for candidate, text in texts.items()
            }
        )
        for job, posting in corpus.jobs.items()
        for asked in [list(map(names_of, posting.required_skills or posting.preferred_skills))]
    }


def profile_text(profile: CandidateProfile) -> str:
    """All that the resume says of work and learning; neither the name nor how to reach the person."""
    jobs = [
        "\n".join(filter(None, (job.title, job.company, job.location, job.description, *job.achievements)))
        for job in profile.experience
    ]
    degrees = [" ".join(filter(None, (each.degree, each.institution))) for each in profile.education]
    skills = ", ".join(skill.name for skill in profile.skills)
    certificates = [each.name for each in profile.certifications]
    parts = (profile.title, profile.location, profile.summary, *jobs, *degrees, skills, *certificates)
    return "\n".join(filter(None, parts))


def posting_text(posting: JobPosting) -> str:
    skills = ", ".join((*posting.required_skills, *posting.preferred_skills))
    return "\n".join(filter(None, (posting.title, posting.location, posting.description, skills)))


def _words(texts: Sequence[str]) -> list[list[str]]:
    words: list[list[str]] = bm25s.tokenize(list(texts), return_ids=False, show_progress=False)
    return words
