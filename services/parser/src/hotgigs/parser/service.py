"""The parser, declared."""

from hotgigs.chassis.handlers import Handler, WorkHandler
from hotgigs.chassis.service import Service
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.parser.on_candidate_erased import on_candidate_erased
from hotgigs.parser.on_resume_erased import on_resume_erased
from hotgigs.parser.on_resume_received import give_up, on_resume_received, parse_file
from hotgigs.parser.resources import open_resources
from hotgigs.parser.settings import ParserSettings
from hotgigs.parser.tables import metadata

service = Service(
    name="parser",
    package="hotgigs.parser",
    settings=ParserSettings,
    metadata=metadata,
    handlers=(
        WorkHandler(
            message=ResumeReceivedV1,
            work=parse_file,
            record=on_resume_received,
            give_up=give_up,
            concurrency=lambda resources: resources.parsing.concurrency,
        ),
        # One a transaction: each holds locks of its resumes to the end.
        Handler(message=CandidateErasedV1, handle=on_candidate_erased, batch_size=1),
        Handler(message=ResumeErasedV1, handle=on_resume_erased, batch_size=1),
    ),
    resources=open_resources,
)
