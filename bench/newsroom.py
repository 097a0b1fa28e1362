"""Invented articles and stories in the proportions of real folders."""

import datetime as dt
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from bench.words import Words

END = dt.datetime(2024, 12, 31, 12, tzinfo=dt.UTC)
DAYS = 365
PROVIDERS, TOPICS = 300, 20
STORY_SIZES = range(2, 181)
STORY_CHANCE = 0.22
"""With stories of 3.5 articles in the mean this puts half of all articles into one."""

IMAGES = ((1280, 720), (1200, 630), (600, 338), (800, 500), (16, 16), (4000, 2667))
ODD = ("2024", "$38", "47%", "v2.1", "10 things", "R&D", '"beta"', "C#")
MARKS = (":", ",", " |", " -", "’s", " –", "…")
ENDINGS = (" 🚀", "\u200b", "\u00a0", " 日本語", " العربية")
KINDS = ("Post", "Gazette", "Wire", "Weekly", "Labs", "Review", "& Sons", "Blog", "News")


@dataclass(frozen=True, slots=True)
class Provider:
    """A site that articles come from; `tier` is what it adds to quality."""

    number: int
    name: str
    tier: int
    has_logo: bool
    has_amp: bool

    @property
    def domain(self) -> str:
        """Its host."""
        return f"provider-{self.number}.example"


@dataclass(slots=True)
class Article:
    """One article; `story` are the others of its story, best first."""

    number: int
    title: str
    excerpt: str
    moment: dt.datetime
    provider: Provider
    topics: list[str]
    image: tuple[int, int] | None
    quality: int
    secret: bytes
    story: list["Article"] = field(default_factory=list)
    leads: bool = True

    @property
    def slug(self) -> str:
        """The title as a part of addresses and file names; the number makes it the only one."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:80]
        return f"{words.strip('-')}-{self.number:x}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://{self.provider.domain}/{self.moment:%Y/%m}/{self.slug}/"


class Newsroom:
    """Makes up providers, topics and articles; the same for the same seed."""

    def __init__(self, seed: int, *, long_stories: bool = False) -> None:
        self._rng = rng = random.Random(seed)
        self.words = Words(rng)
        self._sizes = range(10, 61) if long_stories else STORY_SIZES
        self._chance = 1.0 if long_stories else STORY_CHANCE
        self._made = 0
        self.topics = list(dict.fromkeys(self.words.name(1 + n % 2) for n in range(TOPICS)))
        self._providers = [
            Provider(
                number + 1,
                f"{self.words.name(rng.choices((1, 2, 12), (60, 39, 1))[0])} {rng.choice(KINDS)}",
                rng.choice((0, 16, 35, 52, 67)),
                rng.random() < 0.75,
                rng.random() < 0.25,
            )
            for number in range(PROVIDERS)
        ]
        self._by_rank = list(accumulate(1 / rank for rank in range(1, PROVIDERS + 1)))

    def stories(self, count: int) -> Iterator[list[Article]]:
        """Make so many articles, story by story; most stories are one article."""
        weights = [size**-2.7 for size in self._sizes]
        left = count
        while left:
            is_one = self._rng.random() >= self._chance
            size = 1 if is_one else self._rng.choices(self._sizes, weights)[0]
            yield self._story(min(size, left))
            left -= min(size, left)

    def _story(self, size: int) -> list[Article]:
        """Articles on one event: some days, some words and a topic in common; the best leads."""
        rng = self._rng
        first = END - dt.timedelta(seconds=rng.randrange(DAYS * 86400))
        theme = self.words.some(4)
        topic = rng.choice(self.topics[1:])
        members = [self._article(first, theme, topic) for _ in range(size)]
        members.sort(key=lambda member: -member.quality)
        for index, member in enumerate(members):
            member.story = members[:index] + members[index + 1 :]
            member.leads = index == 0
        return members

    def _article(self, first: dt.datetime, theme: list[str], topic: str) -> Article:
        rng = self._rng
        provider = rng.choices(self._providers, cum_weights=self._by_rank)[0]
        topics = self.topics[:1] * (rng.random() < 0.8) + [topic]
        topics += rng.sample(self.topics, rng.choice((0, 0, 0, 1, 1, 2, 4)))
        topics = list(dict.fromkeys(topics))
        image = rng.choice(IMAGES) if rng.random() < 0.7 else None
        quality = provider.tier + 20 * bool(image) + 20 * provider.has_amp + 17 * (len(topics) - 1)
        moment = min(END, first + dt.timedelta(seconds=int(rng.expovariate(1 / 72000))))
        title, excerpt = self._title(theme), self._excerpt(theme)
        secret = rng.randbytes(16 * rng.randint(16, 25))
        self._made += 1
        return Article(
            self._made, title, excerpt, moment, provider, topics, image, quality, secret
        )  # fmt: skip

    def _title(self, theme: list[str]) -> str:
        rng = self._rng
        words = self.words.some(rng.randint(2, 11)) + rng.sample(theme, rng.randint(2, 4))
        rng.shuffle(words)
        words = [word.capitalize() if rng.random() < 0.6 else word for word in words]
        if rng.random() < 0.25:
            words[rng.randrange(len(words))] = rng.choice(ODD)
        if rng.random() < 0.2:
            words[rng.randrange(len(words))] += rng.choice(MARKS)
        ending = rng.choice(ENDINGS) if rng.random() < 0.01 else ""
        text = " ".join(words)
        return text[0].upper() + text[1:180] + ending

    def _excerpt(self, theme: list[str]) -> str:
        rng = self._rng
        if rng.random() < 0.01:
            return ""
        sentences = []
        for _ in range(rng.randint(2, 6)):
            words = self.words.some(rng.randint(5, 14)) + theme[:1]
            sentences.append(" ".join(words).capitalize() + ".")
        joints = (" ", "\r\n", "&nbsp;", "\u00a0", " &#039;tis ", ' "so" ')
        joint = rng.choices(joints, (88, 3, 3, 3, 1, 2))[0]
        return joint.join(sentences)[: rng.choice((120, 200, 256, 300, 300, 505))]
