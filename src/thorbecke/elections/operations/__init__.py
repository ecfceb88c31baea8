"""Writes of the elections room: import files, record a draw, publish a result, keep an upload until it is confirmed."""
