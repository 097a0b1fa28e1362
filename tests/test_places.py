import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import bundled as bundles
from reader.bundled import bundled
from reader.places import default_library, state_dir

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere other customs hold")
def test_state_and_library_are_where_the_user_wants_them(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert state_dir() == tmp_path / "state" / "broadsheet"
    assert default_library() == tmp_path / "data" / "broadsheet"
    assert list(tmp_path.iterdir()) == []


def test_without_a_wish_they_are_in_the_home_folder(monkeypatch, tmp_path):
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_dir().is_relative_to(tmp_path)
    assert default_library().is_relative_to(tmp_path)


def test_asking_where_things_are_imports_nothing_before_it_is_asked():
    code = "import reader.places, sys; print('platformdirs' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert found.stdout == "False\n"


@pytest.mark.parametrize("name", ["styles", "data"])
def test_a_checkout_has_what_comes_with_the_program(name):
    assert bundled(name) == ROOT / name
    assert any(bundled(name).iterdir())


def test_an_installed_wheel_has_it_within_the_package(monkeypatch, tmp_path):
    (tmp_path / "_bundled" / "data").mkdir(parents=True)
    monkeypatch.setattr(bundles, "_PACKAGE", tmp_path)
    assert bundled("data") == tmp_path / "_bundled" / "data"
    assert bundled("styles") == tmp_path.parent / "styles"
