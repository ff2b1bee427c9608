"""The monitoring body of a member has a contact for everybody, as OGP's form asks for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0022_answers_name_what_was_said_anew")]

    operations = [migrations.AddField("seat", "public_contact", models.CharField(max_length=300, null=True))]
