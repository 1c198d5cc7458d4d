"""A RabbitMQ node of the test's own, to be stopped, killed and started again.

It shares nothing with the machine's: name, ports, cookie, port mapper and folders are its own. It needs
RabbitMQ installed on this machine; in CI a missing one fails, elsewhere it skips.
"""

import os
import secrets
import signal
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from support.free_ports import free_ports

_SCRIPTS = (Path("/usr/lib/rabbitmq/bin"), Path("/opt/rabbitmq/sbin"))
"""Debian's and the official image's; what Debian puts on the path runs as a user of its own."""
_UP_WITHIN_S = 90.0
_DOWN_WITHIN_S = 60.0


class OwnRabbitMQ:
    """Its data is kept in ``folder`` over every stop and kill. End with `close`."""

    def __init__(self, folder: Path) -> None:
        self._scripts = _installed()
        self._folder = folder
        self._amqp_port, distribution_port, mapper_port = free_ports(3)
        folder.mkdir()
        (folder / "enabled_plugins").write_text("[].\n")
        (folder / "rabbitmq-env.conf").touch()
        (folder / "rabbitmq.conf").touch()
        # A quorum queue's counts are as old as its last tick, which is every 5 s where it is not set.
        (folder / "advanced.config").write_text("[{rabbit, [{quorum_tick_interval, 500}]}].\n")
        cookie = folder / ".erlang.cookie"
        cookie.write_text(secrets.token_hex(16))
        cookie.chmod(0o400)
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("RABBITMQ_", "ERL_"))
        } | {
            "HOME": str(folder),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(mapper_port),
            "RABBITMQ_NODENAME": f"failure-{self._amqp_port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._amqp_port),
            "RABBITMQ_DIST_PORT": str(distribution_port),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            # The node itself, and no shell before it, is the process that is started.
            "RABBITMQ_ALLOW_INPUT": "1",
        }
        self._port_mapper = self._started("epmd")
        self._node: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._amqp_port}/"

    @property
    def is_running(self) -> bool:
        return self._node is not None and self._node.poll() is None

    def start(self) -> None:
        """Returns when the node takes connections."""
        self._node = self._started(self._scripts / "rabbitmq-server", "-noinput")
        deadline = time.monotonic() + _UP_WITHIN_S
        while not self._answers():
            assert self._node.poll() is None, f"the node ended:\n{self._output()}"
            assert time.monotonic() < deadline, f"the node does not come up:\n{self._output()}"
            time.sleep(0.1)

    def stop(self) -> None:
        """In order, as an operator stops it: connections are closed by the node."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        if self.is_running:
            self.kill()
        self._port_mapper.kill()
        self._port_mapper.wait()

    def depths(self, namespace: str) -> dict[str, tuple[int, int]]:
        """Messages that are ready, and that are unacknowledged, of each queue of the namespace, by the
        node's own word, which may be half a second old."""
        control: list[str | Path] = [self._scripts / "rabbitmqctl", "--quiet", "--no-table-headers"]
        listed = subprocess.run(
            [*control, "list_queues", "name", "messages_ready", "messages_unacknowledged"],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        rows = [line.split("\t") for line in listed.stdout.splitlines()]
        return {row[0]: (int(row[1]), int(row[2])) for row in rows if row[0].startswith(f"{namespace}.")}

    def _started(self, *command: str | Path) -> subprocess.Popen[bytes]:
        with (self._folder / "output").open("ab") as output:
            return subprocess.Popen(
                command,
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def _end(self, signal_number: signal.Signals) -> None:
        assert self._node is not None
        self._node.send_signal(signal_number)
        self._node.wait(_DOWN_WITHIN_S)

    def _answers(self) -> bool:
        """The listener opens last of all, and says the protocol's first frame to whoever asks."""
        with closing(socket.socket()) as probe:
            probe.settimeout(5)
            try:
                probe.connect(("127.0.0.1", self._amqp_port))
                probe.sendall(b"AMQP\0\0\x09\x01")
                return probe.recv(1) == b"\x01"
            except OSError:
                return False

    def _output(self) -> str:
        return (self._folder / "output").read_text(errors="replace")[-2000:]


def _installed() -> Path:
    """The folder of RabbitMQ's scripts."""
    for folder in _SCRIPTS:
        if (folder / "rabbitmq-server").exists():
            return folder
    reason = "NO RABBITMQ IS INSTALLED HERE: nothing is proven about a broker that dies."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
