"""The inquiry function: a visitor's words become one letter in the shop's mailbox, or the visitor is told that they
did not.

The package is the contract too: the site's form, its browser script, the error pages and the letter are made from
`form` and `words`. It imports the standard library, `email_validator` and `phonenumbers`, and nothing of the site
generator.
"""
