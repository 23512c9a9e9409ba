"""Where readings are kept and their claims become records: SQLite in one file, by SQLAlchemy Core."""
