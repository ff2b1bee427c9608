"""`/datastore/dump/…` is an address of its own now: no portal may take that name."""

from django.db import migrations, models

WORDS = [
    "admin",
    "aksesibilitas",
    "akun",
    "api",
    "catatan-publik",
    "contoh",
    "datastore",
    "en",
    "gaya",
    "healthz",
    "id",
    "kalender",
    "kelola",
    "ketentuan",
    "log",
    "media",
    "notifikasi",
    "privasi",
    "static",
    "wilayah",
]


class Migration(migrations.Migration):
    dependencies = [("portals", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="portal", name="portal_slug_is_not_a_reserved_word"),
        migrations.AddConstraint(
            model_name="portal",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", WORDS), _negated=True), name="portal_slug_is_not_a_reserved_word"
            ),
        ),
    ]
