"""`show --full`: the whole text of an article, got from its page and kept."""

from reader.body.plain import plain_text
from reader.cli.arguments import Options, UsageError
from reader.cli.article import article_lines
from reader.cli.naming import the_article
from reader.cli.output import complain, say, say_json
from reader.cli.records import whole_record
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.kept_texts import Kept, NoFullText
from reader.library import Library
from reader.model import Article
from reader.places import config_file, state_dir
from reader.settings import SettingsError


def show_full(options: Options) -> int:
    """Print an article with its full text, which is got where it is not kept already."""
    library, article = the_article(options)
    try:
        kept = None if options.fresh else library.full_texts.read(article.key)
        kept = kept or get_full_text(library, article)
        told = whole_record(library, article) if options.json else {}
    except (NoFullText, Unreadable, FrontMatterError) as error:
        complain(f"no full text of {article.name}: {error}")
        return 1
    except SettingsError as error:
        raise UsageError(str(error)) from error
    if options.json:
        say_json(told | {"body": kept.text, "full_text": {"url": kept.url, "at": kept.at}})
    else:
        for line in article_lines(library, article, plain_text(kept.body)):
            say(line)
    return 0


def get_full_text(library: Library, article: Article) -> Kept:
    """Get the full text of an article and keep it. Raises NoFullText, SettingsError, OSError."""
    import asyncio  # a text that is kept is shown without all of these

    from reader.feeds.filing.ledger import Ledger
    from reader.feeds.full_text.keeping import get_text, keep
    from reader.feeds.web.access import read_access
    from reader.feeds.web.http import Fetcher
    from reader.feeds.workers import Workers

    access = read_access(config_file(), state_dir())

    async def get() -> Kept:
        async with Fetcher(access) as fetcher, Workers(1) as workers:
            return await get_text(article.urls, fetcher, workers)

    kept = asyncio.run(get())
    folder = library.folders[article.library].base
    keep(folder, article, kept, Ledger(folder, state_dir()), library.full_texts)
    return kept
