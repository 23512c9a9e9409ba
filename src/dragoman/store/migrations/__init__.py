"""The revisions of the store's form, which Alembic runs when a store is opened."""
