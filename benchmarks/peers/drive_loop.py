"""What people write themselves with Google's client library: list a folder, download each file to disk.

    drive_loop.py API_ENDPOINT FOLDER_ID DESTINATION THREADS    the access token on standard input

One thread is a plain loop; several are a pool, each with a client of its own. Nothing is tried again, and
nothing is remembered but the files. Prints seconds, files and the process's memory in MiB, before and at
most.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.http import MediaIoBaseDownload

_own = threading.local()


def main() -> None:
    api_endpoint, folder_id, destination, threads = sys.argv[1:]
    access_token = sys.stdin.readline().strip()

    def client() -> Any:
        if not hasattr(_own, "client"):
            _own.client = build(
                "drive",
                "v3",
                credentials=Credentials(token=access_token),
                static_discovery=True,
                client_options={"api_endpoint": api_endpoint},
            )
        return _own.client

    def download(file: dict[str, str]) -> None:
        with (Path(destination) / file["id"]).open("wb") as held:
            part = MediaIoBaseDownload(held, client().files().get_media(fileId=file["id"]))
            done = False
            while not done:
                _, done = part.next_chunk()

    client()
    before_mib, _ = _memory_mib()
    began = time.perf_counter()
    files = _listed(client(), folder_id)
    if int(threads) == 1:
        for file in files:
            download(file)
    else:
        with ThreadPoolExecutor(int(threads)) as pool:
            list(pool.map(download, files))
    seconds = time.perf_counter() - began
    figures = {
        "seconds": seconds,
        "files": len(files),
        "before_mib": before_mib,
        "most_mib": _memory_mib()[1],
    }
    print(json.dumps(figures))


def _listed(client: Any, folder_id: str) -> list[dict[str, str]]:
    files: list[dict[str, str]] = []
    page = None
    while True:
        answer = (
            client.files()
            .list(
                q=f"'{folder_id}' in parents and trashed = false",
                pageSize=1000,
                pageToken=page,
                fields="nextPageToken,files(id,name)",
            )
            .execute()
        )
        files += answer["files"]
        page = answer.get("nextPageToken")
        if page is None:
            return files


def _memory_mib() -> tuple[float, float]:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024, int(fields["VmHWM"].split()[0]) / 1024


main()
