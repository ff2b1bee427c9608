"""What can be found: one row for each thing and index, and the words these rows know.

The full-text columns beside this table (FTS5 on SQLite, tsvector on PostgreSQL) are kept by the database itself
(migration 0002); nothing here is written twice.
"""

from django.db import models
from django.db.models.functions import Length

from lumbung.core.search import matching


class IndexRow(models.Model):
    """One thing in one index. The public index holds public fields only; the staff index no words of residents."""

    PUBLIC, STAFF = "public", "staff"
    INDEXES = [(PUBLIC, PUBLIC), (STAFF, STAFF)]

    index = models.CharField(max_length=6, choices=INDEXES)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    place_code = models.CharField(max_length=20, blank=True)
    handling_region = models.CharField(max_length=20, blank=True)
    handling_organisation = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="id")
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=300, blank=True)
    address = models.JSONField(default=dict)
    on = models.DateField()
    title_terms = models.TextField()
    # Keywords and names of columns; what is around the thing: its agency, its place, values of its columns, marks.
    key_terms = models.TextField(default="")
    terms = models.TextField()
    rest_terms = models.TextField(default="")
    # Texts beside title and excerpt by which it may be found, to say why it was: [{"kind", "text", "language"}].
    parts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "kind", "object_id"], name="one_row_for_a_thing_and_index"),
            models.CheckConstraint(
                condition=models.Q(index="public", handling_region="", handling_organisation="")
                | models.Q(index="staff"),
                name="public_index_does_not_say_who_handles",
            ),
        ]
        indexes = [models.Index(fields=["index", "kind"], name="index_row_by_kind")]

    def __str__(self) -> str:
        return f"{self.index} {self.kind} {self.object_id}"


class IndexWord(models.Model):
    """A word some row of an index knows; a mistyped word is compared with these. `shown` is how a text wrote it."""

    index = models.CharField(max_length=6, choices=IndexRow.INDEXES)
    word = models.CharField(max_length=40)
    shown = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "word"], name="index_knows_a_word_once")]

    def __str__(self) -> str:
        return self.word


models.TextField.register_lookup(matching.Matches)
models.BigIntegerField.register_lookup(matching.IsFoundBy)
models.CharField.register_lookup(Length)
