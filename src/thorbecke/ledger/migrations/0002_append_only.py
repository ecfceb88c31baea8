"""Let the database itself refuse to change what the log holds, or to shorten the log."""

from django.db import migrations

APPEND_ONLY = ("ledger_entry", "ledger_fulltile", "ledger_ruledocument")

POSTGRESQL_FUNCTION = """
CREATE FUNCTION ledger_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only: % of % is refused', TG_OP, TG_TABLE_NAME; END $$
"""


def refuse_rewriting(apps, schema_editor):
    create = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}[schema_editor.connection.vendor]
    for statement in create():
        schema_editor.execute(statement, params=None)


def allow_rewriting(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in (*APPEND_ONLY, "ledger_head"):
        on_table = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {table}_append_only{on_table}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION ledger_refuse_rewrite()")


def _sqlite_triggers():
    """A BEFORE UPDATE trigger each; rows can still be deleted, since tests on SQLite empty tables that way."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the log is append-only: a change is refused'); END"
    for table in APPEND_ONLY:
        yield f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} {refuse}"
    yield f"CREATE TRIGGER ledger_head_append_only BEFORE UPDATE ON ledger_head WHEN NEW.size < OLD.size {refuse}"


def _postgresql_triggers():
    run = "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_rewrite()"
    yield POSTGRESQL_FUNCTION
    for table in APPEND_ONLY:
        yield f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} {run}"
    yield (
        "CREATE TRIGGER ledger_head_append_only BEFORE UPDATE ON ledger_head "
        "FOR EACH ROW WHEN (NEW.size < OLD.size) EXECUTE FUNCTION ledger_refuse_rewrite()"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(refuse_rewriting, allow_rewriting)]
