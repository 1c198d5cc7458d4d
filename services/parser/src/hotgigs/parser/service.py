"""The parser, declared."""

from hotgigs.chassis.handlers import WorkHandler
from hotgigs.chassis.service import Service
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
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
    ),
    resources=open_resources,
)
