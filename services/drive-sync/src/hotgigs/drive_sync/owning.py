"""Who may do what with a sync. For everybody but its owner, admins too, it is not there."""

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import Provider
from hotgigs.drive_sync.sync_store import KeptSync


def require_role(actor: Actor) -> None:
    """Raises Refused."""
    if actor.role == "candidate":
        raise Refused("forbidden", "Only recruiters and administrators may keep folders in sync.")


def require_provider(actor: Actor, provider: Provider) -> None:
    """Raises Refused: the operator's folders are the admins' to take in."""
    if provider == "watched_folder" and actor.role != "admin":
        raise Refused("forbidden", "Only administrators may keep the operator's folders in sync.")


def require_owner(actor: Actor, sync: KeptSync | None) -> KeptSync:
    """Raises Refused."""
    require_role(actor)
    if sync is None or sync.state.owner_user_id != actor.user_id:
        raise Refused("not_found", "There is no such sync.")
    return sync
