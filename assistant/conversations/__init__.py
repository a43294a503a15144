"""Conversations that are kept: questions and answers by user, to be read and asked again.

They lie in one file in the index directory, so that what proves a withdrawal reads them too. Of an answer are
kept the places of its quotations and hashes of their words, never the words: these are cut out of the
index again when a conversation is opened, so a text that is withdrawn, or a document that is removed, is not
left behind in old answers.
"""

from __future__ import annotations

from assistant.conversations.again import Comparison, compare, told
from assistant.conversations.forgetting import forget
from assistant.conversations.forms import WORDS_NOT_KEPT, Opened, opened
from assistant.conversations.keeping import Keeping, filter_kept
from assistant.conversations.store import FILE, Conversation, Saved, Store

__all__ = [
    "FILE",
    "WORDS_NOT_KEPT",
    "Comparison",
    "Conversation",
    "Keeping",
    "Opened",
    "Saved",
    "Store",
    "compare",
    "filter_kept",
    "forget",
    "opened",
    "told",
]
