from datetime import date

from django.db import migrations, models

FIELDS = ("category", "name", "date", "authority")


def copy(apps, schema_editor):
    for revision in apps.get_model("elections", "Revision").objects.select_related("election"):
        for field in FIELDS:
            setattr(revision, field, getattr(revision.election, field))
        revision.save()


class Migration(migrations.Migration):
    """A correction may change name or date of an election; the outcome that it replaces keeps its own."""

    dependencies = [("elections", "0001_election")]

    operations = [
        migrations.AddField("revision", "category", models.CharField(max_length=2, default=""), preserve_default=False),
        migrations.AddField("revision", "name", models.CharField(max_length=250, default=""), preserve_default=False),
        migrations.AddField(
            "revision", "date", models.DateField(db_index=True, default=date(1848, 11, 3)), preserve_default=False
        ),
        migrations.AddField(
            "revision", "authority", models.CharField(max_length=250, default=""), preserve_default=False
        ),
        migrations.RunPython(copy, migrations.RunPython.noop, elidable=True),
        migrations.AlterModelOptions("election", {}),
        *(migrations.RemoveField("election", field) for field in FIELDS),
    ]
