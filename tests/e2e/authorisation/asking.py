"""How each route of the table is asked: as its askers do, so that nobody disturbs another's asking.

What is refused is asked of things that stay as they are (``kept``), which is looked at afterwards. What is
granted and changes something is asked of things made for it.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from e2e.authorisation.cast import resume_of
from e2e.authorisation.scene import (
    ADMIN_CANDIDATES,
    CANDIDATES,
    TAG,
    WELDER,
    Scene,
    add_note,
    merge,
)
from e2e.drive_consent import connected
from e2e.drive_syncs import SET_UP, SYNCS, new_sync, set_up_sync
from e2e.matching import JOBS, MATCHING
from e2e.submissions import post_job, submitted
from e2e.webhooks import NOWHERE, WEBHOOKS, webhook_with_deliveries
from msgspec import Struct

SUBMISSIONS = "/api/jobs/{job_id}/submissions"
WEBHOOK = f"{WEBHOOKS}/{{webhook_id}}"
_PERIOD = {"since": "2026-01-01T00:00:00Z"}


class Asked(Struct, kw_only=True):
    """A request but for its address; ``ids`` stand in for what is in the braces of the route."""

    ids: dict[str, str]
    options: dict[str, Any] = {}
    used: Callable[[Any], None] | None = None
    """What is done with the answer."""


def ask(scene: Scene, route: str, asker: str, *, is_granted: bool, **other_ids: str) -> httpx.Response:
    """``is_granted``: whether it is to be let through, and gets something made for it where it changes it."""
    asked = Asked(ids=scene.ids_for(asker))
    if prepare := (_WHEN_GRANTED.get(route) if is_granted else None) or _ALWAYS.get(route):
        prepare(scene, asker, asked)
    method, path = route.split()
    api = scene.cast[asker]
    answer = api.http.request(method, path.format(**(asked.ids | other_ids)), **asked.options)
    if asked.used is not None:
        asked.used(answer.json())
    return answer


def _owner_of(asker: str) -> str:
    """Who imports what the asker then asks for."""
    return "self" if asker == "self" else "owner"


Prepare = Callable[[Scene, str, Asked], None]


def _json(**body: object) -> Prepare:
    def prepare(_: Scene, __: str, asked: Asked) -> None:
        asked.options["json"] = body

    return prepare


def _registering(scene: Scene, _: str, asked: Asked) -> None:
    email, password = f"{uuid4().hex}@mail.example", uuid4().hex
    scene.cast["bystander"].secrets.add(email, password)
    asked.options["json"] = {"email": email, "password": password}


def _logging_in(scene: Scene, _: str, asked: Asked) -> None:
    bystander = scene.cast["bystander"]
    asked.options["json"] = {"email": bystander.email, "password": bystander.password}


def _refreshing(scene: Scene, _: str, asked: Asked) -> None:
    """With what the last refreshing gave."""
    bystander = scene.cast["bystander"]
    asked.options["json"] = {"refresh_token": bystander.refresh_token}
    asked.used = bystander.use


def _logging_out(scene: Scene, asker: str, asked: Asked) -> None:
    """With an API key, which has no session to end."""
    key = scene.cast[asker].http.post("/api/auth/api-keys", json={"name": "ci"}).json()["key"]
    scene.cast["bystander"].secrets.add(key)
    asked.options["headers"] = {"Authorization": f"Bearer {key}"}


def _api_key(scene: Scene, _: str, asked: Asked) -> None:
    """The owner's."""
    key = scene.cast["owner"].http.post("/api/auth/api-keys", json={"name": "ci"}).json()
    scene.cast["bystander"].secrets.add(key["key"])
    asked.ids["api_key_id"] = key["api_key_id"]


def _connection(scene: Scene, _: str, asked: Asked) -> None:
    """The owner's."""
    asked.ids["connection_id"] = connected(scene.google, scene.cast["owner"])


def _upload(_: Scene, __: str, asked: Asked) -> None:
    asked.options["files"] = {"file": ("cv.docx", resume_of("Benhur Uploadsen"))}


def _bulk_upload(_: Scene, __: str, asked: Asked) -> None:
    asked.options["files"] = [("files", ("cv.docx", resume_of("Benhur Uploadsen")))]


def _failed(scene: Scene, asker: str, asked: Asked) -> None:
    asked.ids["resume_id"] = scene.cast.failed_resume(_owner_of(asker))


def _new_person(scene: Scene, asker: str, asked: Asked) -> None:
    (target,) = scene.cast.import_people(_owner_of(asker), 1)
    asked.ids |= {"candidate_id": target.candidate_id, "resume_id": target.resume_id}


def _two_new_people(scene: Scene, asker: str, asked: Asked) -> None:
    target, other = scene.cast.import_people(_owner_of(asker), 2)
    asked.ids |= {"candidate_id": target.candidate_id, "merged_id": other.candidate_id}
    asked.options["json"] = {"candidate_id": other.candidate_id}


def _merged(scene: Scene, asker: str, asked: Asked) -> None:
    target, other = scene.cast.import_people(_owner_of(asker), 2)
    merge(scene.cast[_owner_of(asker)], target, other)
    asked.ids |= {"candidate_id": target.candidate_id, "merged_id": other.candidate_id}


def _refused_merge(scene: Scene, _: str, asked: Asked) -> None:
    asked.options["json"] = {"candidate_id": scene.worked.candidate_id}


def _own_note_of_the_owner(scene: Scene, _: str, asked: Asked) -> None:
    asked.ids |= {
        "candidate_id": scene.worked.candidate_id,
        "note_id": add_note(scene.cast["owner"], scene.worked),
    }


def _worked(prepare: Prepare) -> Prepare:
    """Of a candidate that may change."""

    def prepare_worked(scene: Scene, asker: str, asked: Asked) -> None:
        asked.ids["candidate_id"] = scene.worked_for(asker).candidate_id
        prepare(scene, asker, asked)

    return prepare_worked


def _sharing(scene: Scene, _: str, asked: Asked) -> None:
    asked.options["json"] = {
        "candidate_ids": [scene.worked.candidate_id],
        "recruiter_ids": [scene.cast["stranger"].user_id],
        "can_view_contact_info": True,
        "can_download_resume": True,
        "can_submit_to_jobs": True,
    }


def _sharing_with_a_newcomer(scene: Scene, asker: str, asked: Asked) -> None:
    _sharing(scene, asker, asked)
    asked.options["json"]["recruiter_ids"] = [scene.cast.user("recruiter").user_id]


def _shared(scene: Scene, _: str, asked: Asked) -> None:
    newcomer = scene.cast.user("recruiter")
    scene.cast.share(scene.worked, newcomer, "cds")
    asked.ids |= {"candidate_id": scene.worked.candidate_id, "recruiter_id": newcomer.user_id}


def _submitting(scene: Scene, asker: str, asked: Asked) -> None:
    """What is kept, to another's job."""
    asked.ids["job_id"] = scene.employers_job_id
    asked.options["json"] = {"candidate_id": scene.kept_for(asker).candidate_id}


def _submitting_what_may_change(scene: Scene, asker: str, asked: Asked) -> None:
    asked.ids["job_id"] = scene.employers_job_id
    asked.options["json"] = {"candidate_id": scene.worked_for(asker).candidate_id}


def _to_the_employers_job(scene: Scene, _: str, asked: Asked) -> None:
    asked.ids["job_id"] = scene.employers_job_id


def _submitted(scene: Scene, _: str, asked: Asked) -> None:
    """By the owner."""
    (target,) = scene.cast.import_people("owner", 1)
    asked.ids |= {
        "job_id": scene.employers_job_id,
        "submission_id": submitted(scene.cast["owner"], scene.employers_job_id, target.candidate_id),
    }


def _consenting_of_who_may_change(scene: Scene, asker: str, asked: Asked) -> None:
    asked.ids["candidate_id"] = scene.worked_for(asker).candidate_id
    asked.options["json"] = {"can_be_found": False}


def _closed(scene: Scene, _: str, asked: Asked) -> None:
    asked.ids["job_id"] = scene.closed_job_id


def _new_job(scene: Scene, _: str, asked: Asked) -> None:
    """Of the owner's."""
    asked.ids["job_id"] = post_job(scene.cast["owner"])
    asked.options["json"] = WELDER


def _setting_up(scene: Scene, asker: str, asked: Asked) -> None:
    asked.options["json"] = new_sync(scene.cast[asker], scene.google)


def _new_sync(scene: Scene, _: str, asked: Asked) -> None:
    """Of the owner's."""
    asked.ids["sync_id"] = set_up_sync(scene.cast["owner"], scene.google)


def _changed_new_sync(scene: Scene, asker: str, asked: Asked) -> None:
    _new_sync(scene, asker, asked)
    asked.options["json"] = {"is_active": False}


def _adding_webhook(scene: Scene, asker: str, asked: Asked) -> None:
    """One that is off: an admin's would hear of everything."""
    asked.options["json"] = NOWHERE | {"is_active": False}
    asked.used = _kept_secret(scene)


def _rotating(scene: Scene, asker: str, asked: Asked) -> None:
    _new_webhook(scene, asker, asked)
    asked.used = _kept_secret(scene)


def _kept_secret(scene: Scene) -> Callable[[Any], None]:
    def keep(answer: Any) -> None:
        if "secret" in answer:
            scene.cast["bystander"].secrets.add(answer["secret"])

    return keep


def _new_webhook(scene: Scene, _: str, asked: Asked) -> None:
    """Of the owner's, with a delivery."""
    asked.ids["webhook_id"], asked.ids["delivery_id"] = webhook_with_deliveries(scene.cast["owner"])


def _changed_new_webhook(scene: Scene, asker: str, asked: Asked) -> None:
    _new_webhook(scene, asker, asked)
    asked.options["json"] = {"is_active": False}


def _tested_new_webhook(scene: Scene, asker: str, asked: Asked) -> None:
    _new_webhook(scene, asker, asked)
    asked.options["json"] = {}


def _recovering_new_webhook(scene: Scene, asker: str, asked: Asked) -> None:
    _new_webhook(scene, asker, asked)
    asked.options["json"] = _PERIOD


def _match_of_who_may_change(scene: Scene, _: str, asked: Asked) -> None:
    asked.ids["match_id"] = scene.worked_match_id


def _tagged(scene: Scene, asker: str, asked: Asked) -> None:
    """In the asker's database."""
    path = f"{CANDIDATES}/{asked.ids['candidate_id']}/tags"
    scene.cast[asker].http.post(path, json={"tags": [TAG]}).raise_for_status()


_ALWAYS: dict[str, Prepare] = {
    "POST /api/auth/register": _registering,
    "POST /api/auth/login": _logging_in,
    "POST /api/auth/refresh": _refreshing,
    "POST /api/auth/api-keys": _json(name="ci"),
    "DELETE /api/auth/api-keys/{api_key_id}": _api_key,
    "PATCH /api/admin/users/{user_id}": _json(status="active"),
    "POST /api/resumes/upload": _upload,
    "POST /api/resumes/bulk-upload": _bulk_upload,
    f"PATCH {CANDIDATES}/{{candidate_id}}": _json(location="Utrecht"),
    f"POST {CANDIDATES}/{{candidate_id}}/notes": _json(title="Asked", content="Whether it works."),
    f"POST {CANDIDATES}/{{candidate_id}}/tags": _json(tags=["asked"]),
    f"POST {CANDIDATES}/{{candidate_id}}/merge": _refused_merge,
    f"POST {ADMIN_CANDIDATES}/share": _sharing,
    f"PUT {CANDIDATES}/{{candidate_id}}/consent": _json(can_be_found=False),
    f"POST {JOBS}": _json(**WELDER),
    f"GET {JOBS}/{{job_id}}": _closed,
    f"PUT {JOBS}/{{job_id}}": _json(**WELDER),
    f"POST {MATCHING}/candidates/{{candidate_id}}/rematch": _json(force=False),
    f"GET {MATCHING}/jobs/{{job_id}}/matches": _closed,
    f"POST {MATCHING}/jobs/{{job_id}}/rematch": _json(force=False),
    f"POST {MATCHING}/preview": _json(**WELDER),
    f"POST {SET_UP}": _setting_up,
    f"PUT {SYNCS}/{{sync_id}}": _json(is_active=False),
    f"POST {SUBMISSIONS}": _submitting,
    f"GET {SUBMISSIONS}": _to_the_employers_job,
    f"DELETE {SUBMISSIONS}/{{submission_id}}": _to_the_employers_job,
    "DELETE /api/google-drive/connections/{connection_id}": _connection,
    f"POST {WEBHOOKS}": _adding_webhook,
    f"PUT {WEBHOOK}": _json(is_active=False),
    f"POST {WEBHOOK}/test": _json(),
    f"POST {WEBHOOK}/recover": _json(**_PERIOD),
}

_WHEN_GRANTED: dict[str, Prepare] = {
    "POST /api/auth/logout": _logging_out,
    "POST /api/resumes/{resume_id}/retry": _failed,
    "DELETE /api/resumes/{resume_id}": _new_person,
    f"PATCH {CANDIDATES}/{{candidate_id}}": _worked(_json(location="Utrecht")),
    f"DELETE {CANDIDATES}/{{candidate_id}}": _new_person,
    f"POST {CANDIDATES}/{{candidate_id}}/notes": _worked(_json(title="Asked", content="Whether it works.")),
    f"DELETE {CANDIDATES}/{{candidate_id}}/notes/{{note_id}}": _own_note_of_the_owner,
    f"POST {CANDIDATES}/{{candidate_id}}/tags": _worked(_json(tags=["asked"])),
    f"DELETE {CANDIDATES}/{{candidate_id}}/tags/{{tag}}": _worked(_tagged),
    f"POST {CANDIDATES}/{{candidate_id}}/merge": _two_new_people,
    f"DELETE {CANDIDATES}/{{candidate_id}}/merge/{{merged_id}}": _merged,
    f"PUT {CANDIDATES}/{{candidate_id}}/consent": _consenting_of_who_may_change,
    f"PUT {JOBS}/{{job_id}}": _new_job,
    f"DELETE {JOBS}/{{job_id}}": _new_job,
    f"PUT {SYNCS}/{{sync_id}}": _changed_new_sync,
    f"DELETE {SYNCS}/{{sync_id}}": _new_sync,
    f"POST {SYNCS}/{{sync_id}}/sync": _new_sync,
    f"PUT {MATCHING}/matches/{{match_id}}/viewed": _match_of_who_may_change,
    f"PUT {WEBHOOK}": _changed_new_webhook,
    f"DELETE {WEBHOOK}": _new_webhook,
    f"POST {WEBHOOK}/test": _tested_new_webhook,
    f"POST {WEBHOOK}/rotate-secret": _rotating,
    f"POST {WEBHOOK}/recover": _recovering_new_webhook,
    f"POST {WEBHOOK}/deliveries/{{delivery_id}}/redeliver": _new_webhook,
    f"POST {SUBMISSIONS}": _submitting_what_may_change,
    f"DELETE {SUBMISSIONS}/{{submission_id}}": _submitted,
    f"POST {ADMIN_CANDIDATES}/share": _sharing_with_a_newcomer,
    f"DELETE {ADMIN_CANDIDATES}/{{candidate_id}}/shares/{{recruiter_id}}": _shared,
}
