"""How the shipped models and indexes were made: one script each."""
