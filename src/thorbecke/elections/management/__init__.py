"""Commands of the elections room."""
