"""The inside of a worker process; `hotgigs.chassis.workers` is the outside.

    python -m hotgigs.chassis.worker_main MODULE:FUNCTION MEMORY_LIMIT_BYTES

Frames on standard input and output are a 4-byte big-endian length and that many bytes. For each frame
in, FUNCTION is called with its bytes and a function to report progress with. Frames out begin with
one byte: ``.`` ready, ``t`` took the job, ``p`` progress, ``r`` result, ``e`` refused (a `Refused`, its
message follows), ``m`` out of memory, ``x`` any other exception (its type follows, and where it was raised).
"""

import ctypes
import importlib
import os
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO

_PR_SET_PDEATHSIG = 1
"""prctl(2)."""

Report = Callable[[bytes], None]
Job = Callable[[bytes, Report], bytes]


class Refused(Exception):
    """What the job cannot do, in words for the person who asked; raised by a job's function."""


def main() -> None:
    job_name, memory_limit = sys.argv[1], int(sys.argv[2])
    # Ctrl-C goes to the whole process group; the parent decides when workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    # What a library prints must not fall between the frames.
    frames_out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    module, _, function = job_name.partition(":")
    job: Job = getattr(importlib.import_module(module), function)
    _limit_memory(memory_limit)
    _serve(job, sys.stdin.buffer, frames_out)


def _end_with_parent() -> None:
    """A parent that is killed takes its workers along, even one in the middle of a job."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(limit_bytes: int) -> None:
    """Private writable memory, so that mapped libraries do not count (Linux 4.7 and later)."""
    resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes, limit_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(job: Job, frames_in: BinaryIO, frames_out: BinaryIO) -> None:
    def send(kind: bytes, content: bytes = b"") -> None:
        frames_out.write(struct.pack(">I", len(content) + 1) + kind + content)

    send(b".")
    while request := _read_frame(frames_in):
        send(b"t")
        try:
            result = job(request, lambda progress: send(b"p", progress))
        except Refused as err:
            send(b"e", str(err).encode())
        except MemoryError:
            send(b"m")
        except Exception as err:  # noqa: BLE001 - whatever a document does to a library ends here
            frame = traceback.extract_tb(err.__traceback__)[-1]
            place = f"{type(err).__module__}.{type(err).__qualname__} at {frame.filename}:{frame.lineno}"
            send(b"x", place.encode())
        else:
            send(b"r", result)


def _read_frame(frames_in: BinaryIO) -> bytes:
    header = frames_in.read(4)
    if len(header) < 4:
        return b""
    return frames_in.read(int(struct.unpack(">I", header)[0]))


if __name__ == "__main__":
    # Under its own name, so that the `Refused` caught here is the one that jobs raise.
    from hotgigs.chassis import worker_main

    worker_main.main()
