"""Reads reports from files: one module a format."""
