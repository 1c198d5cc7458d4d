"""Many inputs in one child process, watched from outside: one that hangs, swells or dies is only one.

The child has the limits of a worker, so what dies here would have died there.
"""

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable, Iterator
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
from inputs import FORMATS
from msgspec import Struct

from hotgigs.chassis.worker_main import Refused
from hotgigs.filetypes import Rejected, identify
from hotgigs.parser.parse_request import ParseRequest
from hotgigs.parser.worker_job import parse

MIB = 2**20
TIME_LIMIT_S = 30.0
MEMORY_LIMIT_BYTES = 1024 * MIB
SENTENCE_MARKS = ("/", "\\", "Error", "Exception", "Traceback", "0x", "\n")
"""None of these is in a sentence for the uploader."""


class Outcome(Struct, kw_only=True):
    number: int
    kind: str
    """How the input was made."""
    outcome: str
    """``completed``, ``refused``, ``out_of_time``, ``out_of_memory``, ``died``, or where it crashed."""
    duration_s: float = 0.0
    peak_mib: int = 0

    @property
    def is_crash(self) -> bool:
        return self.outcome.startswith(("crash", "died", "bad answer", "at the door"))


Make = Callable[[int], tuple[str, bytes]]


def outcomes(name: str, make: Make, numbers: range) -> Iterator[Outcome]:
    """Of each input in order."""
    context = multiprocessing.get_context("fork")
    following = numbers.start
    while following < numbers.stop:
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_serve, args=(name, make, range(following, numbers.stop), sender))
        child.start()
        sender.close()
        kind = "not made"
        try:
            while following < numbers.stop:
                if not receiver.poll(TIME_LIMIT_S + 5):
                    child.kill()
                    yield Outcome(number=following, kind=kind, outcome="out_of_time", duration_s=TIME_LIMIT_S)
                    following += 1
                    break
                message = receiver.recv()
                if isinstance(message, str):
                    kind = message
                    continue
                yield message
                following += 1
        except EOFError:
            child.join()
            yield Outcome(number=following, kind=kind, outcome=f"died with {child.exitcode}")
            following += 1
        finally:
            child.kill()
            child.join()
            receiver.close()


def _serve(name: str, make: Make, numbers: range, sender: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in numbers:
        try:
            kind, content = make(number)
        except MemoryError:
            sender.send(Outcome(number=number, kind="not made", outcome="not made"))
            continue
        sender.send(kind)
        Path("/proc/self/clear_refs").write_text("5")
        before = time.perf_counter()
        outcome = tried(name, content)
        duration_s = time.perf_counter() - before
        sender.send(
            Outcome(number=number, kind=kind, outcome=outcome, duration_s=duration_s, peak_mib=_peak_mib())
        )


def _peak_mib() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def tried(name: str, content: bytes) -> str:
    """What becomes of one file in this process."""
    try:
        identify(BytesIO(content))
    except Rejected as err:
        if any(mark in str(err) for mark in SENTENCE_MARKS):
            return f"bad answer: {err}"
    except Exception as err:  # noqa: BLE001 - what is looked for
        return f"at the door: {_place(err)}"
    request = msgspec.msgpack.encode(ParseRequest(file_type=FORMATS[name].name, content=content))
    try:
        answer = parse(request, lambda _: None)
    except Refused as err:
        return f"bad answer: {err}" if any(mark in str(err) for mark in SENTENCE_MARKS) else "refused"
    except MemoryError:
        return "out_of_memory"
    except Exception as err:  # noqa: BLE001 - what is looked for
        return f"crash: {_place(err)}"
    return _checked(answer)


def _checked(answer: bytes) -> str:
    """Data must be storable: PostgreSQL takes no NUL, and no half of a pair of surrogates."""
    texts = list(_texts(msgspec.msgpack.decode(answer)))
    if any("\0" in text or "root:x:0" in text for text in texts):
        return "bad answer: NUL or a server's file"
    for text in texts:
        text.encode()
    return "completed"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _place(err: Exception) -> str:
    frames = traceback.extract_tb(err.__traceback__)
    own = [frame for frame in frames if "hotgigs" in frame.filename]
    last = (own or frames)[-1]
    return f"{type(err).__qualname__} at {Path(last.filename).name}:{last.lineno} ({str(err)[:60]!r})"
