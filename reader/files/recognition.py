"""What kind of site a folder is, from the names of its files and its configuration."""

from collections.abc import Mapping
from pathlib import Path

from reader.files.config import all_settings, present, read_configs
from reader.files.frontmatter import Value
from reader.files.kinds import KINDS, Kind
from reader.files.site import NO_SITE, Site
from reader.urls import safe_url

_LOCAL = ("://localhost", "://127.", "://0.0.0.0", "://[::1]")
_YES = ("true", "yes", "on")


def site_of(root: Path) -> Site:
    """Return what kind of site a folder is; only its configuration is read."""
    names = {name for kind in KINDS for group in kind.marks for name in group}
    here = present(root, names | {name for kind in KINDS for name in kind.configs})
    if not here:
        return NO_SITE
    homes = present(root, {f"{kind.home}/" for kind in KINDS if kind.home})
    configs = [name for kind in KINDS for name in kind.configs if name in here]
    return recognise(here | homes, read_configs(root, dict.fromkeys(configs)))


def recognise(names: frozenset[str], configs: Mapping[str, bytes]) -> Site:
    """Return the first kind whose files are among the names; a folder's name ends in a slash."""
    for kind in KINDS:
        marks = [group for group in kind.marks if names.issuperset(group)]
        if not marks:
            continue
        own = {name: configs[name] for name in kind.configs if configs.get(name)}
        config, troubles = all_settings(own)
        if kind.fits(config):
            return _site(kind, marks[0], names, config, troubles)
    return NO_SITE


def _site(
    kind: Kind,
    marks: tuple[str, ...],
    names: frozenset[str],
    config: Mapping[str, Value],
    troubles: list[str],
) -> Site:
    address, home = _address(kind, config), _home(kind, names, config)
    is_bent = any(config.get(name, "") not in ("", "false") for name in kind.bends)
    say = "say" if marks[1:] else "says"
    sentences = [
        f"{' and '.join(marks)} {say} that this is a folder of {kind.shown}.",
        *troubles,
        *_on_address(kind, address),
        *([f"Articles are in {home}; files elsewhere are passed over."] if home else []),
        *kind.decided,
    ]
    return Site(
        kind.name,
        address,
        tuple(sentences),
        home,
        _apart(kind, config),
        by_path=kind.by_path and not is_bent and "config/" not in "".join(marks),
        languages="languages" in config,
        future=not kind.future or str(config.get(kind.future)).lower() in _YES,
    )


def _on_address(kind: Kind, address: str | None) -> list[str]:
    if address:
        return [f"Its address is {address}, and relative links lead there."]
    return ["No address of its own is named: relative links lead nowhere."] * bool(kind.address)


def _address(kind: Kind, config: Mapping[str, Value]) -> str | None:
    """Return the address that a site names for itself, None for one on this machine only."""
    texts = (value for name in kind.address if isinstance(value := config.get(name), str))
    url = next((url for text in texts if (url := safe_url(text))), None)
    if url is None or any(place in f"{url}/" for place in _LOCAL):
        return None
    path = config.get(kind.base_path) if kind.base_path else None
    inner = path.strip("/") if isinstance(path, str) else ""
    return safe_url(url.rstrip("/") + "/" + (f"{inner}/" if inner else ""))


def _home(kind: Kind, names: frozenset[str], config: Mapping[str, Value]) -> str:
    """Return the folder of the articles with its final slash, empty where nobody can say."""
    named = next((config[name] for name in kind.homes if config.get(name)), None)
    if "contentdir" in str(config.get("languages", "")).lower():
        return ""
    if isinstance(named, str):
        home = named.removeprefix("./").strip("/")
        return f"{home}/" if home.strip(".") and ".." not in home else ""
    return f"{kind.home}/" if f"{kind.home}/" in names else ""


def _apart(kind: Kind, config: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Return the beginnings of paths where no articles are, each with the reason."""
    named = (config.get(name) for name in kind.outputs)
    output = [
        one.removeprefix("./").strip("/") for one in named if isinstance(one, str)
    ] or kind.output
    exclude = config.get("exclude") if kind.name == "jekyll" else None
    excluded = [one.strip("/") for one in exclude or () if isinstance(one, str) and "*" not in one]
    templates = [*kind.templates, *_notes_templates(kind, config)]
    rows = [(name, "build output") for name in output if name]
    rows += [(name, "template") for name in templates]
    return tuple(rows + [(name, "excluded by the site") for name in (*kind.excluded, *excluded)])


def _notes_templates(kind: Kind, config: Mapping[str, Value]) -> list[str]:
    """Return the folder of templates that a vault of notes names."""
    folder = config.get("folder") if kind.name == "obsidian" else None
    return [folder.strip("/")] if isinstance(folder, str) and folder.strip("/") else []
