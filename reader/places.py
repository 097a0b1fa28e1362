"""Where the program keeps its own files on this machine, by the customs of the system."""

from pathlib import Path


def state_dir() -> Path:
    """Return the folder of what a user did on this machine."""
    from platformdirs import user_state_path

    return user_state_path("broadsheet")


def config_file() -> Path:
    """Return the file of what the user has settled, which need not be there."""
    from platformdirs import user_config_path

    return user_config_path("broadsheet") / "config.toml"


def default_library() -> Path:
    """Return the user's own library, which need not be there."""
    from platformdirs import user_data_path

    return user_data_path("broadsheet")


def cache_dir() -> Path:
    """Return the folder of what can be made anew at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("broadsheet")
