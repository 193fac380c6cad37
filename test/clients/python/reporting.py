"""A pytest plugin that reports like go's testing package, and gives no test for ever."""

import functools

import anyio
import pytest

SECONDS_PER_TEST = 30


def pytest_configure(config):
    # A coroutine that waits for what never comes would otherwise hang the whole run.
    config.addinivalue_line("markers", "go_only: what p2pclient's suite expects of go's daemon alone")
    config.addinivalue_line("markers", "jsp2pd_probable_bug: what p2pclient's suite thinks is broken in jsp2pd")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("anyio"):
            item.obj = limited(item.obj)


def limited(test):
    @functools.wraps(test)
    async def within(*args, **kwargs):
        with anyio.fail_after(SECONDS_PER_TEST):
            await test(*args, **kwargs)

    return within


class Outcomes:
    def __init__(self, terminal):
        self.terminal = terminal

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.skipped or report.failed:
            if report.failed:
                self.terminal.write_line("")
                self.terminal.write_line(report.longreprtext)
            outcome = {"passed": "PASS", "failed": "FAIL", "skipped": "SKIP"}[report.outcome]
            name = report.nodeid.split("::")[-1]
            self.terminal.write_line(f"\n--- {outcome}: {name} ({report.duration:.2f}s)")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session):
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    session.config.pluginmanager.register(Outcomes(terminal))
