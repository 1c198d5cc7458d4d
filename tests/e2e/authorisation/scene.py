"""What there is to ask for, and what is left of it afterwards."""

from typing import Any

from e2e.api import Api
from e2e.authorisation.cast import Cast, Target, resume_of
from e2e.authorisation.table import SHARES
from e2e.candidates import until
from e2e.drive_syncs import NEW_SYNC, SYNCS, set_up_sync, triggered
from e2e.matching import JOBS, MATCHING, candidate_matches, change_job
from e2e.submissions import post_job, submissions, submitted
from e2e.webhooks import WEBHOOKS, webhook_with_deliveries
from support.stand_in_drive import StandInDrive

CANDIDATES = "/api/resumes/candidates"
ADMIN_CANDIDATES = "/api/resumes/admin/candidates"
TAG = "kept"
WELDER = {"title": "Welder", "description": "Welds at Hallmark Works.", "required_skills": ["Welding"]}


class Scene:
    """What there is to ask for."""

    def __init__(self, cast: Cast, google: StandInDrive) -> None:
        self.cast, self.google = cast, google
        owner = cast["owner"]
        self.kept, self.merged, self.worked, erased = cast.import_people("owner", 4)
        (self.kept_of_self, self.worked_of_self) = cast.import_people("self", 2)
        merge(owner, self.kept, self.merged)
        for allowed in SHARES:
            cast.share(self.kept, cast[allowed], allowed)
            cast.share(self.worked, cast[allowed], allowed)
        self.note_id = add_note(owner, self.kept)
        owner.http.post(
            f"{CANDIDATES}/{self.kept.candidate_id}/tags", json={"tags": [TAG]}
        ).raise_for_status()
        self.employers_job_id = post_job(cast["employer"])
        self.submission_id = submitted(owner, self.employers_job_id, self.kept.candidate_id)
        self.job_id, self.closed_job_id = post_job(owner, **WELDER), post_job(owner, **WELDER)
        change_job(owner, self.closed_job_id, **WELDER, status="closed")
        self.match_id, self.worked_match_id = map(self._match_id, (self.kept, self.worked))
        self.task_id = rematched(owner, self.kept)
        self.sync_id = set_up_sync(owner, google)
        self.run_id = triggered(owner, self.sync_id)
        self.webhook_id, self.delivery_id = webhook_with_deliveries(owner)
        until(lambda: self._delivery()["status"] == "failed")
        self.task_id_of_self = rematched(cast["self"], self.kept_of_self)
        self.erasure_id = erase(owner, erased)
        self.batch_id = owner.post_files([("kept.docx", resume_of("Benhur Batchsen"))]).json()["batch_id"]
        owner.until_batch_ended(self.batch_id)

    def _match_id(self, target: Target) -> str:
        """Of the candidate and the owner's open job, as soon as they are matched."""
        found: list[str] = []

        def look() -> bool:
            listed = candidate_matches(self.cast["owner"], target.candidate_id, limit=100)["matches"]
            found[:] = [each["match_id"] for each in listed if each["job_id"] == self.job_id]
            return bool(found)

        until(look)
        return found[0]

    def _delivery(self) -> dict[str, Any]:
        delivery: dict[str, Any] = self.cast["owner"].read(
            f"{WEBHOOKS}/{self.webhook_id}/deliveries/{self.delivery_id}"
        )
        return delivery

    def kept_for(self, asker: str) -> Target:
        return self.kept_of_self if asker == "self" else self.kept

    def worked_for(self, asker: str) -> Target:
        return self.worked_of_self if asker == "self" else self.worked

    def ids_for(self, asker: str) -> dict[str, str]:
        """By what stands in the braces of routes: all there, and all to be kept."""
        target = self.kept_for(asker)
        return {
            "candidate_id": target.candidate_id,
            "resume_id": target.resume_id,
            "batch_id": self.batch_id,
            "note_id": self.note_id,
            "tag": TAG,
            "merged_id": self.merged.candidate_id,
            "recruiter_id": self.cast["---"].user_id,
            "user_id": self.cast["bystander"].user_id,
            "erasure_id": self.erasure_id,
            "submission_id": self.submission_id,
            "job_id": self.job_id,
            "match_id": self.match_id,
            "task_id": self.task_id_of_self if asker == "self" else self.task_id,
            "sync_id": self.sync_id,
            "run_id": self.run_id,
            "webhook_id": self.webhook_id,
            "delivery_id": self.delivery_id,
            "path": "elsewhere",
        }

    def is_of_kept(self, submission: dict[str, Any]) -> bool:
        return bool(submission["candidate_id"] == self.kept.candidate_id)

    def looked_at(self) -> dict[str, Any]:
        """Everything of what is kept that asking for it may not change."""
        owner, admin, of_self = (self.cast[asker] for asker in ("owner", "admin", "self"))
        path = f"{CANDIDATES}/{self.kept.candidate_id}"
        detail, detail_of_self = (
            owner.read(path),
            of_self.read(f"{CANDIDATES}/{self.kept_of_self.candidate_id}"),
        )
        for changing in (detail, detail_of_self):
            changing.pop("last_viewed_at")
        return {
            "detail": detail,
            "detail of self": detail_of_self,
            "shares": admin.read(f"{ADMIN_CANDIDATES}/{self.kept.candidate_id}/shares"),
            "activity": [
                done
                for done in owner.read(f"{path}/activity")
                if done["kind"] not in ("viewed", "downloaded", "exported")
            ],
            "submissions": [
                each for each in submissions(admin, self.employers_job_id) if self.is_of_kept(each)
            ],
            "consent of self": of_self.read(f"{CANDIDATES}/{self.kept_of_self.candidate_id}/consent"),
            "jobs": [owner.read(f"{JOBS}/{job_id}") for job_id in (self.job_id, self.closed_job_id)],
            "match": [
                each
                for each in candidate_matches(owner, self.kept.candidate_id, limit=100)["matches"]
                if each["match_id"] == self.match_id
            ],
            "syncs": [
                {name: each[name] for name in ("id", *NEW_SYNC, "is_active")}
                for each in owner.read(SYNCS)
                if each["id"] == self.sync_id
            ],
            "webhook": owner.read(f"{WEBHOOKS}/{self.webhook_id}"),
            "deliveries": owner.read(f"{WEBHOOKS}/{self.webhook_id}/deliveries"),
            "runs": [each["run_id"] for each in owner.read(f"{SYNCS}/{self.sync_id}/runs")],
            "status": owner.status(self.kept.resume_id),
            "batch": owner.batch(self.batch_id),
        }


def add_note(author: Api, target: Target) -> str:
    answer = author.http.post(
        f"{CANDIDATES}/{target.candidate_id}/notes", json={"title": "Call", "content": "Rang twice."}
    )
    assert answer.status_code == 201, answer.text
    note_id: str = answer.json()["note_id"]
    return note_id


def merge(api: Api, target: Target, merged: Target) -> None:
    api.http.post(
        f"{CANDIDATES}/{target.candidate_id}/merge", json={"candidate_id": merged.candidate_id}
    ).raise_for_status()


def erase(api: Api, target: Target) -> str:
    """The erasure's id."""
    erasure_id: str = (
        api.http.delete(f"{CANDIDATES}/{target.candidate_id}").raise_for_status().json()["erasure_id"]
    )
    return erasure_id


def rematched(api: Api, target: Target) -> str:
    """The task's id."""
    answer = api.http.post(f"{MATCHING}/candidates/{target.candidate_id}/rematch", json={})
    task_id: str = answer.raise_for_status().json()["task_id"]
    return task_id
