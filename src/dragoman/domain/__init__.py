"""What Dragoman speaks of: reports, spans, findings, readings. Imports nothing from below."""
