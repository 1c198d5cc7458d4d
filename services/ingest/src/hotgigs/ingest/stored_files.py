"""The files of resumes in the object store. Their keys begin with ``resumes/`` and the resume's id."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import obstore
from obstore.store import LocalStore, ObjectStore

from hotgigs.chassis.blobs import STORE_FAILED
from hotgigs.chassis.errors import DependencyDown, Transient

FOLDER = "resumes"


class FileNotDeleted(Transient):
    """The object store answers, but does not let one file be deleted."""


async def delete_files(blobs: ObjectStore, resume_ids: Collection[UUID], keys: Iterable[str] = ()) -> None:
    """All files of the resumes, also those that no resume names, and those of ``keys``.

    Of a local folder also what was never written to its end; elsewhere that is for a rule of the store
    to delete. Raises DependencyDown, or FileNotDeleted.
    """
    try:
        for key in keys:
            await _delete(blobs, key)
        for resume_id in resume_ids:
            async for key in _keys_under(blobs, f"{FOLDER}/{resume_id}"):
                await _delete(blobs, key)
        if isinstance(blobs, LocalStore) and blobs.prefix is not None:
            await asyncio.to_thread(_delete_from, Path(blobs.prefix) / FOLDER, resume_ids)
    except STORE_FAILED as err:
        if await _answers(blobs):
            raise FileNotDeleted("a file could not be deleted") from err
        raise DependencyDown("the object store cannot be reached") from err


async def _keys_under(blobs: ObjectStore, folder: str) -> AsyncIterator[str]:
    async for page in obstore.list(blobs, folder):
        for blob in page:
            yield blob["path"]


async def _delete(blobs: ObjectStore, key: str) -> None:
    with suppress(FileNotFoundError):
        await obstore.delete_async(blobs, key)


def _delete_from(folder: Path, resume_ids: Collection[UUID]) -> None:
    """The store does not list what was not written to its end: ``KEY#1``."""
    for resume_id in resume_ids:
        for path in folder.glob(f"{resume_id}*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


async def _answers(blobs: ObjectStore) -> bool:
    try:
        await obstore.head_async(blobs, f"{FOLDER}/none")
    except FileNotFoundError:
        return True
    except STORE_FAILED:
        return False
    return True
