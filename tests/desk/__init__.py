"""Tests of the list pages: start, records, timeline, map."""
