"""A command that is not carried out, by a decision and not by a failure."""

from typing import Literal


class Refused(Exception):
    """``detail`` is for who asked, and says nothing of what they may not know."""

    def __init__(self, code: Literal["not_found", "forbidden", "conflict"], detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
