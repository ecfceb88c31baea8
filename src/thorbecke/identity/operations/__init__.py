"""Writes of the identity room: one function per verb."""
