"""The requests that a sync makes of the Drive API."""

from typing import Any

from google_auth_httplib2 import AuthorizedHttp

from hotgigs.drive_sync.sources.google_drive.client import Ask
from hotgigs.drive_sync.sources.google_drive.drive_resources import (
    FILE_FIELDS,
    ChangeList,
    DriveFile,
    FileList,
    StartPageToken,
    read,
)


def quoted(text: str) -> str:
    """As a string in a query (docs: "Search query terms and operators")."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def get_file(file_id: str, fields: str) -> Ask[DriveFile]:
    def ask(drive: Any, http: AuthorizedHttp) -> DriveFile:
        request = drive.files().get(fileId=file_id, fields=fields, supportsAllDrives=True)
        return read(request.execute(http=http), DriveFile)

    return ask


def list_children(folder_id: str, *, drive_id: str | None, page: str | None, page_size: int) -> Ask[FileList]:
    """Those in the trash as well: they are counted."""

    def ask(drive: Any, http: AuthorizedHttp) -> FileList:
        request = drive.files().list(
            q=f"{quoted(folder_id)} in parents",
            fields=f"nextPageToken,files({FILE_FIELDS})",
            pageSize=page_size,
            pageToken=page,
            spaces="drive",
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
            **({"corpora": "drive", "driveId": drive_id} if drive_id else {}),
        )
        return read(request.execute(http=http), FileList)

    return ask


def get_start_page_token(drive_id: str | None) -> Ask[StartPageToken]:
    def ask(drive: Any, http: AuthorizedHttp) -> StartPageToken:
        request = drive.changes().getStartPageToken(driveId=drive_id, supportsAllDrives=True)
        return read(request.execute(http=http), StartPageToken)

    return ask


def list_changes(page_token: str, *, drive_id: str | None, page_size: int) -> Ask[ChangeList]:
    def ask(drive: Any, http: AuthorizedHttp) -> ChangeList:
        request = drive.changes().list(
            pageToken=page_token,
            fields="nextPageToken,newStartPageToken,"
            f"changes(changeType,removed,fileId,file({FILE_FIELDS},parents))",
            pageSize=page_size,
            driveId=drive_id,
            spaces="drive",
            includeRemoved=True,
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
        )
        return read(request.execute(http=http), ChangeList)

    return ask
