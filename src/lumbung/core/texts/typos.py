"""Words of a vocabulary that a mistyped word may mean. Pure."""

from collections.abc import Iterable

CLOSE_ENOUGH = 0.35
MOST = 3
SHORT = 5


def trigrams(word: str) -> frozenset[str]:
    """The three-letter pieces of a word, its ends marked."""
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def nearest(word: str, vocabulary: Iterable[str]) -> list[str]:
    """At most three words that share enough trigrams and differ by one slip (two in longer words), closest first."""
    pieces, slips = trigrams(word), 1 if len(word) <= SHORT else 2
    found = []
    for candidate in vocabulary:
        if abs(len(candidate) - len(word)) > slips:
            continue
        others = trigrams(candidate)
        similarity = len(pieces & others) / len(pieces | others)
        if similarity >= CLOSE_ENOUGH or _swapped(word, candidate):
            distance = edits(word, candidate)
            if distance <= slips:
                found.append((distance, -similarity, candidate))
    return [candidate for _distance, _similarity, candidate in sorted(found)[:MOST]]


def _swapped(word: str, candidate: str) -> bool:
    return len(word) == len(candidate) and sorted(word) == sorted(candidate)


def edits(left: str, right: str) -> int:
    """Letters to insert, delete, change or swap with the neighbour (optimal string alignment)."""
    above2: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if above2 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                best = min(best, above2[j - 2] + 1)
            row.append(best)
        above2, above = above, row
    return above[-1]
