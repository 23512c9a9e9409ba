"""From claims to records: which tell of one happening, and what they say of it together. Pure: no store, no clock."""
