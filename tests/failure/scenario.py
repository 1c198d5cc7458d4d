"""Uploads that go on while something dies, and the reckoning afterwards."""

from collections.abc import Callable

from failure.reckoning import Reckoning
from failure.resumes import resumes
from failure.system import System
from failure.taps import Tap
from failure.uploading import Uploading, uploading

UPLOADS = 200


class Scenario:
    """A system that is served, and its bus tapped; ``report`` is given the counts in the end."""

    def __init__(self, system: System, tap: Tap, *, report: Callable[[dict[str, object]], None]) -> None:
        self.system = system
        self.tap = tap
        self.report = report

    def check_while(self, disturb: Callable[[Uploading], None], *, count: int = UPLOADS) -> None:
        """``count`` uploads, ``disturb`` meanwhile. Raises AssertionError where one has not ended once."""
        people = resumes(count)
        with uploading(self.system.url, self.system.token(), people) as uploads:
            disturb(uploads)
            uploads.wait_until_accepted()
        reckoning = Reckoning(self.system, self.tap, people, uploads)
        try:
            reckoning.check()
        finally:
            self.report(reckoning.row)


MakeScenario = Callable[..., Scenario]
"""Of the fixtures that serve a system."""
