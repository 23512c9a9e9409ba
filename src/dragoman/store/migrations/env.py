"""Alembic asks this file how to reach the database: by the connection that it was handed."""

from __future__ import annotations

from alembic import context

from dragoman.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
