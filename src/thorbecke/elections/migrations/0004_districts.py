import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def give_each_revision_one_district(apps, schema_editor):
    """What was stored is one district, with the candidates of each list and their votes in all stations together."""
    model = {name: apps.get_model("elections", name) for name in ("Revision", "District", "DistrictList", "ListCount")}
    for revision in model["Revision"].objects.order_by("pk"):
        district = model["District"].objects.create(
            revision=revision, number=1, blank=revision.blank, invalid=revision.invalid, eligible=revision.eligible
        )
        revision.stations.update(district=district)
        for each in revision.lists.all():
            rows = model["ListCount"].objects.filter(list=each).values_list("votes", flat=True)
            model["DistrictList"].objects.create(
                district=district,
                list=each,
                candidates=list(each.candidates.order_by("position").values_list("position", flat=True)),
                votes=[sum(column) for column in zip(*rows, strict=True)],
            )
        for ordinal, file in enumerate(revision.files.order_by("form").only("pk"), start=1):
            revision.files.filter(pk=file.pk).update(ordinal=ordinal)


class Migration(migrations.Migration):
    """An election may have several districts, each with lists of its own; one without districts has one."""

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
        migrations.RunPython(give_each_revision_one_district, migrations.RunPython.noop, elidable=True),
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
