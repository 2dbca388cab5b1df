"""The owner's workshop at `/_workshop/`: forms over the files in content/, made from the schema.

`edit` changes values in a file and nothing else, `form` turns a file into a form and back, `mistakes` says the build's
problems at a form's fields, `discreet` takes out of photos what they say besides their picture, `ledger` saves whole or
not at all and remembers every version, `desk` decides what a save means, `app` answers requests (pure but for those),
`web` speaks HTTP through tornado. Nothing of it ever reaches dist/.
"""

from sitegen.workshop.links import edit_address, with_edit
from sitegen.workshop.web import Workshop, mount

__all__ = ["Workshop", "edit_address", "mount", "with_edit"]
