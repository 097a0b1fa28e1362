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


@pytest.fixture
def own_places(tmp_path, monkeypatch):
    """Keep the library, the settings, the marks and the cache of the user out of a test."""
    for name in ("STATE", "DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    (tmp_path / "config" / "broadsheet").mkdir(parents=True)


def pytest_unconfigure():
    """Take the cache of the tests away again."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
