"""Whether a chat model runs elsewhere, as far as its name and its address tell. In doubt it does."""

from __future__ import annotations

import ipaddress
import os
import urllib.request
from urllib.parse import urlsplit

from assistant.settings import Settings

# These run within the program.
LOCAL_PROVIDERS = frozenset({"llamacpp", "huggingface"})
OLLAMA = "ollama"
OLLAMA_ADDRESS = "http://127.0.0.1:11434"
# Ollama on this machine hands what it is asked to a model of such a name on to its makers.
HANDED_ON = "cloud"


def runs_elsewhere(settings: Settings) -> bool:
    """Whether what the chat model of the settings is sent leaves the machine: by its address, or since they say so."""
    return settings.model_is_remote or is_remote(settings.model or "", settings.model_url)


def is_remote(model: str, model_url: str | None) -> bool:
    """Whether what a chat model is sent leaves the machine, as the settings and the environment stand.

    Without an address only local providers count as local. An address on this machine that is asked through a
    proxy elsewhere is elsewhere, and so is a model of Ollama's that it hands on.
    """
    provider, _, name = model.partition(":")
    address = model_url
    if provider == OLLAMA:
        if name.strip().casefold().endswith(HANDED_ON):
            return True
        address = address or os.environ.get("OLLAMA_HOST") or OLLAMA_ADDRESS
    if not address:
        return provider not in LOCAL_PROVIDERS
    host = _host(address)
    return host is None or _goes_through_proxy(host)


def _host(address: str) -> str | None:
    """The host of an address on this machine; None for any other, and for what cannot be read as one."""
    try:
        host = urlsplit(address if "://" in address else f"http://{address}").hostname or ""
        is_here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return None
    return host if is_here else None


def _goes_through_proxy(host: str) -> bool:
    is_set = bool(urllib.request.getproxies().keys() & {"http", "https", "all"})
    return is_set and not urllib.request.proxy_bypass(host)
