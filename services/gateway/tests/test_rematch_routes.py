"""Endpoints 19 and 21: matching again, and how far that is."""

from uuid import UUID, uuid4

from match_stage import ADMIN, ANN, BEN, CLEO, PERSON, Stage
from told import NOW, tell

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.match_state import MatchingRun
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1


async def test_a_job_is_matched_again_by_its_owner_and_admins(stage: Stage) -> None:
    path = f"/api/matching/jobs/{stage.job_id}/rematch"
    for who, status in ((BEN, 403), (PERSON, 403), (ANN, 200)):
        answer = await stage.app.ask(who, "POST", path, {"force": True})
        assert answer.status_code == status
    assert stage.app.sent == RematchV1(
        command_id=stage.app.sent.command_id,
        actor=ANN.actor,
        run_id=stage.app.sent.command_id,
        about="job",
        about_id=stage.job_id,
        force=True,
    )
    assert answer.json() == {
        "message": "Re-matching triggered successfully",
        "task_id": str(stage.app.sent.run_id),
        "estimated_matches": 2,
    }
    answer = await stage.app.ask(ADMIN, "POST", path, {})
    assert answer.json()["estimated_matches"] == 4


async def test_a_candidate_is_matched_again_by_whose_it_is(stage: Stage) -> None:
    path = f"/api/matching/candidates/{stage.shared}/rematch"
    for who, status in ((BEN, 403), (CLEO, 404), (PERSON, 404), (ANN, 200), (ADMIN, 200)):
        assert (await stage.app.ask(who, "POST", path, {"force": False})).status_code == status
    own = await stage.app.ask(PERSON, "POST", f"/api/matching/candidates/{stage.persons}/rematch", {})
    assert (own.status_code, own.json()["estimated_matches"]) == (200, 1)


async def test_what_is_under_way_already_is_the_same_task(stage: Stage) -> None:
    first_id = uuid4()

    async def coalesce(connection: Connection, command: RematchV1) -> None:
        run = MatchingRun(
            run_id=first_id,
            version=1,
            about="candidate",
            about_id=command.about_id,
            status="running",
            to_compare=200,
            compared=199,
            requested_at=NOW,
            started_at=NOW,
        )
        await tell(connection, MatchingProgressedV1(run=run, command_id=command.command_id))

    stage.app.ingest.effect = coalesce
    stage.app.ingest.result = None
    answer = await stage.app.ask(ANN, "POST", f"/api/matching/candidates/{stage.own}/rematch", {})
    assert answer.json()["task_id"] == str(first_id)
    for task_id in (first_id, stage.app.sent.run_id):
        assert await stage.read(ANN, f"/tasks/{task_id}") == {
            "task_id": str(first_id),
            "status": "running",
            "progress_percentage": 99,
            "about": "candidate",
            "candidate_id": str(stage.own),
            "job_id": None,
            "started_at": "2026-03-01T12:00:00Z",
            "completed_at": None,
        }


async def test_a_task_is_there_for_who_sees_its_candidate_or_owns_its_job(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        for number, (about, about_id) in enumerate(
            [("candidate", stage.shared), ("candidate", stage.persons), ("job", stage.job_id)]
        ):
            run = MatchingRun(
                run_id=UUID(int=number),
                version=1,
                about=about,
                about_id=about_id,
                status="completed",
                requested_at=NOW,
                ended_at=NOW,
            )
            await tell(connection, MatchingProgressedV1(run=run))
    seen = {ANN: (200, 404, 200), BEN: (200, 404, 404), CLEO: (404, 404, 404), PERSON: (404, 200, 404)}
    for who, statuses in seen.items():
        for number, status in enumerate(statuses):
            await stage.read(who, f"/tasks/{UUID(int=number)}", status)
    told = await stage.read(ADMIN, f"/tasks/{UUID(int=2)}")
    assert (told["progress_percentage"], told["job_id"]) == (100, str(stage.job_id))
    await stage.read(ADMIN, f"/tasks/{uuid4()}", 404)
