"""What the words of a command line name: libraries, and articles in them."""

from pathlib import Path

from reader.cli.arguments import Options, UsageError
from reader.cli.output import complain
from reader.folders import NoFolder
from reader.library import Library
from reader.model import Article
from reader.places import cache_dir, config_file, default_library, state_dir
from reader.settings import SettingsError, read_settings
from reader.text import one_line

HINT = "; name another folder, or none for the articles that come with the program"
"""What helps where there is nothing to read."""


def folders(options: Options) -> tuple[Path, ...]:
    """Return what is to be opened: what is named, else nothing for the default."""
    return tuple(map(Path, options.words)) + options.libraries


def open_library(paths: tuple[Path, ...]) -> Library:
    """Open what is named, else the user's own library, else the articles of the program.

    Raises NoFolder, UsageError.
    """
    try:
        settings = read_settings(config_file())
    except SettingsError as error:
        raise UsageError(str(error)) from error
    if paths:
        library = Library(tuple(dict.fromkeys(paths)), state_dir(), cache_dir())
    else:
        library = Library.default(state_dir(), cache_dir(), default_library())
    library.settings = settings
    library.keep_rules_in(config_file().parent)
    return library


def opened(paths: tuple[Path, ...]) -> Library:
    """Open what is named. Raises UsageError."""
    try:
        return open_library(paths)
    except NoFolder as error:
        raise UsageError(str(error) if error.instead else f"{error}{HINT}") from error
    except OSError as error:
        raise UsageError(one_line(error)) from error


def loaded(paths: tuple[Path, ...], *, fresh: bool = False) -> Library:
    """Open what is named and read it to the end; `fresh` looks at every file. Raises UsageError."""
    library = opened(paths)
    if library.rules_mistake:
        complain(library.rules_mistake)
    library.load(thorough=fresh)
    return library


def the_article(options: Options) -> tuple[Library, Article]:
    """Return the one article that a command is about. Raises UsageError."""
    library, text = loaded(options.libraries, fresh=options.fresh), options.words[0]
    found = library.find(text)
    if not found:
        raise UsageError(f"no article has the address, path or id {text}")
    if len(found) > 1:
        ids = ", ".join(article.id for article in found[:5])
        raise UsageError(f"{text} means {len(found)} articles: {ids}")
    return library, found[0]
