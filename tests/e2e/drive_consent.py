"""A browser in which a user connects a Google Drive."""

from urllib.parse import parse_qs, urlsplit

import httpx
from e2e.api import Api
from support.stand_in_drive import StandInDrive

CALLBACK = "/api/google-drive/callback"


def began(api: Api) -> str:
    """The address at Google; ``api`` has the cookie."""
    answer = api.http.get("/api/google-drive/authorize").raise_for_status()
    url: str = answer.json()["authorization_url"]
    api.secrets.add(answer.json()["state"], *api.http.cookies.values())
    return url


def led_back(google: StandInDrive, api: Api, authorization_url: str) -> str:
    """To which address of the gateway, by Google."""
    back = httpx.get(authorization_url).headers["Location"]
    assert back.startswith(f"{api.url}{CALLBACK}?"), back
    api.secrets.add(parse_qs(urlsplit(back).query)["code"][0], *google.accounts.tokens_given())
    return back


def come_back(api: Api, callback_url: str) -> httpx.Response:
    """As a browser does: with cookies, and without the token."""
    with httpx.Client(cookies=api.http.cookies) as browser:
        return browser.get(callback_url)


def connected(google: StandInDrive, api: Api) -> str:
    """The id of a new connection."""
    answer = come_back(api, led_back(google, api, began(api))).raise_for_status()
    api.secrets.add(*google.accounts.tokens_given())
    connection_id: str = answer.json()["connection_id"]
    return connection_id
