"""The checker: verifies a site or a bundle without Django, a database or the code of the server."""
