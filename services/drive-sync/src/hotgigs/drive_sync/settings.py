"""The settings of drive-sync, from ``HOTGIGS_*`` beside the shared ones."""

from pydantic import Field, SecretStr

from hotgigs.chassis.secret_settings import SecretSettings

MIB = 1024 * 1024


class DriveSyncSettings(SecretSettings):
    drive_api_endpoint: str = "https://www.googleapis.com/drive/v3/"
    """Where the Drive API v3 is. An address without a path is that of the server, and gets ``/drive/v3/``."""
    google_token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    """Of the operator's OAuth client: without it access tokens cannot be renewed."""
    drive_timeout_seconds: float = Field(default=60.0, gt=0)
    """How long the Drive API may be silent."""
    drive_page_size: int = Field(default=500, ge=1, le=1000)
    drive_requests_per_second: float = Field(default=100.0, gt=0)
    """Of one user. Google's own limit is 12,000 a minute."""
    drive_max_wait_seconds: float = Field(default=300.0, gt=0)
    """How long one request may wait, in all, for a source that asks to be left alone."""

    drive_runs_at_once: int = Field(default=4, ge=1)
    """Of one process."""
    drive_files_at_once: int = Field(default=4, ge=1)
    """Of one run."""
    drive_most_unread: int = Field(default=200, ge=1)
    """Resumes of one sync that the parser is still to read, before more files are fetched."""
    drive_lease_seconds: float = Field(default=30.0, gt=0)
    """How long after its process was killed a run is taken over by another."""
    drive_progress_seconds: float = Field(default=1.0, gt=0)
    """How often a run tells how far it is."""

    upload_max_bytes: int = Field(default=10 * MIB, ge=1)
    """As for uploads."""

    watched_folders: dict[str, str] = Field(default_factory=dict)
    """Folders that admins may keep in sync besides those in Google Drive, in JSON: names to URLs as of
    HOTGIGS_BLOB_URL."""
