import pytest

from tests.hostile_server import CASES, got


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_hostile_server_gets_nowhere(case):
    assert await got(case) == case.wants
