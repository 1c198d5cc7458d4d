"""changed_in"""

import sqlalchemy as sa
from alembic import op

revision = "ingest_0002"
down_revision = "ingest_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default is the same for all rows that are there, which does not rewrite the table.
    for table in ("batches", "resumes"):
        op.add_column(
            table,
            sa.Column(
                "changed_in",
                sa.BigInteger(),
                server_default=sa.text("pg_current_xact_id()::text::bigint"),
                nullable=False,
            ),
            schema="ingest",
        )
        op.create_index(
            f"{table}_changed_in",
            table,
            ["changed_in"],
            unique=False,
            schema="ingest",
            postgresql_using="brin",
        )
    op.execute(
        """
        CREATE FUNCTION ingest.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.changed_in := pg_current_xact_id()::text::bigint;
            RETURN NEW;
        END $$
        """
    )
    for table in ("batches", "resumes"):
        op.execute(
            f"CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON ingest.{table}"
            f" FOR EACH ROW EXECUTE FUNCTION ingest.note_change()"
        )


def downgrade() -> None:
    for table in ("batches", "resumes"):
        op.execute(f"DROP TRIGGER note_change ON ingest.{table}")
        op.drop_index(f"{table}_changed_in", table_name=table, schema="ingest")
        op.drop_column(table, "changed_in", schema="ingest")
    op.execute("DROP FUNCTION ingest.note_change()")
