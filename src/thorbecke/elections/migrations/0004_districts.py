import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An election may have several districts, each with lists of its own."""

    dependencies = [("elections", "0003_deaths_and_withdrawn_draws")]

    operations = [
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=250)),
                ("blank", models.PositiveBigIntegerField()),
                ("invalid", models.PositiveBigIntegerField()),
                ("eligible", models.PositiveBigIntegerField(null=True)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="districts", to="elections.revision"
                    ),
                ),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="DistrictList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("candidates", models.JSONField()),
                ("votes", models.JSONField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lists", to="elections.district"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="districts",
                        to="elections.candidatelist",
                    ),
                ),
            ],
            options={"ordering": ["list__number"]},
        ),
        migrations.AddConstraint(
            "district", models.UniqueConstraint(fields=["revision", "number"], name="elections_district_once")
        ),
        migrations.AddConstraint(
            "district", models.CheckConstraint(condition=Q(number__gte=1), name="elections_district_number_from_1")
        ),
        migrations.AddConstraint(
            "districtlist", models.UniqueConstraint(fields=["district", "list"], name="elections_district_list_once")
        ),
        migrations.AddField(
            "station",
            "district",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stations",
                to="elections.district",
            ),
        ),
        migrations.AlterField("receivedfile", "form", models.CharField(max_length=10)),
        migrations.AddField("revision", "left_out", models.JSONField(default=list)),
        migrations.RemoveConstraint("receivedfile", "elections_file_once"),
        migrations.AddField(
            "receivedfile", "ordinal", models.PositiveSmallIntegerField(default=1), preserve_default=False
        ),
    ]
