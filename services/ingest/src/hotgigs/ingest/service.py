"""Ingest, declared."""

from hotgigs.chassis.handlers import Handler
from hotgigs.chassis.service import Loop, Service
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_resume_parsed import on_resume_parsed
from hotgigs.ingest.on_submit_batch import on_submit_batch
from hotgigs.ingest.on_submit_resume import on_submit_resume
from hotgigs.ingest.public_state import public_state
from hotgigs.ingest.resources import open_resources
from hotgigs.ingest.sweep_files import EVERY_S, sweep_files
from hotgigs.ingest.tables import metadata

service = Service(
    name="ingest",
    package="hotgigs.ingest",
    settings=Settings,
    metadata=metadata,
    handlers=(
        Handler(message=SubmitResumeV1, handle=on_submit_resume),
        Handler(message=SubmitBatchV1, handle=on_submit_batch, batch_size=1),
        # One a transaction: each holds the lock of its candidate's database to the end.
        Handler(message=ResumeParsedV2, handle=on_resume_parsed, batch_size=1),
        Handler(message=ResumeParseFailedV1, handle=on_resume_parse_failed),
    ),
    public_state=public_state,
    loops=(Loop(name="sweep_files", every_s=EVERY_S, run=sweep_files),),
    resources=open_resources,
)
