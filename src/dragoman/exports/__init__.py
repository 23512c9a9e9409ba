"""Writes readings: one module a format."""
