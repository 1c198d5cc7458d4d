"""edit_candidate: change a candidate's profile by hand."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command
from hotgigs.contracts.profile_edits import EditableField, ProfileEdits


class EditCandidateV1(Command, frozen=True, kw_only=True):
    """What is unset in ``edits`` stays as it is. A parse never overwrites an edit; ``reset`` names the
    fields that follow the resume again."""

    command_id: UUID
    actor: Actor
    candidate_id: UUID
    edits: ProfileEdits
    reset: tuple[EditableField, ...] = ()

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
