"""Folders that are kept in sync, as recruiters set them up."""

from e2e.api import Api
from support.stand_in_drive import StandInDrive

SET_UP, SYNCS = "/api/google-drive/setup", "/api/google-drive/syncs"
NEW_SYNC = {"folder_name": "Welders", "sync_frequency": "manual"}


def new_sync(api: Api, google: StandInDrive) -> dict[str, str]:
    """Of an empty folder that nobody else keeps in sync. The tokens are good: a sync without is switched off
    by its first run."""
    grant = google.accounts.grant()
    api.secrets.add(*google.accounts.tokens_given())
    return NEW_SYNC | {
        "folder_id": google.files.add_folder("Welders"),
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token or "",
    }


def set_up_sync(api: Api, google: StandInDrive) -> str:
    """Its id."""
    answer = api.http.post(SET_UP, json=new_sync(api, google)).raise_for_status()
    sync_id: str = answer.json()["id"]
    return sync_id


def triggered(api: Api, sync_id: str) -> str:
    """The run's id."""
    answer = api.http.post(f"{SYNCS}/{sync_id}/sync").raise_for_status()
    run_id: str = answer.json()["task_id"]
    return run_id
