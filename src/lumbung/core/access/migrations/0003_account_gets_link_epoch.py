from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_account_gets_session_epoch")]
    operations = [migrations.AddField("account", "link_epoch", models.PositiveIntegerField(default=0))]
