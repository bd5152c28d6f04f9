"""spaCy without its command line.

`import spacy` loads all of `spacy.cli`, and with it clients for the network, for nothing but
`spacy.info`. That is a third of the time that the import takes. Who imports `spacy.cli` later gets it.
"""

import sys
from types import ModuleType


def import_spacy() -> None:
    """Import spaCy, unless somebody else has."""
    if "spacy" in sys.modules:
        return
    cli, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]
    stand_ins = {"spacy.cli": cli, "spacy.cli.info": info}
    sys.modules.update(stand_ins)
    try:
        import spacy
    finally:
        for name in stand_ins:
            del sys.modules[name]
    del spacy.info  # type: ignore[attr-defined]
