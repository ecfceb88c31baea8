"""Counts, seats and elected candidates by the Kieswet, published so that anyone can compute them again.

Files in the Electoral Council's formats come in (EML_NL, CSV), an official or a command imports them, lots that
the law asks for are recorded, and a published result stands in the log with its inputs. Statute: Kieswet, chapters N
to P.

Glossary:
  quota              kiesdeler: valid votes divided by seats (P 5)
  whole seat         volle zetel: a seat for every whole quota (P 6)
  residual seat      restzetel: a seat that is left after that (P 7, P 8)
  list               a list of candidates with its number on the ballot paper
  appellation        aanduiding: the registered name above a list; some lists have none
  threshold          voorkeurdrempel: votes above which a candidate is elected whatever the place on the list (P 15)
  lot                loting: drawn in public session where the law finds no other answer (P 14)
  polling station    stembureau: a reporting unit of the count
  revision           one state of an election's files: the first import, or a correction of a published result
  central committee  centraal stembureau: the body that determines the result
"""
