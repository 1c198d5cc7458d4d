"""The steps of parsing, as users see them; each is reported when it really begins."""

from collections.abc import Callable
from enum import Enum


class Step(Enum):
    """``percentage`` is how much of the work is done when the step begins."""

    OPEN = (5, "Opening the file")
    READ_PAGES = (15, "Reading the pages")
    READ_SCAN = (20, "Reading the scanned pages")
    FIND_SECTIONS = (55, "Finding the sections")
    READ_SECTIONS = (65, "Reading experience, education and skills")
    SUMMARISE = (90, "Writing the summary")

    @property
    def percentage(self) -> int:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]


OnStep = Callable[[Step], None]


def ignore_step(step: Step) -> None:
    """The `OnStep` for callers who do not show progress."""
