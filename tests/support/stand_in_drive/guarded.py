"""A test edits what the server's thread reads: each method of one part runs alone."""

import functools
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

Part = TypeVar("Part", bound="Guarded")
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Guarded:
    def __init__(self, lock: threading.RLock) -> None:
        self.lock = lock


def guarded(method: Callable[Concatenate[Part, Given], Result]) -> Callable[Concatenate[Part, Given], Result]:
    @functools.wraps(method)
    def alone(part: Part, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        with part.lock:
            return method(part, *args, **kwargs)

    return alone
