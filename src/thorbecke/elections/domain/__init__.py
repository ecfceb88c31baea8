"""Pure rules of the elections room."""
