"""Rows hold keywords and what is around a thing apart from its sentences, and texts to say why they were found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexrow",
            name="key_terms",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="indexrow",
            name="parts",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="indexrow",
            name="rest_terms",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="indexword",
            name="shown",
            field=models.CharField(default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="indexrow",
            name="language",
            field=models.CharField(default="id", max_length=10),
        ),
    ]
