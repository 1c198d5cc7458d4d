"""Parsing files of the local disk, several at once, each in a worker process."""

import asyncio
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType, Rejected, identify
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parsing import Parsing, open_parsing
from hotgigs.parser.settings import ParserSettings


async def parse_files(
    files: Sequence[Path], out_dir: Path, settings: ParserSettings, *, evidence: bool = False
) -> list[tuple[Path, str]]:
    """Writes ``out_dir``/<file name>.json for each file that can be parsed; returns the others, each
    with the reason."""
    async with open_parsing(settings) as parsing:
        at_once = asyncio.Semaphore(parsing.concurrency)

        async def one(file: Path) -> tuple[Path, str] | None:
            async with at_once:
                try:
                    data = await _parse(file, parsing)
                except (Unreadable, Rejected) as err:
                    return file, str(err)
                except OSError as err:
                    return file, err.strerror or "cannot be read"
                (out_dir / f"{file.name}.json").write_bytes(_as_json(file, data, evidence=evidence))
                return None

        results = await asyncio.gather(*map(one, files))
    return [result for result in results if result is not None]


async def _parse(file: Path, parsing: Parsing) -> ResumeData:
    content = await asyncio.to_thread(file.read_bytes)
    file_type = identify(BytesIO(content))
    if file_type is FileType.ZIP:
        raise Unreadable("The file is an archive; unpack it and name the resumes in it.")
    return await parsing.parse(content, file_type)


def _as_json(file: Path, data: ResumeData, *, evidence: bool) -> bytes:
    """The shape of the API. A file outside of the system has no resume id; its name stands for one."""
    if not evidence:
        data = msgspec.structs.replace(data, evidence=msgspec.UNSET)
    fields = {"resume_id": str(uuid5(NAMESPACE_URL, file.name))} | msgspec.to_builtins(data)
    return msgspec.json.format(msgspec.json.encode(fields), indent=2)
