"""The checker: verifies a site or a bundle without Django, a database or the code of the server.

It stands beside the house and knows only `kernel` and the rooms' `domain`. What it checks, in this order:
signature of the checkpoint, consistency with the last checkpoint seen, the entries against the signed root,
and of each public outcome: inputs, result and explanation against the entry, the rule's hash, and the result
of applying the rule again.
"""
