"""/api/google-drive: folders that are kept in sync, endpoints 12 to 17 of the API document."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_202_ACCEPTED,
    HTTP_400_BAD_REQUEST,
    HTTP_403_FORBIDDEN,
)
from msgspec import Struct

from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.gateway.changes.plain_text import trimmed
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.drive import expecting, store
from hotgigs.gateway.drive.acting import own_sync, require_may_fill
from hotgigs.gateway.drive.folder_id import NoFolder, folder_id_of
from hotgigs.gateway.drive.given import ChangedSync, NewSync
from hotgigs.gateway.drive.grants import grant_for
from hotgigs.gateway.drive.shown import ShownRun, ShownSync, shown_run, shown_sync
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip, page_headers
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted


class SyncTriggered(Struct, kw_only=True):
    """`task_id` is the run: /api/google-drive/syncs/{sync_id}/runs/{task_id} says how far it is."""

    message: str
    sync_id: UUID
    task_id: UUID


class SyncDeleted(Struct, kw_only=True):
    message: str


class GoogleDriveRoutes(Controller):
    path = "/api/google-drive"
    tags = ("Google Drive",)
    guards = (require_recruiter_or_admin,)

    @post("/setup", status_code=HTTP_201_CREATED, responses=answers(403, 404, 409) | accepted(ShownSync))
    async def set_up(self, request: GatewayRequest, data: JSONBody[NewSync]) -> Response[ShownSync]:
        """Keeps a folder in sync from now on: its files, and those in its subfolders, become resumes in the
        caller's database. The first run is due after a day, or a week, and can be triggered before.

        The tokens are sealed at once, and never shown again. 409 where the caller's database has the folder
        already.
        """
        principal, ids = request.principal, ids_of(request)
        if data.provider == "watched_folder" and not principal.is_admin:
            raise Problem(
                status_code=HTTP_403_FORBIDDEN, detail="Only admins may keep a watched folder in sync."
            )
        folder_id = _folder_id(data)
        sealed_grant = await grant_for(request, data, data.provider)
        if sealed_grant is None and data.provider == "google_drive":
            raise _bad_request("Send the access_token and refresh_token of the Drive, or a connection_id.")
        sync_id = ids.new()
        command = SetUpDriveSyncV1(
            command_id=ids.new(),
            actor=principal.actor,
            sync_id=sync_id,
            provider=data.provider,
            folder_id=folder_id,
            folder_name=trimmed(data.folder_name) or folder_id,
            frequency=data.sync_frequency,
            sealed_grant=sealed_grant,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        async with request.resources.pool.acquire() as connection:
            sync = await store.sync(connection, sync_id)
        answer = shown_sync(sync or expecting.set_up(command, datetime.now(UTC)))
        status_code = HTTP_202_ACCEPTED if outcome.is_pending else HTTP_201_CREATED
        return Response(answer, status_code=status_code, headers=PRIVATE)

    @get("/syncs", responses=answers(403), response_headers=PAGE_HEADERS)
    async def list_syncs(
        self, request: GatewayRequest, skip: Skip = 0, limit: Limit = 100
    ) -> Response[list[ShownSync]]:
        """The folders that the caller keeps in sync, the newest first.

        X-Total-Count says how many there are. Link has the addresses of the next and the previous page.
        """
        async with request.resources.pool.acquire() as connection:
            syncs, total = await store.page_of_syncs(
                connection, request.principal.user_id, skip=skip, limit=limit
            )
        headers = page_headers(
            request.url.path, request.query_params.multi_items(), skip=skip, limit=limit, total=total
        )
        return Response([shown_sync(sync) for sync in syncs], headers=headers)

    @get("/syncs/{sync_id:uuid}", responses=answers(403, 404) | NOT_MODIFIED)
    async def sync(self, request: GatewayRequest, sync_id: FromPath[UUID]) -> Response[ShownSync]:
        """A folder that the caller keeps in sync."""
        return answer_if_changed(request, shown_sync(await own_sync(request, sync_id)))

    @put(
        "/syncs/{sync_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404, 409) | accepted(ShownSync),
    )
    async def change_sync(
        self, request: GatewayRequest, sync_id: FromPath[UUID], data: JSONBody[ChangedSync]
    ) -> Response[ShownSync]:
        """Changes the name or the frequency, pauses (`is_active`) or goes on, or connects Google Drive again.

        A pause ends a run before its next file. From another frequency, and from going on, it is a day, or a
        week, to the next run. Answers the sync as it is then; with 202, as it will be. 409 where it cannot
        go on because Google Drive has to be connected again first.
        """
        before = await own_sync(request, sync_id)
        if data.is_empty:
            raise _bad_request(
                "Send at least one of folder_name, sync_frequency, is_active, access_token, connection_id."
            )
        if data.may_switch_on:
            require_may_fill(request.principal, before)
        command = ChangeDriveSyncV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            sync_id=sync_id,
            folder_name=trimmed(data.folder_name),
            frequency=data.sync_frequency,
            is_active=data.is_active,
            sealed_grant=await grant_for(request, data, before.provider),
        )
        outcome = await request.resources.commands.carry_out(command)
        if outcome.is_pending:
            sync = expecting.changed(before, command, datetime.now(UTC))
        else:
            sync = await own_sync(request, sync_id)
        return Response(shown_sync(sync), status_code=outcome.status_code, headers=PRIVATE)

    @post(
        "/syncs/{sync_id:uuid}/sync",
        status_code=HTTP_200_OK,
        responses=answers(403, 404, 409) | accepted(SyncTriggered),
    )
    async def trigger(self, request: GatewayRequest, sync_id: FromPath[UUID]) -> Response[SyncTriggered]:
        """Syncs a folder now. While a run is under way already that one is the task, and looks once more
        before it ends. 409 where the sync is switched off."""
        ids = ids_of(request)
        await own_sync(request, sync_id)
        command_id = ids.new()
        command = TriggerDriveSyncV1(
            command_id=command_id, actor=request.principal.actor, sync_id=sync_id, run_id=command_id
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        answer = SyncTriggered(
            message="Sync triggered successfully",
            sync_id=sync_id,
            task_id=UUID(outcome.result.get("run_id", str(command_id))),
        )
        return Response(answer, status_code=outcome.status_code, headers=PRIVATE)

    @delete(
        "/syncs/{sync_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404) | accepted(SyncDeleted),
    )
    async def delete_sync(self, request: GatewayRequest, sync_id: FromPath[UUID]) -> Response[SyncDeleted]:
        """Keeps a folder in sync no longer: ends a run before its next file, and forgets the tokens and the
        runs. The resumes that came of it stay."""
        await own_sync(request, sync_id)
        command = DeleteDriveSyncV1(
            command_id=ids_of(request).new(), actor=request.principal.actor, sync_id=sync_id
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = SyncDeleted(message="Sync configuration deleted successfully")
        return Response(answer, status_code=outcome.status_code)

    @get("/syncs/{sync_id:uuid}/runs", responses=answers(403, 404), response_headers=PAGE_HEADERS)
    async def list_runs(
        self, request: GatewayRequest, sync_id: FromPath[UUID], skip: Skip = 0, limit: Limit = 20
    ) -> Response[list[ShownRun]]:
        """The runs of a sync, the newest first: how far each is, what it counted, and its errors by file.

        X-Total-Count says how many there are, counted to 10,000. Link has the addresses of the next and the
        previous page.
        """
        sync = await own_sync(request, sync_id)
        async with request.resources.pool.acquire() as connection:
            runs, total = await store.page_of_runs(connection, sync_id, skip=skip, limit=limit)
            names = await store.file_names(connection, sync.owner_user_id, runs)
        headers = page_headers(
            request.url.path,
            request.query_params.multi_items(),
            skip=skip,
            limit=limit,
            total=total,
            counted=store.COUNTED,
        )
        return Response([shown_run(run, names) for run in runs], headers=headers)

    @get("/syncs/{sync_id:uuid}/runs/{run_id:uuid}", responses=answers(403, 404) | NOT_MODIFIED)
    async def run(
        self, request: GatewayRequest, sync_id: FromPath[UUID], run_id: FromPath[UUID]
    ) -> Response[ShownRun]:
        """A run of a sync, by its id or by a `task_id` that was answered for it."""
        sync = await own_sync(request, sync_id)
        async with request.resources.pool.acquire() as connection:
            run = await store.run_asked_for(connection, sync_id, run_id)
            if run is None:
                raise not_found("run")
            names = await store.file_names(connection, sync.owner_user_id, [run])
        return answer_if_changed(request, shown_run(run, names))


def _folder_id(data: NewSync) -> str:
    """Raises Problem 400."""
    if data.provider != "google_drive":
        return data.folder_id.strip()
    try:
        return folder_id_of(data.folder_id)
    except NoFolder as err:
        raise _bad_request(str(err)) from err


def _bad_request(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
