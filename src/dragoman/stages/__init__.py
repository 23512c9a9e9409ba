"""The stages of a reading: pure functions from a parse and earlier findings to new findings."""
