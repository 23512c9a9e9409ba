"""The JSON API under /api/v1: the objects of the command line, page by page."""
