"""No test touches the cache of whoever runs it, and none fails because a machine was slow.

`--hypothesis-profile=default` tries other examples each time.
"""

import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")

settings.register_profile(
    "the same everywhere",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("the same everywhere")


def pytest_unconfigure():
    """Take the cache of the tests away again."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
