"""Word families, short forms and slips of the finger."""

import pytest

from lumbung.core.texts import lexicon, typos, words

FAMILIES = [
    ("jalan rusak", "kerusakan jalan"),
    ("lampu mati", "lampunya mati"),
    ("air bersih", "kebersihan air"),
    ("sampah menumpuk", "tumpukan sampah"),
    ("mengaspal jalan", "pengaspalan jalan"),
    ("selokan tersumbat", "selokan mampet"),
]


@pytest.mark.parametrize(("left", "right"), FAMILIES)
def test_a_word_family_is_one_term(left, right):
    assert set(words.terms(left)) == set(words.terms(right))


@pytest.mark.parametrize(
    ("one", "other"),
    [("jalan", "tahun berjalan"), ("sekolah dasar", "berdasarkan"), ("angkatan kerja", "perangkat daerah")],
)
def test_words_that_only_look_like_a_family_are_not_one(one, other):
    assert not set(words.terms(one)) & set(words.terms(other))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("jln", "jalan"),
        ("PJU", "lampu jalan"),
        ("got", "selokan"),
        ("bansos", "bantuan sosial"),
        ("pkl", "pedagang kaki lima"),
        ("jln. berlobang", "jalan berlubang"),
    ],
)
def test_short_forms_of_the_street_stand_for_their_words(short, full):
    assert set(words.terms(short)) == set(words.terms(full))


def test_stop_words_say_nothing():
    assert words.terms("mohon segera untuk yang di dengan") == []
    assert words.query_terms("yang di") == ["yang", "di"]


def test_spelling_is_levelled():
    assert words.words_in("Ｊａｌａｎ RUSAK, é!") == ["jalan", "rusak", "e"]
    assert words.words_in("KSB-2026-000123") == ["ksb", "2026", "000123"]


@pytest.mark.parametrize("hostile", ["", "\x00", '"" OR 1=1 --', "😀😀", "a" * 100_000, "' ; * ( ) & | ! : <->"])
def test_hostile_text_becomes_plain_words(hostile):
    found = words.terms(hostile)
    assert all(term.isalnum() and len(term) <= words.LONGEST_WORD for term in found)
    assert len(words.terms("kata lain " * 10_000)) <= words.MOST_WORDS


def test_every_civic_word_means_something_found_again():
    for word, means in lexicon.civic_words().items():
        assert means, word
        assert words.terms(word), word


def test_an_installation_adds_its_own_words(settings, tmp_path):
    settings.LUMBUNG_HOME = tmp_path
    assert words.terms("brembe") == ["brembe"]
    (tmp_path / lexicon.LOCAL_FILE).write_text("word,means\nbrembe,bagaimana jalan\n")
    assert words.terms("brembe") == words.terms("bagaimana jalan")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jalna", "jalan"), ("lampuu", "lampu"), ("smpah", "sampah"), ("jembtan", "jembatan"), ("seloakn", "selokan")],
)
def test_a_slip_of_the_finger_finds_the_word(typed, meant):
    vocabulary = ["jalan", "lampu", "sampah", "jembatan", "selokan", "sekolah", "air", "pasar"]
    assert typos.nearest(typed, vocabulary)[0] == meant


@pytest.mark.parametrize("other", ["pasar", "sekolah", "air"])
def test_another_word_is_not_a_slip(other):
    assert typos.nearest("jalan", [other]) == []


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("", "", 0), ("a", "", 1), ("jalan", "jalan", 0), ("jalna", "jalan", 1), ("lampu", "lempu", 1), ("ab", "ba", 1)],
)
def test_edits_count_a_swap_as_one(left, right, distance):
    assert typos.edits(left, right) == typos.edits(right, left) == distance
