"""Loads and compiles the codebooks; rejects a bad one with file and line."""
