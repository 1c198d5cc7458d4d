"""The worths that scoring goes by. They were fitted to graded practice data of many professions
(``benchmarks``), within bounds that keep what each says true."""

from msgspec import Struct


class Calibration(Struct, frozen=True, kw_only=True):
    """Pairs are cosines from which on something counts, and counts in full."""

    # Likeness of one job to the posting: shares of its title, and of its line that is most like the whole
    # posting; the rest is its lines to the sentences.
    title_share: float = 0.13
    text_share: float = 0.44
    title: tuple[float, float] = (0.4, 0.8)
    title_alone: tuple[float, float] = (0.4, 0.8)
    text: tuple[float, float] = (0.08, 0.48)
    sentence: tuple[float, float] = (0.12, 0.49)
    half_life_years: float = 5.5
    """After which what was done counts half."""
    average_share: float = 0.62
    """Of the average of all jobs, against the best one, in a career's likeness."""

    # Skills.
    meaning: tuple[float, float] = (0.17, 0.4)
    """Of a term to a line of a job."""
    meaning_worth: float = 0.99
    unlike_discount: float = 0.36
    """Of evidence in a job that is nothing like the posting."""
    old_discount: float = 0.29
    """Of evidence that is long ago."""
    listed_meaning: tuple[float, float] = (0.45, 0.57)
    listed: float = 0.18
    """What a listed skill is worth without work that is like the posting."""
    listed_like: float = 0.38
    """And that much more with it."""
    presumed: float = 0.19
    """Of any skill of the posting, for work that is like it."""
    duties_share: float = 0.56
    """Of what the description says, against the terms, in the skill part."""
    duty: tuple[float, float] = (0.2, 0.6)
    duties_unlike_discount: float = 0.39
    preferred_share: float = 0.13
    stretch: float = 0.74
    """The skill part's sum that is worth 100."""
    met: float = 0.3
    """From which worth on a term counts as met, where it is met by name."""
    proven: float = 0.8
    """From which worth on it is met in full."""
    held_back: float = 0.3
    """Of the skill part, where nothing that is required is met at all."""

    # Experience.
    relevant: tuple[float, float] = (0.35, 0.55)
    """A job's likeness from which on its years are relevant ones."""
    grace_years: float = 0.9
    relevant_share: float = 0.8
    """Of the years asked for that must be relevant ones."""
    over_year: float = 0.22
    """Lost for each year above the most that is asked for."""
    likeness_share: float = 0.15
    """Of the career's likeness, against the years, in the experience part."""
    below_step: float = 0.14
    """Lost for each step below the job."""
    above_step: float = 0.045
    """Lost for each step above it."""
    likeness_full: float = 0.75
    """The career's likeness that counts in full."""

    # What caps leave of a total.
    out_of_reach: float = 0.82
    abroad: float = 0.6
    must_have_missing: float = 0.85
    other_profession: float = 0.65
    other_profession_below: float = 0.2
    """The career's likeness."""
    too_junior: float = 0.85

    # Education.
    field: tuple[float, float] = (0.16, 0.48)
    """Of a degree to the posting."""


STANDARD = Calibration()
