"""Template filters of the elections room."""
