"""What the index knows of each article without opening its record: one number in each column.

A row is never changed once it is there: a file that changed gets a new row, and the old one is no
longer HERE. So the number of a row is the same in each index of a session.
"""

HAS_ADDRESS, HAS_FIGURES, MAY_BE_DRAFT, LEADS, HAS_PICTURE, FULL = (1 << bit for bit in range(6))
"""The bits of `facts`: known by an address, with quality or heat, `published: false` without
either, `heat` of 0 or more, with a picture, with an excerpt that is not cut."""

MISSING = -(2**31)
"""No quality, no heat; as `moment`, no date."""

NONE = -1
"""No row, no provider."""

KIN = 5
"""How many kin of each row there are at most."""

SHOWN = {
    "segment": "H",  # which file of records
    "offset": "Q",  # where in it the record begins, in bytes
    "head_size": "I",  # bytes of each part, with its checksum; the parts follow each other
    "copies_size": "I",
    "words_size": "I",
    "key": "Q",  # `urls.key_number` of the key; its first ten hex digits are the id
    "ordinal": "I",  # 0, or what the id ends with where several articles have one key
    "library": "H",
    "flags": "B",  # the bits of `reader.model`
    "quality": "i",
    "heat": "i",
    "moment": "q",  # 20201020131300, of which larger is later
    "provider": "i",  # in `tables.providers`
    "domain": "i",  # in `tables.domains`
    "topics": "i",  # in `tables.topic_sets`
    "leader": "i",  # the row that stands for the story, NONE for a lone article
    "length": "H",  # words of its text
    "standing": "H",  # tenths of points for its quality, see `reader.ranking`
    "worth": "H",  # the same with those for its story
    "front": "i",  # the same less those for its age: what the order of importance goes by
    "related": "H",  # how many are related, each counted once
    "near_start": "I",  # where the targets of its copies begin in `near`
    "near_size": "H",
}
"""The columns that are loaded to show a list: their types, as in `array`."""

KEPT = {
    "base": "B",  # `flags` as the file alone says
    "facts": "B",
    "web_key": "Q",  # key_number of the web address where that is another one, else 0
    "amp_key": "Q",
    "cdn_amp_key": "Q",
    "title": "Q",  # key_number of the title in lower case
    "named": "Q",  # of title and provider in lower case
    "said": "i",  # the leader of the story that files tell of, else NONE
    "joined": "i",  # the leader of the story that was computed, else NONE
    "counted": "B",  # 1 where an article is linked to those that it is like
    "terms_at": "I",  # where the words that it is compared by begin in `terms`
    "terms_size": "B",
}
"""The columns that only making the index needs."""

ASKED = {
    "author": "i",  # in `names.author`, a set of names; so are the tags
    "tag": "i",
    "type": "i",
    "lang": "i",
    "feed": "i",
    "updated": "q",  # as `moment`
}
"""The columns that are loaded when a filter asks for them."""

COLUMNS = SHOWN | KEPT | ASKED
"""All that have a value for each row."""

TEXTS = ("title_text", "key_text")
"""Texts of all rows, each with a line feed after it; loaded when a filter asks for them."""

LISTS = {
    "by_front": "I",
    "by_quality": "I",
    "by_newest": "I",
    "by_oldest": "I",
    "by_heat": "I",
    "by_related": "I",
    "story_leaders": "I",  # sorted; the story of each ends in `members` where `story_ends` says
    "story_ends": "I",
    "members": "I",  # story after story: the leader, then by quality
    "near": "i",  # the row that a copy was made of, NONE where it is not here
    "keys": "Q",  # sorted key numbers, of each address but the AMP ones ...
    "key_rows": "I",  # ... with their rows
    "mobile_keys": "Q",  # the same for AMP addresses
    "mobile_rows": "I",
    "versioned": "I",  # sorted: those that stand for earlier versions
    "kin": "i",  # of each row: `KIN` rows, the nearest first, then NONE
}
"""Lists of rows, in some order, of articles that are HERE."""

KEPT_LISTS = {
    "copy_key": "Q",  # of each copy, row after row: key_number of its address, else 0
    "copy_title": "Q",
    "copy_named": "Q",
}

TERMS = {"terms": "I"}  # see `likeness.terms_of`; those of each row after its number, see `terms`

LINKED = {
    "counts": "I",  # how many articles have each word, by its number
    "in_time": "I",  # those that are counted and have a moment, the earliest first
    "links": "Q",  # see `links`
    "kin_nearness": "H",  # of each kin
}
"""What stories and kin are computed from, beside the terms."""

FILES = {
    "file_library": "H",
    "file_size": "Q",
    "file_time": "q",  # mtime in nanoseconds
    "file_inode": "Q",
    "file_row": "i",  # NONE where the file holds no article
}
"""One row a file, in the order of `paths`."""
