"""Whether a chat model runs elsewhere, as far as its name and its address tell. In doubt it does."""

from __future__ import annotations

import ipaddress
import os
import urllib.request
from urllib.parse import urlsplit

LOCAL_PROVIDERS = frozenset({"ollama", "llamacpp", "huggingface"})


def is_remote(model: str, model_url: str | None) -> bool:
    """Whether what a chat model is sent leaves the machine, as the settings and the environment stand.

    Without an address only local providers count as local. An address on this machine that is asked through a
    proxy elsewhere is elsewhere.
    """
    provider = model.split(":", 1)[0]
    address = model_url or (os.environ.get("OLLAMA_HOST") if provider == "ollama" else None)
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
