"""Read-only indexes, made when the package is built (see `training/`)."""
