import socket
from contextlib import closing
from pathlib import Path

import pytest
from support.free_ports import free_ports


def test_ports_are_free_and_none_is_ever_a_connections_own() -> None:
    lowest_of_connections = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports = free_ports(100)
    assert len(set(ports)) == 100
    assert max(ports) < lowest_of_connections
    for port in ports:
        with closing(socket.socket()) as listener:
            listener.bind(("127.0.0.1", port))


def test_a_port_that_is_taken_is_not_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    (tmp_path / "range").write_text(f"{port + 1}\t60999\n")
    monkeypatch.setattr("support.free_ports._RANGE_OF_CONNECTIONS", tmp_path / "range")
    monkeypatch.setattr("support.free_ports._LOWEST", port)
    assert free_ports(1) == [port]
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", port))
        with pytest.raises(RuntimeError):
            free_ports(1)
