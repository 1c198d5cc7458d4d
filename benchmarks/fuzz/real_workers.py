"""Inputs through the real pool of workers, with its limits, each followed by an honest document."""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from inputs import FORMATS
from one_process import SENTENCE_MARKS, Outcome

from hotgigs.filetypes import FileType
from hotgigs.parser.parsing import ParseFailed, Parsing, open_parsing
from hotgigs.parser.settings import ParserSettings

_HONEST = rb"{\rtf1\ansi Ada Example\par ada@mail.example\par}"
SOON_S = 5.0
"""Within which the next document is parsed, the start of another worker included."""


async def attack(name: str, attacks: Mapping[str, Callable[[], bytes]]) -> list[Outcome]:
    settings = ParserSettings(parser_workers=1)
    found = []
    async with open_parsing(settings) as parsing:
        await parsing.start()
        for number, (kind, make) in enumerate(attacks.items()):
            content = make()
            outcome = await _outcome(parsing, content, FORMATS[name])
            outcome.number, outcome.kind = number, f"{kind} ({len(content) / 2**20:.1f} MiB)"
            before = time.perf_counter()
            data = await parsing.parse(_HONEST, FileType.RTF)
            back_s = time.perf_counter() - before
            if data.email != "ada@mail.example" or back_s > SOON_S:
                outcome.outcome = f"bad answer: the next document took {back_s:.1f} s"
            found.append(outcome)
            figures = f"{outcome.duration_s:6.2f} s {outcome.peak_mib:5} MiB"
            print(f"  {outcome.kind:45} {outcome.outcome:25} {figures}", flush=True)
    return found


async def _outcome(parsing: Parsing, content: bytes, file_type: FileType) -> Outcome:
    outcome = Outcome(number=0, kind="", outcome="completed")
    before = time.perf_counter()
    try:
        await parsing.parse(content, file_type)
    except ParseFailed as err:
        outcome.outcome = err.outcome if err.outcome != "failed" else f"crash: {err.detail}"
        if any(mark in str(err) for mark in SENTENCE_MARKS):
            outcome.outcome = f"bad answer: {err}"
    outcome.duration_s = time.perf_counter() - before
    outcome.peak_mib = _peak_mib_of_children()
    return outcome


def _peak_mib_of_children() -> int:
    """The largest since each was started; 0 where the worker is gone."""
    peaks = [0]
    for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
        status = Path(f"/proc/{child}/status").read_text()
        peaks.append(int(status.partition("VmHWM:")[2].split()[0] or 0) // 1024)
    return max(peaks)
