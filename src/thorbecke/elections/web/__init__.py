"""Pages of the elections room."""
