"""Counts, seats and elected candidates by the Kieswet, published so that anyone can compute them again."""
