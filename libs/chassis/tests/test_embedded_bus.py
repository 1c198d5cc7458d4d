import pytest
from bus_conformance import BusConformance
from bus_sources import BusSource, EmbeddedSource


class TestEmbeddedBus(BusConformance):
    @pytest.fixture
    def source(self, embedded_source: EmbeddedSource) -> BusSource:
        return embedded_source
