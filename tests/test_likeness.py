from array import array

from reader.likeness import ALL, WORDS, Rarity, likeness, piece_of, same_title, terms_of


def rarity(total, **counts):
    """Return how rare words are of which so many articles have the named ones, and one the rest."""
    having = array("I", [1]) * WORDS
    for word, count in counts.items():
        having[number(word)] = count
    return Rarity(having, total)


def number(word):
    return terms_of(word, "")[0] % WORDS


def piece(title, excerpt="", provider=0):
    return piece_of(terms_of(title, excerpt), provider)


def alike(one, two, of=None):
    return likeness(one, two, rarity(1000) if of is None else of)


def test_words_of_the_title_names_and_numbers_weigh_more():
    weights = piece("Volcano erupts near Keflavik 2024", "Ash falls. Ash fell on Keflavik.").weights
    assert [weights[number(word)] for word in ("erupts", "falls")] == [2, 1]
    assert [weights[number(word)] for word in ("Volcano", "2024", "keflavik")] == [4, 4, 6]
    assert weights[number("ash")] == 1


def test_short_words_say_nothing_unless_they_are_names_or_numbers():
    words = terms_of("it is on", "We of EU and UN at 5 or so")
    assert {term % WORDS for term in words} == {number(word) for word in ("EU", "UN", "5", "and")}


def test_case_and_accents_make_no_difference():
    assert number("Éric") == number("eric")


def test_the_weightiest_forty_words_are_kept():
    terms = terms_of("Title words first", " ".join(f"w{at}ord x{at}" for at in range(60)))
    assert len(terms) == 40
    assert {number(word) for word in ("Title", "words", "first")} <= {
        term % WORDS for term in terms
    }


def test_articles_are_alike_by_the_rare_words_that_they_share():
    one = piece("Volcano Grimsvotn erupts", "Ash over Reykjavik closes Keflavik airport.", 1)
    two = piece("Grimsvotn erupts again", "The volcano closes Keflavik, says the airport.", 2)
    assert alike(one, one._replace(provider=2)) == ALL * one.total // 60
    assert alike(one, two) > ALL // 6
    assert alike(one, two) == alike(two, one)
    assert alike(one, piece("Vermeer found in attic", "Guilders for Delft.", 2)) == 0


def test_what_many_articles_have_tells_little_and_what_all_have_nothing():
    one, two = (
        piece("Cloud Starlink news", "Much about the cloud and its news.", at) for at in (1, 2)
    )
    common = rarity(1000, Cloud=500, news=250, Starlink=30)
    assert 0 < alike(one, two, common) < alike(one, two)
    assert [rarity(1000, word=count)[number("word")] for count in (1, 16, 32, 500, 1000)] == [
        *(ALL, ALL, ALL * 5 // 6, ALL // 6, 0),
    ]


def test_one_word_alone_makes_nothing_alike():
    assert alike(piece("Starlink", "", 1), piece("Starlink", "", 2)) == 0


def test_one_provider_is_less_alike_to_itself():
    texts = ("Volcano Grimsvotn erupts", "Ash over Reykjavik."), ("Grimsvotn erupts now", "Ash!")
    own = alike(piece(*texts[0], 1), piece(*texts[1], 1))
    assert 0 < own < alike(piece(*texts[0], 1), piece(*texts[1], 2))


def test_titles_of_one_provider_that_differ_in_numbers_are_a_series():
    one, two = (piece(f"Sphere update 20.{at} for testing", "It is here.", 1) for at in (8, 9))
    assert alike(one, two) == 0
    assert alike(one, two._replace(provider=2)) > 0


def test_a_title_that_comes_again_with_another_text_is_a_series():
    first = piece("Morning briefing", "Parliament elects Firefly while Sylvania waits.", 1)
    second = piece("Morning briefing", "Volcano Grimsvotn closes Keflavik airport.", 1)
    assert alike(first, second) == 0
    assert alike(first, first) > 0


def test_titles_are_the_same_with_a_provider_at_the_end():
    title = "Volcano Grimsvotn erupts near Keflavik"
    assert same_title(piece(title), piece(f"{title} - Example Wire"))
    assert not same_title(piece("Volcano erupts"), piece("Volcano erupts in Iceland"))
    assert not same_title(piece(f"{title} 1"), piece(f"{title} 2"))


def test_articles_without_words_are_alike_to_nothing():
    assert not terms_of("", "")
    assert alike(piece(""), piece("")) == 0


def test_texts_without_spaces_are_compared_by_their_characters():
    one = piece("衛星通信の新しい計画を発表", "", 1)
    assert alike(one, piece("新しい衛星通信の計画を発表した", "", 2)) > ALL // 4


def test_one_more_article_changes_few_weights():
    tells = [rarity(total, word=100)[number("word")] for total in range(1025, 2049)]
    assert len(set(tells)) == 1
