"""Alembic's environment for every service: `hotgigs.chassis.migrate` hands it a connection."""

from alembic import context

attributes = context.config.attributes

context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    version_table="alembic_version",
    version_table_schema=attributes["metadata"].schema,
    include_schemas=True,
    include_name=lambda name, type_, _: type_ != "schema" or name == attributes["metadata"].schema,
)
with context.begin_transaction():
    context.run_migrations()
