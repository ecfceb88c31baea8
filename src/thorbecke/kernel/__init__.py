"""Shared words of every room: canonical JSON, outcomes, access declarations, messages and errors. Pure Python."""
