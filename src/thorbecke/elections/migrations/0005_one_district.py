from django.db import migrations


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
    """What was imported before becomes one district; by itself, for PostgreSQL alters no table with changed rows."""

    dependencies = [("elections", "0004_districts")]

    operations = [migrations.RunPython(give_each_revision_one_district, migrations.RunPython.noop, elidable=True)]
