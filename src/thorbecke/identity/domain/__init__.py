"""Pure rules of the identity room."""
