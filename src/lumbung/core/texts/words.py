"""Words made comparable: normalised, local short forms written out, stop words gone, stemmed. Pure.

A text says its language; a question does not, so its words are read as both.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from lumbung.core.texts import lexicon

WORD = re.compile(r"[^\W_]+", re.UNICODE)
LONGEST_WORD = 40
MOST_WORDS = 4000

ID, EN, TITLES = "id", "en", lexicon.TITLES
_indonesian = snowballstemmer.stemmer("indonesian")
_stemmers = {ID: _indonesian, TITLES: _indonesian, EN: snowballstemmer.stemmer("english")}


def words_in(text: str) -> list[str]:
    """Every word of a text in one spelling: compatibility forms folded, accents gone, small letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in WORD.findall(plain)[:MOST_WORDS]]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = ID) -> str:
    """The stem that joins a word family: "kerusakan", "rusaknya" and "rusak" are one; so are "road" and "roads".

    "berjalan" (goes on) is kept from "jalan" (road): such words stand in a list.
    """
    if language != EN and word in lexicon.unlike_stems():
        return lexicon.unlike_stems()[word]
    return str(_stemmers[language].stemWord(word)) if word.isalpha() else word


def written_out(words: Iterable[str]) -> list[str]:
    """Short and colloquial forms replaced by what they stand for: "jln" → "jalan", "bansos" → "bantuan sosial"."""
    known = lexicon.civic_words()
    return [meant for word in words for meant in known.get(word, (word,))]


def telling(text: str, language: str = ID) -> list[str]:
    """The words of a text that say what it is about: short forms written out, stop words gone, not stemmed."""
    stop = lexicon.stop_words(language)
    found = words_in(text)
    return [word for word in (found if language == EN else written_out(found)) if word not in stop]


def terms(text: str, language: str = ID) -> list[str]:
    """What a text is found by, in order, with repeats: stems without stop words."""
    return [stem(word, language) for word in telling(text, language)]


def query_words(text: str) -> list[str]:
    """The words of a question, each once, not stemmed. A question of stop words only keeps them."""
    return list(dict.fromkeys(telling(text) or written_out(words_in(text))))


def query_terms(text: str) -> list[str]:
    """What a question asks for: each term once."""
    return list(dict.fromkeys(stem(word) for word in query_words(text)))
