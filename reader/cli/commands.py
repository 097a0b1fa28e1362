"""The subcommands, one function each."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reader.body.plain import plain_text
from reader.browser import NoBrowser, open_in_browser
from reader.cli.arguments import Options, UsageError
from reader.cli.output import complain, is_terminal, say, say_json, say_table
from reader.cli.records import record, related_record, whole_record
from reader.dates import age, day, long_date
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.filters import FilterError
from reader.folders import NoFolder
from reader.library import Library
from reader.model import Article
from reader.places import default_library, state_dir
from reader.state.journal import StateError
from reader.text import clean_line, one_line
from reader.views import ALL


def read(options: Options) -> int:
    """Open the reader; without a terminal print the list instead."""
    if not options.json and _has_screen():
        from reader.cli.screen import start

        return start(open_library, folders(options))
    return list_articles(Options("list", (), folders(options), json=options.json))


def _has_screen() -> bool:
    """Whether there is a terminal to read from and to draw on."""
    is_typing = sys.stdin is not None and sys.stdin.isatty()
    return is_typing and is_terminal() and (os.environ.get("TERM") or "dumb") != "dumb"


def list_articles(options: Options) -> int:
    """Print the articles that match a filter, in its order."""
    library = _loaded(options.libraries)
    try:
        rows = library.listing(ALL, text=" ".join(options.words))
    except FilterError as error:
        raise UsageError(f"{error}") from error
    if not library.store.articles:
        fact, sentence = library.why_empty(ALL, "")
        complain((sentence or fact).rstrip(".") + _HINT)
    articles = (rows.article(number) for number in range(len(rows)))
    if options.json:
        for article in articles:
            say_json(record(library, article))
    else:
        line = _table_row if is_terminal() else _plain_row
        say_table((line(library, article) for article in articles), (1, 3, 0, 22, 11))
    return 0


def show(options: Options) -> int:
    """Print one article whole."""
    library, article = _one(options)
    if options.json:
        return _show_json(library, article)
    when = long_date(article.published_at, None) if article.published_at else None
    say(article.title)
    if article.provider or when:
        say(" · ".join(fact for fact in (article.provider, when) if fact))
    named = (("quality", article.quality), ("heat", article.heat))
    figures = [f"{name} {value}" for name, value in named if value is not None]
    if figures or article.topics:
        say(" · ".join([*figures, *article.topics]))
    if text := article.problem or _text(library, article) or article.excerpt:
        say(f"\n{text}")
    for url in dict.fromkeys(filter(None, (article.urls.best, article.urls.web))):
        say(f"\n{url}")
    if library.store.near(article):
        say("\nRelated")
        _say_related(library, article)
    return 0


def _show_json(library: Library, article: Article) -> int:
    try:
        whole = whole_record(library, article)
    except (Unreadable, FrontMatterError) as error:
        complain(f"{article.path}: {error}")
        return 1
    say_json(whole)
    return 0


def open_article(options: Options) -> int:
    """Open the original in the browser; without one print its address."""
    library, article = _one(options)
    url = article.urls.best
    if url is None:
        raise UsageError(f"{article.path} gives no address that can be opened")
    try:
        open_in_browser(url)
        unopened = None
    except NoBrowser:
        unopened = url
    library.mark_read([article])
    library.close()
    if options.json:
        say_json(record(library, article))
    elif unopened:
        say(unopened)
    if library.trouble:
        complain(library.trouble)
    return 1 if library.trouble else 0


def related(options: Options) -> int:
    """Print what is related to an article."""
    library, article = _one(options)
    if options.json:
        for near in library.store.near(article):
            say_json(related_record(near))
    else:
        _say_related(library, article)
    return 0


def topics(options: Options) -> int:
    """Print the topics as a tree, with unread and all articles."""
    library = _loaded(options.libraries)
    tree, unread = library.store.topics, library.tally.topics
    listed = [one for one in library.store.articles.values() if not one.hidden]
    for name, depth in tree.walk():
        whole = tree.within(name)
        count = sum(not whole.isdisjoint(one.topics) for one in listed)
        path = tree.path(name)
        if options.json:
            parent = path[-2] if len(path) > 1 else None
            say_json({"name": name, "parent": parent, "articles": count, "unread": unread[name]})
        else:
            say_table(
                [("  " * depth + name, f"{unread[name]} unread", f"{count} in all")], (0, 14, 14)
            )
    return 0


def check(options: Options) -> int:
    """Print what became of each file; 1 if some have problems."""
    library = _loaded(folders(options))
    counts, problems = library.counts, library.listing(ALL, text="")
    broken = [one for row in range(len(problems)) if (one := problems.article(row)).problem]
    for article in broken:
        if options.json:
            say_json(record(library, article))
        else:
            say(f"{article.path}: {article.problem}")
    if options.json:
        fields = ("seen", "articles", "hidden", "problems", "passed_over")
        reasons = {"passed_over_by_reason": library.passed_over}
        say_json({name: getattr(counts, name) for name in fields} | reasons)
        return 1 if broken else 0
    say(f"{counts.seen:,} files: {counts.articles:,} articles, {counts.hidden:,} hidden, "
        f"{counts.problems:,} with problems, {counts.passed_over:,} passed over")  # fmt: skip
    for reason, count in sorted(library.passed_over.items()):
        say(f"  passed over: {count:,} × {reason}")
    return 1 if broken else 0


def init(options: Options) -> int:
    """Let folders keep their own journals."""
    library = _opened(folders(options) or (Path.cwd(),))
    try:
        places = library.init()
    except StateError as error:
        complain(str(error))
        return 1
    for folder, place in zip(library.folders, places, strict=True):
        if options.json:
            say_json({"library": str(folder.root), "marks": str(place)})
        else:
            say(clean_line(f"Marks are kept in {place}"))
    return 0


COMMANDS: dict[str, Callable[[Options], int]] = {
    "read": read,
    "list": list_articles,
    "show": show,
    "open": open_article,
    "related": related,
    "topics": topics,
    "check": check,
    "init": init,
}


_HINT = "; name another folder, or none for the articles that come with the program"


def folders(options: Options) -> tuple[Path, ...]:
    """Return what is to be opened: what is named, else nothing for the default."""
    return tuple(map(Path, options.words)) + options.libraries


def open_library(paths: tuple[Path, ...]) -> Library:
    """Open what is named, else the user's own library, else the articles of the program.

    Raises NoFolder.
    """
    if paths:
        return Library(tuple(dict.fromkeys(paths)), state_dir())
    return Library.default(state_dir(), default_library())


def _opened(paths: tuple[Path, ...]) -> Library:
    try:
        return open_library(paths)
    except NoFolder as error:
        raise UsageError(str(error) if error.instead else f"{error}{_HINT}") from error
    except OSError as error:
        raise UsageError(one_line(error)) from error


def _loaded(paths: tuple[Path, ...]) -> Library:
    library = _opened(paths)
    library.load()
    return library


def _one(options: Options) -> tuple[Library, Article]:
    library, text = _loaded(options.libraries), options.words[0]
    found = library.store.find(text) or _at_path(library, text)
    if not found:
        raise UsageError(f"no article has the address, path or id {text}")
    if len(found) > 1:
        ids = ", ".join(article.id for article in found[:5])
        raise UsageError(f"{text} means {len(found)} articles: {ids}")
    return library, found[0]


def _at_path(library: Library, text: str) -> tuple[Article, ...]:
    """Return the article in the file that a path means here, in the shell."""
    path = os.path.realpath(os.path.expanduser(text))
    return tuple(one for one in library.store.articles.values() if str(library.path(one)) == path)


def _text(library: Library, article: Article) -> str | None:
    if not article.has_body:
        return None
    try:
        return plain_text(library.body(article))
    except (Unreadable, FrontMatterError) as error:
        return f"{article.path}: {error}"


def _table_row(library: Library, article: Article) -> tuple[str, ...]:
    status, now = library.status(article), datetime.now(UTC)
    mark = "!" if article.problem else "•" if status.unread else " "
    quality = "" if article.quality is None else str(article.quality)
    when = age(article.published_at, now, None) if article.published_at else ""
    return mark, quality.rjust(3), article.title, article.provider or article.problem or "", when


def _plain_row(_: Library, article: Article) -> tuple[str, ...]:
    quality = "" if article.quality is None else str(article.quality)
    when = day(article.published_at, None) if article.published_at else ""
    url = article.urls.best or article.problem or ""
    return article.id, when, quality, article.provider or "", article.title, url


def _say_related(library: Library, article: Article) -> None:
    rows = []
    for number, near in enumerate(library.store.near(article), 1):
        here = near.article or near.item
        when = day(here.published_at, None) if here.published_at else ""
        mark = near.article.id if near.article else "not here"
        rows.append((str(number).rjust(3), mark, when, here.provider or "", near.title))
    say_table(rows, (3, 12, 10, 20, 0))
