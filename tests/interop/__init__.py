"""Other people's programs against this site."""
