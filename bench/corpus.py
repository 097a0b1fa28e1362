"""The folders of articles that are measured: made once, the same each time, kept between runs."""

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bench.front_matter import front_matter, rss_item
from bench.newsroom import Article, Newsroom

SEED, LATER_SEED = 1, 2
FEEDS = 200
CRLF_SHARE = 0.02
FORM = "1"
"""Changes when the same options make other files; corpora of another form are made anew."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n<title>{}</title>\n'
LINK = "<link>https://site.example/</link><description>invented</description>\n"
FOOT = "</channel>\n</rss>\n"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of so many articles."""

    root: Path
    size: int

    @property
    def library(self) -> Path:
        """The folder that a reader is pointed at."""
        return self.root / "library"

    @property
    def feeds(self) -> dict[str, list[Path]]:
        """The same articles as RSS, by how they are parted."""
        many = sorted(self.root.glob("feeds/*.xml"))
        return {"one feed": [self.root / "one.xml"], f"{FEEDS} feeds": many}


def corpus(kept: Path, size: int, kind: str) -> Corpus:
    """Return a complete corpus, made by another process where there is none.

    Its kind is `related`, `plain` (no related lists), `long` (long ones only), `later` (articles
    that come in on top of others).
    """
    made = Corpus(kept / f"{kind}-{size}", size)
    if _is_complete(made.root):
        return made
    shutil.rmtree(made.root, ignore_errors=True)
    print(f"making {size:,} articles ({kind})", file=sys.stderr, flush=True)
    options = [str(made.root), str(size), kind]
    subprocess.run([sys.executable, "-m", "bench.corpus", *options], check=True)
    return made


def mark_complete(root: Path) -> None:
    """Note that nothing is missing in a corpus."""
    (root / "complete").write_text(FORM)


def _is_complete(root: Path) -> bool:
    mark = root / "complete"
    return mark.is_file() and mark.read_text() == FORM


def linked(corpus: Corpus, to: Path) -> Path:
    """Return a copy of a library whose files may be replaced, but not written into."""
    shutil.copytree(corpus.library, to, copy_function=os.link)
    return to


def write(root: Path, size: int, kind: str) -> None:
    """Write a corpus: the library, and with related lists the feeds too."""
    newsroom = Newsroom(LATER_SEED if kind == "later" else SEED, long_stories=kind == "long")
    news, topics = root / "library/_news", root / "library/_data/topics"
    for folder in (news, topics, root / "feeds"):
        folder.mkdir(parents=True)
    _write_topics(topics, newsroom.topics)
    crlf = random.Random(SEED)
    with ExitStack() as stack:
        feeds = _Feeds(stack, root) if kind == "related" else None
        for story in newsroom.stories(size):
            for article in story:
                text = front_matter(article, related=kind != "plain")
                text = text.replace("\n", "\r\n") if crlf.random() < CRLF_SHARE else text
                name = f"{article.moment:%Y-%m-%d}-{article.slug}.md"
                (news / name).write_bytes(text.encode())
            if feeds is not None:
                feeds.add(story)
    mark_complete(root)


def _write_topics(folder: Path, names: list[str]) -> None:
    for number, name in enumerate(names):
        slug = name.lower().replace(" ", "-")
        parent = f"parent: {names[0]}\n" if number else ""
        text = f"taxonomy: topic\n_id: {slug}\nname: {name}\n{parent}keywords:\n  - {slug}\n"
        (folder / f"{number:02}-{slug}.yaml").write_text(text)


class _Feeds:
    """The articles as one feed, and by provider as many."""

    def __init__(self, stack: ExitStack, root: Path) -> None:
        paths = [root / "one.xml", *(root / f"feeds/{number:03}.xml" for number in range(FEEDS))]
        files = [stack.enter_context(path.open("w", encoding="utf-8")) for path in paths]
        for path, file in zip(paths, files, strict=True):
            file.write(HEAD.format(f"Feed {path.stem}") + LINK)
            stack.callback(file.close)
            stack.callback(file.write, FOOT)
        self._one: TextIO = files[0]
        self._many: Sequence[TextIO] = files[1:]

    def add(self, articles: Iterable[Article]) -> None:
        for article in articles:
            item = rss_item(article)
            self._one.write(item)
            self._many[article.provider.number % FEEDS].write(item)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.corpus")
    parser.add_argument("root", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("kind", choices=("related", "plain", "long", "later"))
    options = parser.parse_args()
    write(options.root, options.size, options.kind)


if __name__ == "__main__":
    main()
