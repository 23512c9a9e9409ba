"""Small clusters of reports made for this set, with what is known of them: which tell of one happening, and what it is.

`data` holds the clusters, each with its kinds: near-copies, updated and contradicting tolls, plans and their outcome,
what was called off, like attacks in two towns on one day, rounded counts, counts of other scopes. Odd clusters are for
development, even ones are kept: only their score is looked at.
"""
