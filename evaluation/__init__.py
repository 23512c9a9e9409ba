"""Scores readings against gold, keeps the pinned results, and compares."""
