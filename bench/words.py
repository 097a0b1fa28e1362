"""Invented words, a few common and most rare, the same for the same seed."""

import random
from itertools import accumulate

ONSETS = "b br ch d dr f fl g gl gr h j k kl l m n p pl pr qu r s sh sk st t th tr v vr w z"
VOWELS = "a e i o u ai ea ia io ou"
CODAS = ["", "", "", "n", "r", "l", "s", "m", "k", "th", "nd", "rt"]
ACCENTS = str.maketrans("aeioun", "áéïöüñ")
COUNT = 4000


class Words:
    """A vocabulary by rank; how often a word comes falls with its rank, as in any language."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        words: dict[str, None] = {}
        while len(words) < COUNT:
            words[self._invent()] = None
        self.ranked = list(words)
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(COUNT)))

    def _invent(self) -> str:
        rng = self._rng
        syllables = rng.choices((1, 2, 3, 4), (4, 7, 3, 1))[0]
        onsets, vowels = ONSETS.split(), VOWELS.split()
        word = "".join(rng.choice(onsets) + rng.choice(vowels) for _ in range(syllables))
        word += rng.choice(CODAS)
        return word.translate(ACCENTS) if rng.random() < 0.008 else word

    def some(self, count: int) -> list[str]:
        """Return so many words of a text."""
        return self._rng.choices(self.ranked, cum_weights=self._weights, k=count)

    def name(self, count: int) -> str:
        """Return a name of so many rare words, in ASCII."""
        words = self._rng.sample(self.ranked, count + 8)
        plain = [word.capitalize() for word in words if word.isascii() and len(word) > 2]
        return " ".join(plain[:count])
