"""The API does what its own document says, whatever is asked of it, by whom."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

import httpx
import jsonschema
import pytest
from e2e.api import Api, Secrets
from e2e.background_loop import BackgroundLoop
from e2e.candidates import new_person, until, until_status
from e2e.deployment import EmbeddedDeployment
from e2e.drive_syncs import set_up_sync, triggered
from e2e.matching import MATCHING, engineer, job_matches, matching, post_job
from e2e.webhooks import EVENTS, WEBHOOKS, listening, webhook_with_deliveries
from support.server_folder import server_folder
from support.stand_in_drive import StandInDrive

pytestmark = pytest.mark.timeout(500)

FOLDER = Path(__file__).parent / "openapi"
SEED = 1
EXAMPLES = 16
"""Of each operation in each phase, for each role: numbers, and no time, so that a slow machine tries as
much."""
NOT_REACHED = {("GET", "/api/admin/erasures/{erasure_id}"), ("GET", "/api/google-drive/callback")}
"""An id, or a state, that another request must have made."""
MISSED = 3
"""So many routes may happen to be asked for wrong things only."""


@pytest.fixture(scope="module")
def system(settings: dict[str, str], loop: BackgroundLoop) -> Iterator[EmbeddedDeployment]:
    """Of this module's own: what is asked of it changes whatever there is."""
    with server_folder() as folder:
        deployment = EmbeddedDeployment(folder, settings, loop)
        deployment.start()
        try:
            yield deployment
        finally:
            deployment.stop()


@pytest.fixture(scope="module")
def runs(
    system: EmbeddedDeployment,
    settings: dict[str, str],
    secrets: Secrets,
    google: StandInDrive,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, subprocess.CompletedProcess[str]]:
    """What was found, by the role of who asked."""
    recruiter, admin = Api(system.url, secrets), Api(system.url, secrets)
    recruiter.register("recruiter").log_in()
    admin.log_in(settings["HOTGIGS_ADMIN_EMAIL"], settings["HOTGIGS_ADMIN_PASSWORD"])
    runs = {}
    for role, api in (("recruiter", recruiter), ("admin", admin)):
        runs[role] = compare(api, tmp_path_factory.mktemp(role), ids_for(api, google))
        api.close()
    return runs


def ids_for(api: Api, google: StandInDrive) -> dict[str, str]:
    """Of what the user has, by their names in the configuration."""
    batch = api.post_files([engineer(*new_person()) for _ in range(3)]).raise_for_status().json()
    batch_id = batch["batch_id"]
    kept, to_erase, other = api.until_batch_ended(batch_id)["resumes"]
    for resume in (kept, to_erase, other):
        until_status(api, resume["candidate_id"], 200)
    job_id, candidate_id = post_job(api), kept["candidate_id"]
    until(lambda: candidate_id in matching(api, job_id))
    match = next(each for each in job_matches(api, job_id)["matches"] if each["candidate_id"] == candidate_id)
    sync_id = set_up_sync(api, google)
    webhook_id, delivery_id = webhook_with_deliveries(api)
    rematch = api.http.post(f"{MATCHING}/candidates/{candidate_id}/rematch", json={})
    return {
        "BATCH_ID": batch_id,
        "RESUME_ID": kept["resume_id"],
        "CANDIDATE_ID": kept["candidate_id"],
        "RESUME_TO_ERASE_ID": to_erase["resume_id"],
        "CANDIDATE_TO_ERASE_ID": other["candidate_id"],
        "JOB_ID": job_id,
        "JOB_TO_DELETE_ID": post_job(api),
        "MATCH_ID": match["match_id"],
        "TASK_ID": rematch.raise_for_status().json()["task_id"],
        "SYNC_ID": sync_id,
        "RUN_ID": triggered(api, sync_id),
        "SYNC_TO_DELETE_ID": set_up_sync(api, google),
        "WEBHOOK_ID": webhook_id,
        "DELIVERY_ID": delivery_id,
        "WEBHOOK_TO_DELETE_ID": webhook_with_deliveries(api)[0],
    }


def compare(api: Api, folder: Path, ids: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """``ids`` stand in the configuration as ``$NAME``."""
    configuration = folder / "schemathesis.toml"
    configuration.write_text(Template((FOLDER / configuration.name).read_text()).substitute(ids))
    python_path = [str(Path(__file__).parents[1]), str(FOLDER)]
    return subprocess.run(
        [
            *(Path(sys.executable).with_name("schemathesis"), "--no-color"),
            *("--config-file", configuration),
            *("run", f"{api.url}/schema/openapi.json"),
            *("--header", f"Authorization: {api.http.headers['Authorization']}"),
            *("--checks", "all", "--mode", "all", "--max-examples", str(EXAMPLES), "--seed", str(SEED)),
        ],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(python_path), "SCHEMATHESIS_HOOKS": "openapi_hooks"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=450,
        check=False,
    )


@pytest.mark.parametrize("role", ["recruiter", "admin"])
def test_the_api_keeps_to_its_document(
    runs: Mapping[str, subprocess.CompletedProcess[str]], role: str
) -> None:
    assert runs[role].returncode == 0, runs[role].stdout[-20_000:] + runs[role].stderr[-2_000:]


@pytest.mark.parametrize("event", EVENTS)
def test_what_webhooks_are_told_keeps_to_the_document(
    system: EmbeddedDeployment, secrets: Secrets, event: str
) -> None:
    api = Api(system.url, secrets).register("candidate").log_in()
    document = api.read("/schema/openapi.json")
    assert set(document["webhooks"]) == set(EVENTS)
    schema = document["webhooks"][event]["post"]["requestBody"]["content"]["application/json"]["schema"]
    whole = schema | {"components": document["components"]}
    with listening() as listen:
        listener = listen(api, event)
        listener.post("test")
        (call,) = listener.inbox.until_called(1)
        payload = listener.payload(call)
        jsonschema.validate(payload, whole)
        (documented,) = (each for each in api.read(f"{WEBHOOKS}/event-types") if each["event"] == event)
        jsonschema.validate(payload["data"], documented["schema"])
        jsonschema.validate(documented["example"], whole)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(payload | {"data": {}}, whole)
    api.close()


def test_all_but_a_few_reads_were_reached_with_what_there_is(
    runs: Mapping[str, subprocess.CompletedProcess[str]], system: EmbeddedDeployment
) -> None:
    document = httpx.get(f"{system.url}/schema/openapi.json").json()
    reads = {("GET", path) for path, item in document["paths"].items() if "get" in item}
    succeeded = {
        (found["method"], re.sub(r":\w+}", "}", found["route"]))
        for found in re.finditer(
            r'http_requests_total{method="(?P<method>\w+)",route="(?P<route>[^"]+)",status="2',
            httpx.get(f"{system.url}/metrics").text,
        )
    }
    missed = reads - succeeded - NOT_REACHED
    assert len(missed) <= MISSED, missed
