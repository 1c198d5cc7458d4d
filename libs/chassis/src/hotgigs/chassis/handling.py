"""One delivery in a consumer's hand, and what its log lines, span and queue's metrics tell of it."""

from contextlib import AbstractContextManager

from hotgigs.chassis.bus.interface import Delivery
from hotgigs.chassis.correlation import Correlation, correlated
from hotgigs.chassis.metrics import Outcome, QueueMetrics
from hotgigs.chassis.tracing import Tracer


class Handling:
    """Begins when it is made; ends when it is `settled`."""

    def __init__(self, delivery: Delivery, tracer: Tracer, metrics: QueueMetrics) -> None:
        self.delivery = delivery
        self.is_new = True
        """False where the message had its effect before."""
        self._metrics = metrics
        self._span = tracer.processing(delivery.queue, delivery.envelope, delivery.tries)
        self._is_settled = False
        if delivery.tries == 0:
            metrics.taken(delivery.envelope.time)

    def correlated(self) -> AbstractContextManager[None]:
        envelope = self.delivery.envelope
        return correlated(
            Correlation(
                correlation_id=envelope.correlationid,
                causation_id=str(envelope.id),
                traceparent=self._span.traceparent,
            ),
            queue=self.delivery.queue,
            message_id=str(envelope.id),
            subject=envelope.subject,
        )

    def waits(self) -> None:
        """For a dependency, until it is settled."""
        self._metrics.pause(self)

    def settled(self, outcome: Outcome, error: Exception | None = None) -> None:
        """Only the first outcome counts."""
        if self._is_settled:
            return
        self._is_settled = True
        self._metrics.go_on(self)
        self._metrics.settled(outcome)
        self._span.set("hotgigs.outcome", outcome)
        if error is not None:
            self._span.fail(error)
        self._span.end()

    def had_its_effect(self) -> None:
        self.settled("handled" if self.is_new else "duplicate")
