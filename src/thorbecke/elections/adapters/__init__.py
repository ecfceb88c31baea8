"""File formats of other systems: EML_NL, the election mark-up language of the Electoral Council."""
