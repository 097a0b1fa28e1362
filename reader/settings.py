"""What the user has settled in `config.toml`; a mistake in it is one sentence with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reader.ranking import HALF_LIFE
from reader.text import clean_line

_T = TypeVar("_T")


class Settings(NamedTuple):
    """How the front page is put together.

    `half_life` is hours, `edition_minutes` how long the next edition is. `boost` lifts what is like
    things that were starred, `spread` keeps busy providers from filling the top.
    """

    half_life: float = HALF_LIFE
    boost: bool = True
    spread: bool = True
    edition_minutes: int = 15


USUAL = Settings()

_PLACES = {
    "half_life": ("front", "half_life_hours"),
    "boost": ("front", "boost_starred"),
    "spread": ("front", "spread_providers"),
    "edition_minutes": ("edition", "minutes"),
}
_OF_FEEDS = ("feeds", "access")  # tables that `reader.feeds.web.access` understands
_RANGES = {"half_life": (0.5, 8760), "edition_minutes": (1, 600)}


class SettingsError(ValueError):
    """The file of settings cannot be understood: one sentence with its place."""


def read_settings(path: Path) -> Settings:
    """Return the settings of a file, the usual ones where it is not there. Raises SettingsError."""
    return read_config(path, _settings)


def read_config(path: Path, understand: Callable[[dict[str, Any]], _T]) -> _T:
    """Return what the tables of a file mean, none where it is not there. Raises SettingsError.

    A ValueError of `understand` is a mistake in the file, told with its place.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return understand({})
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{clean_line(str(path))} cannot be read: {_why(error)}") from error
    import tomllib

    try:
        return understand(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{clean_line(str(path))}: {_why(error)}") from error


def _settings(found: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for name, (table, key) in _PLACES.items():
        section = found.get(table, {})
        if not isinstance(section, dict):
            raise SettingsError(f"`{table}` has to be a table, written `[{table}]`")
        if key in section:
            values[name] = _value(name, f"{table}.{key}", section.pop(key))
    unknown = [f"{table}.{key}" for table, _ in _PLACES.values() for key in found.pop(table, {})]
    for name in [*unknown, *(table for table in found if table not in _OF_FEEDS)]:
        known = ", ".join(".".join(place) for place in _PLACES.values())
        raise SettingsError(f"there is no setting `{clean_line(name)}`, but {known}")
    return Settings(**values)


def _value(name: str, place: str, value: object) -> object:
    if name not in _RANGES:
        if isinstance(value, bool):
            return value
        raise SettingsError(f"`{place}` has to be true or false")
    low, high = _RANGES[name]
    number = type(getattr(USUAL, name))
    is_number = isinstance(value, (int, number)) and not isinstance(value, bool)
    if is_number and low <= value <= high:  # type: ignore[operator]  # it is a number
        return number(value)
    raise SettingsError(f"`{place}` has to be a number from {low:g} to {high:g}")


def _why(error: Exception) -> str:
    return clean_line(getattr(error, "strerror", None) or str(error))
