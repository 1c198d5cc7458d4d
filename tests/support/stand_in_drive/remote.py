"""A stand-in that runs in another process, used as one in this."""

import inspect
import typing
import urllib.error
import urllib.request
from typing import Any

import msgspec
from support.stand_in_drive.accounts import Accounts
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.control import methods
from support.stand_in_drive.faults import Faults
from support.stand_in_drive.files import Files
from support.stand_in_drive.records import Records


class Part:
    """Has the methods of the part, and calls them there."""

    def __init__(self, url: str, name: str, of: type) -> None:
        self._url = f"{url}/control/{name}"
        self._methods = methods(of)

    def __getattr__(self, name: str) -> Any:
        if name not in self._methods:
            raise AttributeError(name)
        signature = inspect.signature(self._methods[name])
        returned = typing.get_type_hints(self._methods[name])["return"]

        def call(*args: Any, **kwargs: Any) -> Any:
            given = dict(signature.bind(None, *args, **kwargs).arguments)
            del given["self"]
            return msgspec.json.decode(_post(f"{self._url}/{name}", given), type=returned)

        return call


class RemoteDrive:
    """``url`` as `StandInDrive.url`. Raises OSError where nothing answers, ValueError for a bad argument."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.api_endpoint = f"{self.url}/drive/v3/"
        self.token_uri = f"{self.url}/token"
        self.authorize_uri = f"{self.url}/authorize"
        self.revoke_uri = f"{self.url}/revoke"
        # Declared as what they stand for, so that editors know their methods.
        self.files: Files = Part(self.url, "files", Files)  # type: ignore[assignment]
        self.accounts: Accounts = Part(self.url, "accounts", Accounts)  # type: ignore[assignment]
        self.faults: Faults = Part(self.url, "faults", Faults)  # type: ignore[assignment]
        self.records: Records = Part(self.url, "records", Records)  # type: ignore[assignment]

    def behave(self, **changes: Any) -> Behaviour:
        """Sets attributes of the behaviour, and answers it."""
        return msgspec.json.decode(_post(f"{self.url}/control/behaviour", changes), type=Behaviour)


def _post(url: str, value: dict[str, Any]) -> bytes:
    request = urllib.request.Request(url, msgspec.json.encode(value), {"Content-Type": "application/json"})
    # Never through a proxy that the environment names.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as response:
            answered: bytes = response.read()
            return answered
    except urllib.error.HTTPError as error:
        raise ValueError(error.read().decode()) from error
