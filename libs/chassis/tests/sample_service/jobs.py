"""What a worker process is asked to do in tests: the request names one of these functions."""

import os
import signal
import subprocess
import sys
import time

from hotgigs.chassis.worker_main import Refused, Report


def run(request: bytes, report: Report) -> bytes:
    name, _, argument = request.partition(b" ")
    return _JOBS[name.decode()](argument, report)


run_counted = run
"""Under a name that no other test uses."""


def _echo(argument: bytes, _: Report) -> bytes:
    return argument


def _refuse(argument: bytes, _: Report) -> bytes:
    raise Refused(argument.decode())


def _raise(argument: bytes, _: Report) -> bytes:
    raise LookupError(argument.decode())


def _forever(_: bytes, report: Report) -> bytes:
    report(str(os.getpid()).encode())
    while True:
        time.sleep(1)


def _allocate(mebibytes: bytes, _: Report) -> bytes:
    return str(len(bytearray(int(mebibytes) * 1024 * 1024))).encode()


def _die(_: bytes, __: Report) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def _print(argument: bytes, _: Report) -> bytes:
    print("from Python, to standard output", flush=True)
    sys.stdout.flush()
    os.write(1, b"from C, to standard output\n")
    subprocess.run(["echo", "from a child, to standard output"], check=True)
    return argument


def _count(upto: bytes, report: Report) -> bytes:
    for n in range(int(upto)):
        report(str(n).encode())
    return b"counted"


def _environment(_: bytes, __: Report) -> bytes:
    return "\n".join(sorted(os.environ)).encode()


def _pid(_: bytes, __: Report) -> bytes:
    return str(os.getpid()).encode()


_JOBS = {
    "echo": _echo,
    "refuse": _refuse,
    "raise": _raise,
    "forever": _forever,
    "allocate": _allocate,
    "die": _die,
    "print": _print,
    "count": _count,
    "environment": _environment,
    "pid": _pid,
}
