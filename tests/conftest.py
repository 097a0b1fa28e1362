"""No test touches the cache of whoever runs it."""

import os
import tempfile

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")
