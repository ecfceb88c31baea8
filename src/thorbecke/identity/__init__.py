"""Who someone is and for whom they act: eID with assurance levels, officials and their roles, attempts counted.

Glossary
    actor            whoever asks something of the site: anyone, a person, a company, an official, a command
    assurance level  how sure we are who someone is: low, substantial, high
    representee      the one for whom an actor acts; the beneficiary of what they do
    means            what someone logs in with: an eID, a passkey, a password with a code
    official         someone who works for the authority; their roles give permissions
    permission       a verb of a room, "<room>.<verb>", that an operation asks for
    development eID  an OpenID Connect provider inside the site, with people who do not exist

Statutes
    eIDAS, Regulation (EU) 910/2014, article 8: the assurance levels
    GDPR, Regulation (EU) 2016/679, article 5(1)(c): no more personal data than needed; article 32: security
"""
