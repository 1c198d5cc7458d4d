from collections.abc import Callable, Iterator
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.accounts import Grant

CLIENT_ID = "hotgigs.apps.example.com"
CLIENT_SECRET = "a client secret"

Client = Callable[[Grant], Any]


@pytest.fixture
def drive() -> Iterator[StandInDrive]:
    with StandInDrive() as drive:
        yield drive


@pytest.fixture
def client_of(drive: StandInDrive) -> Client:
    """Google's own client library with a grant."""

    def client(grant: Grant) -> Any:
        credentials = Credentials(
            token=grant.access_token,
            refresh_token=grant.refresh_token,
            token_uri=drive.token_uri,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
        )
        options = {"api_endpoint": drive.api_endpoint}
        return build("drive", "v3", credentials=credentials, static_discovery=True, client_options=options)

    return client


@pytest.fixture
def client(drive: StandInDrive, client_of: Client) -> Any:
    return client_of(drive.accounts.grant())
