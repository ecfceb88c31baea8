import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every station is in a district, and the stated totals stand with the districts."""

    dependencies = [("elections", "0005_one_district")]

    operations = [
        migrations.AlterField(
            "station",
            "district",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stations", to="elections.district"
            ),
        ),
        migrations.AlterModelOptions("receivedfile", {"ordering": ["ordinal"]}),
        migrations.AddConstraint(
            "receivedfile",
            models.UniqueConstraint(fields=["revision", "ordinal"], name="elections_file_place_once"),
        ),
        *(migrations.RemoveField("revision", field) for field in ("valid", "blank", "invalid", "eligible")),
        migrations.RemoveField("candidatelist", "votes"),
    ]
