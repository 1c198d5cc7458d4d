"""Processes of a benchmark's own: a part of the system, or a role that is told what to do.

A role reads commands from its standard input and writes one answer for each to its standard output,
as lines of JSON.
"""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import msgspec

HOTGIGS = Path(sys.executable).with_name("hotgigs")
BENCHMARKS = Path(__file__).resolve().parent
IMPORTS = {"PYTHONPATH": str(BENCHMARKS)}
"""The setting by which a script in a folder of this one finds the modules here."""
ANSWER_WITHIN_S = 90.0
_MAX_ANSWER_BYTES = 2**25


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's own, with no other settings of the system's than these."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("HOTGIGS_")}
    return own | dict(settings)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Role:
    """One running role; open with `role`."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self._name = name
        self._process = process

    async def ask(self, do: str, **fields: object) -> dict[str, Any]:
        await self.tell(do, **fields)
        return await self.answer()

    async def tell(self, do: str, **fields: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode({"do": do, **fields}) + b"\n")
        await self._process.stdin.drain()

    async def answer(self) -> dict[str, Any]:
        """Raises RuntimeError where the role ended, TimeoutError where it does not answer."""
        assert self._process.stdout is not None
        async with asyncio.timeout(ANSWER_WITHIN_S):
            line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended")
        answer: dict[str, Any] = msgspec.json.decode(line)
        return answer


@asynccontextmanager
async def role(module: str, *arguments: str, settings: Mapping[str, str], log: Path) -> AsyncIterator[Role]:
    """Runs ``roles/module.py``; it ends with the block."""
    with log.open("ab") as log_file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(BENCHMARKS / "roles" / f"{module}.py"),
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log_file,
            env=environment(settings) | IMPORTS,
            limit=_MAX_ANSWER_BYTES,
        )
    try:
        running = Role(f"{module} {' '.join(arguments)}", process)
        await running.answer()  # it says when it is ready
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
