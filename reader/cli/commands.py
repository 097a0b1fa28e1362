"""The subcommands, one function each."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.browser import NoBrowser, open_in_browser
from reader.cli.arguments import Options, UsageError
from reader.cli.article import (
    COMPUTED_COLUMNS,
    RELATED_COLUMNS,
    STORY_COLUMNS,
    VERSION_COLUMNS,
    article_lines,
    computed_rows,
    related_rows,
    story_rows,
    version_rows,
)
from reader.cli.bulk import mark, open_matching
from reader.cli.matching import empty_status, matching
from reader.cli.naming import HINT, folders, loaded, opened, the_article
from reader.cli.output import complain, is_terminal, say, say_json, say_table
from reader.cli.records import computed_record, record, related_record, whole_record
from reader.dates import age, day
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.files.site import PLAIN
from reader.library import Library
from reader.model import Article
from reader.state.journal import StateError
from reader.text import clean_line
from reader.views import ALL, FRONT, PROBLEMS


def list_articles(options: Options) -> int:
    """Print the articles that match a filter, in its order."""
    library = loaded(options.libraries, fresh=options.fresh)
    rows = matching(library, FRONT if options.stories else ALL, " ".join(options.words))
    if not len(library.store):
        fact, sentence = library.why_empty(ALL, "")
        complain((sentence or fact).rstrip(".") + HINT)
    articles = (rows.article(number) for number in range(len(rows)))
    if options.json:
        for article in articles:
            say_json(record(library, article))
    else:
        line = _table_row if is_terminal() else _plain_row
        say_table((line(library, article) for article in articles), (1, 3, 0, 22, 11))
    return empty_status(options, len(rows))


def show(options: Options) -> int:
    """Print one article whole."""
    if options.full:
        from reader.cli.full import show_full

        return show_full(options)
    library, article = the_article(options)
    if options.json:
        return _show_json(library, article)
    for line in article_lines(library, article):
        say(line)
    for heading, rows, columns in (
        ("Versions", list(version_rows(library, article)), VERSION_COLUMNS),
        ("Related", list(related_rows(library, article)), RELATED_COLUMNS),
    ):
        if rows:
            say(f"\n{heading}")
            say_table(rows, columns)
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
    if options.filter:
        return open_matching(options)
    library, article = the_article(options)
    url = article.urls.best
    if url is None:
        raise UsageError(f"{article.path} gives no address that can be opened")
    try:
        open_in_browser(url)
        unopened = None
    except NoBrowser:
        unopened = url
    library.mark_opened(article)
    lost = library.close()
    if options.json:
        say_json(record(library, article))
    elif unopened:
        say(unopened)
    if lost:
        complain(lost)
    return 1 if lost else 0


def related(options: Options) -> int:
    """Print what is related to an article: what its file names, then what is computed if asked."""
    library, article = the_article(options)
    computed = library.computed(article) if options.computed else []
    if options.json:
        for near in library.near(article):
            say_json(related_record(near))
        for one, why in computed:
            say_json(computed_record(one, why))
    else:
        say_table(related_rows(library, article), RELATED_COLUMNS)
        say_table(computed_rows(computed), COMPUTED_COLUMNS)
    return 0


def story(options: Options) -> int:
    """Print the articles of an article's story in the order of time; the article itself alone."""
    library, article = the_article(options)
    members = sorted(library.story(article) or [article], key=_moment)
    if options.json:
        for one in members:
            say_json(record(library, one))
    else:
        say_table(story_rows(members), STORY_COLUMNS)
    return 0


def _moment(article: Article) -> tuple[bool, str]:
    return article.published_at is None, article.published_at or ""


def topics(options: Options) -> int:
    """Print the topics as a tree, with unread and all articles."""
    library = loaded(options.libraries, fresh=options.fresh)
    tree, unread = library.store.topics, library.tally.topics
    for name, depth in tree.walk():
        count = library.count_topic(name)
        path = tree.path(name)
        if options.json:
            parent = path[-2] if len(path) > 1 else None
            say_json({"name": name, "parent": parent, "articles": count, "unread": unread[name]})
        else:
            say_table(
                [("  " * depth + name, f"{unread[name]} unread", f"{count} in all")], (0, 14, 14)
            )
    return 0


def edition(options: Options) -> int:
    """Print the edition; the next one where it is time for it, or it is asked for."""
    from reader.cli.edition import print_edition

    return print_edition(options)


def check(options: Options) -> int:
    """Print what became of each file; 1 if some have problems."""
    library = loaded(folders(options), fresh=True)
    counts, problems = library.counts, library.listing(PROBLEMS)
    broken = [problems.article(row) for row in range(len(problems))]
    for article in broken:
        if options.json:
            say_json(record(library, article))
        else:
            say(f"{article.path}: {article.problem}")
    if options.json:
        fields = ("seen", "articles", "hidden", "problems", "passed_over")
        reasons = {"passed_over_by_reason": library.passed_over}
        sites = {"folders": [_site_record(library, one) for one in range(len(library.folders))]}
        say_json({name: getattr(counts, name) for name in fields} | reasons | sites)
        return 1 if broken else 0
    say(f"{counts.seen:,} files: {counts.articles:,} articles, {counts.hidden:,} hidden, "
        f"{counts.problems:,} with problems, {counts.passed_over:,} passed over")  # fmt: skip
    for reason, count in sorted(library.passed_over.items()):
        say(f"  passed over: {count:,} × {reason}")
    for number in range(len(library.folders)):
        found = _site_record(library, number)
        if found["kind"] != PLAIN:
            say(f"{found['folder']}: {' '.join(found['decided'])}")
    return 1 if broken else 0


def _site_record(library: Library, number: int) -> dict[str, Any]:
    """Return what kind of site a folder is, and what was decided from it."""
    site, folder = library.site(number), clean_line(str(library.folders[number].root))
    decided = [clean_line(sentence) for sentence in site.decided]
    return {"folder": folder, "kind": site.kind, "address": site.address, "decided": decided}


def init(options: Options) -> int:
    """Let folders keep their own journals."""
    library = opened(folders(options) or (Path.cwd(),))
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
    "list": list_articles,
    "mark": mark,
    "show": show,
    "open": open_article,
    "related": related,
    "story": story,
    "topics": topics,
    "edition": edition,
    "check": check,
    "init": init,
}


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
