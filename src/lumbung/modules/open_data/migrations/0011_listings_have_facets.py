"""What a dataset is filtered by stands in one row that many share; a listing knows its row in the search index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0010_large_tables_have_a_profile"),
        ("organisations", "0001_initial"),
        ("portals", "0002_no_portal_is_called_datastore"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="found_as",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="FacetSet",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("topic", models.CharField(blank=True, max_length=40)),
                ("producer_code", models.CharField(max_length=40)),
                ("place", models.CharField(blank=True, max_length=13)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("frequency", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(blank=True, max_length=160)),
                ("formats", models.TextField(default="|")),
                ("year_from", models.PositiveSmallIntegerField(null=True)),
                ("year_to", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(year_from__isnull=True, year_to__isnull=True)
                        | models.Q(year_from__lte=models.F("year_to")),
                        name="facet_years_are_both_there_and_in_order",
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="listing",
            name="facets",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="open_data.facetset"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["portal", "facets"], name="listing_counted_by_facets"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["found_as", "portal", "facets"], name="listing_counted_as_found"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["portal", "title_id"], name="listing_by_title"),
        ),
    ]
