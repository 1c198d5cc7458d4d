import pytest
from bus_conformance import BusConformance
from bus_sources import BusSource, RabbitMQSource


class TestRabbitMQBus(BusConformance):
    @pytest.fixture
    def source(self, rabbitmq_source: RabbitMQSource) -> BusSource:
        return rabbitmq_source
