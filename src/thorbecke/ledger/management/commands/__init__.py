"""Commands of the ledger room."""
