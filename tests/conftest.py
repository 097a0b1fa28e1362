"""No test touches the cache of whoever runs it."""

import os
import shutil
import tempfile

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")


def pytest_unconfigure():
    """Take the cache of the tests away again."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
