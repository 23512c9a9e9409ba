"""From claims to records: which tell of one happening, and what they say of it together. Pure: no store, no clock."""

from dragoman.reconcile.blocking import keys_of
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.comparison import likeness
from dragoman.reconcile.grouping import LEAST, group
from dragoman.reconcile.recording import record_of
from dragoman.reconcile.versioning import version

__all__ = ["LEAST", "claims_of", "group", "keys_of", "likeness", "record_of", "version"]
