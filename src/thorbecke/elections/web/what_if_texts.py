"""Words about ways of dividing seats: the name of each, and what it does, in a sentence or three."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DIVISOR_NAMES = {
    "dhondt": _("D’Hondt (highest averages)"),
    "sainte-lague": "Sainte-Laguë",
    "modified-sainte-lague": _("Modified Sainte-Laguë"),
    "adams": "Adams",
    "dean": "Dean",
    "huntington-hill": "Huntington-Hill",
    "danish": _("Danish divisors"),
}

QUOTA_NAMES = {
    "hare": _("Largest remainders, Hare quota"),
    "droop": _("Largest remainders, Droop quota"),
    "hagenbach-bischoff": _("Largest remainders, Hagenbach-Bischoff quota"),
    "imperiali": _("Largest remainders, Imperiali quota"),
}

NAMES = DIVISOR_NAMES | QUOTA_NAMES

SHORT_NAMES = NAMES | {
    "dhondt": "D’Hondt",
    "hare": "Hare",
    "droop": "Droop",
    "hagenbach-bischoff": "Hagenbach-Bischoff",
    "imperiali": "Imperiali",
}
"""Names for the head of a column; the full name stands below the table."""

MEANINGS = {
    "dhondt": _(
        "The votes of each list are divided by 1, 2, 3 and so on. The seats go to the highest numbers. Large "
        "lists do a little better with this. Dutch councils of 19 seats or more use it."
    ),
    "sainte-lague": _(
        "The votes of each list are divided by 1, 3, 5 and so on. The seats go to the highest numbers. Large "
        "and small lists have equal chances. Germany and New Zealand use it."
    ),
    "modified-sainte-lague": _(
        "The votes of each list are divided by 1.4, 3, 5 and so on. The seats go to the highest numbers. The "
        "first seat is harder to get, so very small lists do less well. Norway uses it."
    ),
    "adams": _(
        "The votes of each list are divided by 0, 1, 2 and so on. Every list gets a seat before any list gets "
        "a second, if there are enough seats. Small lists do better with this."
    ),
    "dean": _(
        "The votes of each list are divided by 0, 1 1/3, 2 2/5 and so on. Every list gets a first seat, if "
        "there are enough seats. After that small lists do a little better."
    ),
    "huntington-hill": _(
        "The votes of each list are divided by the root of its seats times one seat more: 0, √2, √6 and so "
        "on. Every list gets a first seat, if there are enough seats. The United States divide the seats of "
        "their House over the states in this way."
    ),
    "danish": _(
        "The votes of each list are divided by 1, 4, 7 and so on. The seats go to the highest numbers. A "
        "second seat is hard to get, so small lists do better."
    ),
    "hare": _(
        "The price of a seat is the votes divided by the seats. Each list gets its whole seats. The seats "
        "that are left go to the lists with the most votes left over."
    ),
    "droop": _(
        "The price of a seat is the first whole number above the votes divided by the seats plus one. Each "
        "list gets its whole seats. The seats that are left go to the lists with the most votes left over."
    ),
    "hagenbach-bischoff": _(
        "The price of a seat is exactly the votes divided by the seats plus one. Each list gets its whole "
        "seats. The seats that are left go to the lists with the most votes left over."
    ),
    "imperiali": _(
        "The price of a seat is the votes divided by the seats plus two. That is a low price, so there are "
        "more whole seats, and large lists do better. The seats that are left go to the lists with the most "
        "votes left over."
    ),
}
