from pathlib import Path

import pytest

from tests.hostile_server import CASES, got, row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_hostile_server_gets_nowhere(case):
    assert await got(case) == case.wants


def test_the_table_in_the_documentation_is_what_is_tested():
    lines = Path("docs/safety-of-fetching.md").read_text().splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert rows[1:] == [row(case.name, case.wants) for case in CASES]
