"""Pure words of the design room."""
