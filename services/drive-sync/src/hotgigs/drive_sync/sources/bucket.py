"""A bucket of an object store, or what is in it under a prefix. It has no folders: all is in one."""

from collections.abc import AsyncIterator

import obstore
from obstore.exceptions import PermissionDeniedError, UnauthenticatedError
from obstore.store import ObjectStore

from hotgigs.chassis.blobs import STORE_FAILED
from hotgigs.drive_sync.sources.errors import FileGone, FolderUnavailable, NotDownloadable, SourceAway
from hotgigs.drive_sync.sources.places import PAGE, Found

_NOT_LET_IN = (PermissionDeniedError, UnauthenticatedError)
_PART_BYTES = 2**20


class Bucket:
    """Of a store that lists in the order of its keys, as S3 does."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def page(self, path: str, after: str | None) -> tuple[list[Found], str | None]:
        if path:
            raise FolderUnavailable("There are no folders in a bucket.")
        try:
            pages = aiter(obstore.list(self._store, offset=after, chunk_size=PAGE))
            objects = await anext(pages, ())
        except STORE_FAILED as err:
            if await self._answers():
                raise FolderUnavailable("The bucket is not there, or not to be read.") from err
            raise SourceAway("The bucket cannot be read at the moment.") from err
        found = [
            Found(
                each["path"],
                "file",
                each["e_tag"] or f"{each['size']}:{each['last_modified'].isoformat()}",
                each["size"],
            )
            for each in objects
        ]
        return found, found[-1].path if len(found) == PAGE else None

    async def _answers(self) -> bool:
        """Asked for an object: of a listing it is not told why it was refused."""
        try:
            await obstore.head_async(self._store, "none")
        except (FileNotFoundError, *_NOT_LET_IN):
            return True
        except STORE_FAILED:
            return False
        return True

    async def content(self, path: str) -> AsyncIterator[bytes]:
        try:
            answer = await obstore.get_async(self._store, path)
            parts = aiter(answer.stream(min_chunk_size=_PART_BYTES))
            while part := bytes(await anext(parts, b"")):
                yield part
        except FileNotFoundError as err:
            raise FileGone("The file is not there any more.") from err
        except _NOT_LET_IN as err:
            raise NotDownloadable("The bucket does not let the service read this file.") from err
        except STORE_FAILED as err:
            raise SourceAway("The bucket cannot be read at the moment.") from err
