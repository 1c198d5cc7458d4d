"""What somebody sends to keep a folder in sync, or to change how: the shapes of the bodies."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from hotgigs.contracts.drive_state import Provider, SyncFrequency
from hotgigs.gateway.changes.plain_text import Name
from hotgigs.gateway.patterns import SEEN_LINE, TOKEN

Folder = Annotated[str, Meta(max_length=2000, pattern=SEEN_LINE)]
Token = Annotated[str, Meta(max_length=4096, pattern=TOKEN)]


class GivenGrant(Struct, kw_only=True, forbid_unknown_fields=True):
    """Its ``repr`` shows no token."""

    access_token: Token | None = None
    refresh_token: Token | None = None
    connection_id: UUID | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


class NewSync(GivenGrant, kw_only=True, forbid_unknown_fields=True):
    """`folder_id` is a folder's id, or its address. To read a Google Drive with: `access_token`, best with
    the `refresh_token` without which it ends soon, or the `connection_id` of a Drive that was connected at
    /api/google-drive/authorize. Neither is for a `watched_folder`, which is one of the operator's, by its
    name, and for admins."""

    folder_id: Folder
    folder_name: Name | None = None
    sync_frequency: SyncFrequency = "daily"
    provider: Provider = "google_drive"


class ChangedSync(GivenGrant, kw_only=True, forbid_unknown_fields=True):
    """What is left out, or null, stays as it is. With tokens, or a `connection_id`, Google Drive is connected
    again, which switches a sync on that was switched off because its connection had ended."""

    folder_name: Name | None = None
    sync_frequency: SyncFrequency | None = None
    is_active: bool | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, name) is None for name in self.__struct_fields__)

    @property
    def may_switch_on(self) -> bool:
        is_connected = self.access_token is not None or self.connection_id is not None
        return self.is_active or (is_connected and self.is_active is None)
