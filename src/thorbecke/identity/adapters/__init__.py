"""How the identity room talks to other systems: the eID, and authenticators."""
