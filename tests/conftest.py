"""No test touches the cache of whoever runs it, and none fails because a machine was slow.

`--hypothesis-profile=default` tries other examples each time. Files are read in the process of the
test, where the reader has processes for it: those take longer than the few files of most tests.
"""

import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from reader.snapshot import pool, reading

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")

settings.register_profile(
    "the same everywhere",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("the same everywhere")


def _do_here(do, tasks):
    """Yield tasks with what came of them, as `do_all` does."""
    return ((task, do(task)) for task in tasks)


reading.do_all = _do_here


@pytest.fixture(scope="module")
def in_processes():
    """Let files be read by processes, as they are by the reader."""
    reading.do_all = pool.do_all
    yield
    reading.do_all = _do_here


def pytest_unconfigure():
    """Take the cache of the tests away again."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
