"""Changes of the tables of the elections room."""
