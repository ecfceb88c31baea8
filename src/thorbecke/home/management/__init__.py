"""Management of the home room."""
