"""Ports that nothing listens on, and that Linux gives to no connection as its own.

One of those may be taken while whatever listens on it is down: by another connection, or by the very one
that tries to reach it.
"""

import random
import socket
from contextlib import ExitStack, closing, suppress
from pathlib import Path

_RANGE_OF_CONNECTIONS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 1024


def free_ports(count: int) -> list[int]:
    """Different ones of 127.0.0.1, since all are held until the last is found.

    Raises RuntimeError where there are not as many.
    """
    lowest_of_connections = int(_RANGE_OF_CONNECTIONS.read_text().split()[0])
    candidates = range(_LOWEST, lowest_of_connections)
    ports: list[int] = []
    with ExitStack() as stack:
        for port in random.sample(candidates, len(candidates)):
            probe = stack.enter_context(closing(socket.socket()))
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                ports.append(port)
            if len(ports) == count:
                return ports
    raise RuntimeError(f"no {count} ports are free below {lowest_of_connections}")
