"""Messages that tell of a person, as they may come late or lie among the dead letters."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import aio_pika
from e2e.authorisation.cast import Target
from e2e.background_loop import BackgroundLoop
from e2e.deployment import DistributedDeployment

from hotgigs.chassis.bus.amqp_message import dead, message_of
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState, NoteState
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.match_state import Match, TermEvidence
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.contracts.submission_state import SubmissionState

Told = dict[str, Envelope]
"""By the queue that a message belongs into."""


def told_of(target: Target, owner_id: str, data: ResumeData, filename: str) -> Told:
    """Of the newest version that there may be."""
    resume_id, candidate_id, owner = UUID(target.resume_id), UUID(target.candidate_id), UUID(owner_id)
    now, digest = datetime.now(UTC), "0" * 64
    file = StoredFile(
        blob_key=f"resumes/{resume_id}/late", media_type="application/pdf", size_bytes=9, sha256=digest
    )
    resume = ResumeState(
        resume_id=resume_id,
        version=99,
        attempt=9,
        owner_user_id=owner,
        database_id=owner,
        source="resume_import",
        filename=filename,
        file=file,
        status="completed",
        candidate_id=candidate_id,
        received_at=now,
    )
    candidate = CandidateState(
        candidate_id=candidate_id,
        version=99,
        database_id=owner,
        source="resume_import",
        added_at=now,
        updated_at=now,
        survivor_id=candidate_id,
        resume_ids=(resume_id,),
        profile=CandidateProfile(full_name=data.full_name, email=data.email, phone=data.phone),
    )
    note = NoteState(
        note_id=uuid4(),
        candidate_id=candidate_id,
        database_id=owner,
        author_user_id=owner,
        title=data.full_name or "",
        content=data.email or "",
        created_at=now,
    )
    submission = SubmissionState(
        submission_id=uuid4(),
        job_id=uuid4(),
        job_owner_id=owner,
        candidate_id=candidate_id,
        database_id=owner,
        submitted_by=owner,
        note=data.full_name or "",
        submitted_at=now,
    )
    submitting = SubmitCandidateV1(
        command_id=uuid4(),
        actor=Actor(user_id=owner, role="recruiter"),
        submission_id=submission.submission_id,
        job_id=submission.job_id,
        job_owner_id=owner,
        job_database_id=owner,
        candidate_id=candidate_id,
        note=submission.note,
    )
    match = Match(
        job_id=submission.job_id,
        candidate_id=candidate_id,
        version=99,
        job_version=1,
        candidate_version=99,
        score=90.0,
        skill_score=90.0,
        experience_score=90.0,
        education_score=90.0,
        location_score=90.0,
        met=(TermEvidence(term=data.full_name or ""),),
        created_at=now,
    )
    computed = MatchesComputedV1(about="candidate", about_id=candidate_id, matches=(match,))
    submit = SubmitResumeV1(
        resume_id=resume_id,
        owner_user_id=owner,
        database_id=owner,
        source="resume_import",
        filename=filename,
        file=file,
    )
    parsed = ResumeParsedV2(resume_id=resume_id, attempt=1, started_at=now, finished_at=now, data=data)
    messages: dict[str, Message] = {
        "ingest.submit_resume": submit,
        "ingest.resume_parsed": parsed,
        "parser.resume_received": ResumeReceivedV1(resume=resume),
        "gateway.resume_received": ResumeReceivedV1(resume=resume),
        "gateway.resume_completed": ResumeCompletedV2(resume=resume, data=data),
        "gateway.candidate_updated": CandidateUpdatedV1(candidate=candidate),
        "gateway.note_added": NoteAddedV1(note=note),
        "gateway.matches_computed": computed,
        "matcher.candidate_updated": CandidateUpdatedV1(candidate=candidate),
        "notifier.candidate_updated": CandidateUpdatedV1(candidate=candidate),
        "notifier.resume_completed": ResumeCompletedV2(resume=resume, data=data),
        "notifier.matches_computed": computed,
        "ingest.submit_candidate": submitting,
        "gateway.candidate_submitted": CandidateSubmittedV1(submission=submission),
    }
    return {queue: wrap(message, source="test", correlation_id="late") for queue, message in messages.items()}


def put_among_the_dead_letters(deployment: DistributedDeployment, loop: BackgroundLoop, told: Told) -> None:
    async def put() -> None:
        url, namespace = deployment.amqp
        async with await aio_pika.connect(url) as connection, connection.channel() as channel:
            exchange = await channel.get_exchange(Names(namespace).dead)
            for queue, envelope in told.items():
                message = dead(message_of(envelope), reason="failed 8 times", died_at=datetime.now(UTC))
                await exchange.publish(message, queue)

    loop.run(put())


def publish(deployment: DistributedDeployment, loop: BackgroundLoop, told: Told) -> None:
    """To all who hear of such messages."""

    async def publish_all() -> None:
        url, namespace = deployment.amqp
        bus = RabbitMQBus(url, client_name="late", namespace=namespace)
        try:
            await bus.publish(list(told.values()))
        finally:
            await bus.close()

    loop.run(publish_all())
