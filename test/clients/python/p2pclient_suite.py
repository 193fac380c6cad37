"""A pytest plugin that supplies what the tests in p2pclient's source distribution leave to a conftest.py not in it."""

import itertools
import os
import socket

import p2pclient.daemon
import pytest


@pytest.fixture
def daemon_executable():
    """Only a daemon of this very name gets go's flags; which one it is, PATH says."""
    return "p2pd"


# p2pclient takes any free port, lets it go, and gives its number to a daemon: another process may have it by then.
# Ports below those that the kernel hands out are taken by nobody who has not asked for them.
_ports = itertools.count(10_000 + os.getpid() * 100 % 20_000)


def free_port():
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


p2pclient.daemon.get_unused_tcp_port = free_port

_start_logging = p2pclient.daemon.Daemon._start_logging
_logs = []


def start_logging(daemon):
    _start_logging(daemon)
    _logs.append(daemon.log_filename)


p2pclient.daemon.Daemon._start_logging = start_logging


def pytest_sessionfinish():
    for path in _logs:
        os.unlink(path)
