"""An assistant that answers from an evidence base and cites the exact words.

The evidence base is about innovation in social care and public services: what enables it and what
gets in its way. Modules are named for the step of the data's path that they own.
"""

__version__ = "0.1.0"
