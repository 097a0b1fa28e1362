import re
import sys
import unicodedata
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.folding import _UNFOLDED, MAX_WORD, parted
from reader.model import Article
from reader.search import _MAX_NEEDLE, _located, needle_of, spans, words_of
from reader.text import clean_line, fold
from tests.samples import found_in


def article(title="Title", **fields):
    return Article(id="1", key="1", path="_news/a.md", file="_news/a.md", title=title, **fields)


def finds(kind, value, title):
    return found_in(words_of(article(title)), needle_of(kind, value))


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (" - ", ""),
        ("The Verge’s GPT‑3, 12:30", "the verge s gpt 3 12 30"),
        ("l'Afrique, don’t, комп\u02bcютер", "l afrique don t комп ютер"),
        ("C# and C++11, ## not a + b, #tag", "c # and c + + 11 not a b tag"),
        ("snake_case front-end R&D", "snake case front end r d"),
        ("Straße, ÉCOLE, İstanbul, ﬁn, ①, ½", "strasse ecole istanbul fin 1 1 2"),
        ("微软Azure云，计算", "微 软 azure 云 计 算"),
        ("マイクロ ｶﾞｽ", "マ イ ク ロ ガ ス"),
        ("마이크로소프트가", "마이크로소프트가"),
        ("ไทย ກາ ខ្មែរ မြန်", "ไ ท ย ກ າ ខ ្ ម ែ រ မ ြ န ်"),
        ("हिन्दी में।", "हिन्दी में"),
        ("To the moon 🚀🚀 👩‍💻 ✓ Azure®", "to the moon 🚀 🚀 👩 💻 ✓ azure"),
        ("a\0b\x1fc\u200bd\u2028e", "a b c d e"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("x" * 100, "x" * MAX_WORD),
    ],
)
def test_words_are_folded_andparted(text, words):
    assert parted(text) == words


def test_each_field_has_its_line():
    one = article(
        "A title", excerpt="An excerpt.", provider="The Verge", topics=("AI", "Cloud apps", "&")
    )
    assert words_of(one, "# Body\n\nof it") == (
        " a title \n an excerpt \n the verge \n ai | cloud apps \n body of it "
    )
    assert words_of(article("-")) == "\n\n\n\n"


def test_a_file_with_a_problem_has_its_name_and_path_only():
    broken = article("broken.md", excerpt="no", problem="line 3: no end")
    assert words_of(broken, "nothing") == " broken md \n news a md \n\n\n"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a <b class='x>y'>bold</b><br/>word", "a y bold word"),
        ("a <script>var x = '<b>'; if (a < b) c()</script> b", "a b"),
        ("a <STYLE type='x'>p { }</style> b", "a b"),
        ("a <script>never closed", "a"),
        ("a <!-- hidden - <b> --> b <!-- never", "a b"),
        ('[shown](https://x.example/a_(b) "title") ![alt](a.png) end', "shown title alt end"),
        ("see https://x.example/path?q=1, www.x.example and [b]: http://y.example", "see and b"),
        ("fish &amp; chips, caf&eacute; &#8217;s co\u00adop", "fish chips cafe s coop"),
        ('a {{< figure src="x" >}} b {% raw %} c', "a b c"),
        ("1 < 2 and List<string> x", "1 2 and list x"),
        ("| a | b |\n|---|---|\n**bold** `code`", "a b bold code"),
    ],
)
def test_the_markup_of_a_body_is_not_searched(source, words):
    assert words_of(article(), source).split("\n")[4].strip() == words


def test_a_long_body_ends_with_a_whole_word():
    body = words_of(article(), "word " * 100_000).split("\n")[4]
    assert 60_000 < len(body) < 70_000
    assert set(body.split()) == {"word"}


@pytest.mark.parametrize(
    "piece",
    [
        *("<script", "<!--", "](", "<a ", "https://", "{{", "&amp", "+#", "é", "e\u0301", "\u0301"),
        *("<!--->-", "](a(b)", "www.", "か\u3099", "<script><", "微 ", "</", "[](", "a'", "<a b='"),
    ],
)
def test_no_body_takes_long(piece):
    begin = process_time()
    words_of(article(), piece * (300_000 // len(piece)))
    assert process_time() - begin < 1


def test_what_is_left_unfolded_needs_no_folding():
    for code in range(sys.maxunicode):
        char = chr(code)
        if re.match(f"[{_UNFOLDED}]", char):
            assert fold(char) == char.lower() == char
            assert char.isalnum()


@given(st.text())
@example("か\u3099" * 40)
@example("ᄀ\u1161" * 40)
@example("a\u0338" * 40)
@example("로\uffa6로\u3135")
@example("云" * 40 + "é" + "\u3099")
def test_words_are_the_same_whatever_stands_around_them(text):
    words = parted(text).split()
    assert [word for word, _, _ in _located(text)] == words
    assert parted(f"{'x ' * 40}{text}{' y' * 40}").split()[40:-40] == words


@given(st.text())
def test_words_hold_nothing_that_parts_fields(text):
    words = parted(text)
    assert not set(words) & set('\n|"\0')
    assert all(not unicodedata.category(char).startswith(("Z", "C", "P")) or char in " #"
               for char in words)  # fmt: skip
    words.encode()


# Needles


@pytest.mark.parametrize(
    ("kind", "value", "title"),
    [
        ("word", "micro", "Microsoft’s Azure"),
        ("word", "microsoft's a", "Microsoft’s Azure"),
        ("phrase", "Microsoft", "Microsoft’s Azure"),
        ("word", "afrique", "L’Afrique"),
        ("word", "CAFE", "le café"),
        ("word", "GPT-3", "GPT‑3 is here"),
        ("word", "covid-19", "Covid 19"),
        ("word", "C#", "in C# and C++"),
        ("phrase", "C# and C++", "in C# and C++"),
        ("phrase", "c", "in C#"),
        ("word", "计算", "微软云计算"),
        ("phrase", "计算", "微软云计算"),
        ("word", "azure云", "微软Azure云"),
        ("word", "ไทย", "ประเทศไทย"),
        ("word", "🚀", "moon 🚀🚀"),
        ("word", "&", "anything"),
        ("word", "x" * 200, "x" * 300),
        ("word", "a " * 200, "a " * _MAX_NEEDLE),
    ],
)
def test_this_is_found(kind, value, title):
    assert finds(kind, value, title)


@pytest.mark.parametrize(
    ("kind", "value", "title"),
    [
        ("word", "soft", "Microsoft"),
        ("phrase", "micro", "Microsoft"),
        ("phrase", "azure spac", "Azure Space"),
        ("word", "NET#", "in .NET 5"),
        ("word", "C#9", "in C# and 9"),
        ("word", "ab", "a b"),
        ("word", "算计", "微软云计算"),
    ],
)
def test_this_is_not_found(kind, value, title):
    assert not finds(kind, value, title)


def test_a_phrase_is_found_in_one_field_and_one_topic_only():
    words = words_of(article("Azure", excerpt="Space", topics=("AI", "Cloud")))
    assert not found_in(words, needle_of("phrase", "azure space"))
    assert not found_in(words, needle_of("phrase", "ai cloud"))
    assert found_in(words, needle_of("phrase", "cloud"))


def test_what_has_no_word_is_an_empty_needle():
    assert not needle_of("word", "&")
    assert not needle_of("phrase", " \u0301 ")
    assert needle_of("word", "a")


@given(st.text(), st.integers(0, 20), st.integers(1, 20))
def test_words_find_the_text_that_they_are_from(text, start, count):
    words = parted(clean_line(text)).split()
    part = " ".join(words[start : start + count])
    if not set(part) & set("+#"):
        assert found_in(f" {' '.join(words)} ", needle_of("phrase", part))


# Spans


@pytest.mark.parametrize(
    ("title", "values", "marked"),
    [
        ("Microsoft’s Azure", ["micro"], ["Micro"]),
        ("Microsoft’s Azure", ["microsoft's"], ["Microsoft’s"]),
        ("Azure, or: azure", ["azu"], ["Azu", "azu"]),
        ("Café Zoë", ["cafe", "zo"], ["Café", "Zo"]),
        ("Cafe\u0301s", ["cafe"], ["Cafe\u0301"]),
        ("Straße und", ["stras"], ["Straß"]),
        ("ﬁne", ["f"], ["ﬁ"]),
        ("微软云计算", ["计算"], ["计算"]),
        ("ｶﾞｽ", ["ガ"], ["ｶﾞ"]),
        ("In C# and C++", ["c#", "c++"], ["C#", "C++"]),
        ("## C #", ["c"], ["C"]),
        ("front-end", ["front-e", "end"], ["front-end"]),
        ("👩‍💻 at work", ["💻"], ["💻"]),
        ("nothing", ["none", "&"], []),
        ("", ["a"], []),
        ("x" * 100, ["x" * 90], ["x" * MAX_WORD]),
    ],
)
def test_matches_are_shown_in_the_title(title, values, marked):
    found = spans(title, [needle_of("word", value) for value in values])
    assert [title[start:end] for start, end in found] == marked


def test_a_phrase_is_marked_from_its_first_word_to_its_last():
    assert spans("Azure (Space) azure", [needle_of("phrase", "azure space")]) == [(0, 12)]


@given(st.text(), st.lists(st.text(max_size=4), max_size=3), st.sampled_from(["word", "phrase"]))
def test_spans_are_there_where_a_needle_is_found(title, values, kind):
    needles = [needle for value in values if (needle := needle_of(kind, value))]
    found = spans(title, needles)
    assert bool(found) == any(found_in(f" {parted(title)} ", needle) for needle in needles)
    ends = [end for span in found for end in span]
    assert ends == sorted(set(ends))
    assert all(0 <= end <= len(title) for end in ends)
