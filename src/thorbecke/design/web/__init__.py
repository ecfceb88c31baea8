"""Pages of the design room."""
