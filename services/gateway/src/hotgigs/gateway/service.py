"""The gateway, declared."""

from hotgigs.chassis.handlers import BatchHandler, Handler
from hotgigs.chassis.service import Loop, ReadModel, Service
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.gateway.accounts.forget_expired_tokens import forget_expired_tokens
from hotgigs.gateway.http import build_app
from hotgigs.gateway.idempotency.forget_old_answers import forget_old_answers
from hotgigs.gateway.on_batch_received import on_batch_received
from hotgigs.gateway.on_parse_progressed import on_parse_progressed
from hotgigs.gateway.on_resume_completed import on_resume_completed
from hotgigs.gateway.on_resume_failed import on_resume_failed
from hotgigs.gateway.on_resume_received import on_resume_received
from hotgigs.gateway.rate_limits.forget_ended_windows import forget_ended_windows
from hotgigs.gateway.resources import open_resources
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.tables import batches, metadata, resumes

service = Service(
    name="gateway",
    package="hotgigs.gateway",
    settings=GatewaySettings,
    metadata=metadata,
    handlers=(
        Handler(message=ResumeReceivedV1, handle=on_resume_received),
        Handler(message=BatchReceivedV1, handle=on_batch_received),
        Handler(message=ResumeCompletedV2, handle=on_resume_completed),
        Handler(message=ResumeFailedV1, handle=on_resume_failed),
        BatchHandler(message=ParseProgressedV1, handle_all=on_parse_progressed),
    ),
    read_models=(
        ReadModel(
            table=batches,
            owners=["ingest"],
            own_rows="EXISTS (SELECT FROM gateway.resumes AS own"
            " WHERE own.batch_id = live.batch_id AND own.version = 0)",
        ),
        ReadModel(table=resumes, owners=["ingest"], own_rows="live.version = 0"),
    ),
    loops=(
        Loop(
            name="forget_expired_tokens",
            every_s=3600,
            run=forget_expired_tokens,
        ),
        Loop(name="forget_old_answers", every_s=3600, run=forget_old_answers),
        Loop(name="forget_ended_windows", every_s=60, run=forget_ended_windows),
    ),
    resources=open_resources,
    http=build_app,
)
