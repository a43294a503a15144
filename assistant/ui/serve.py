"""`assistant ui`: the chat page on loopback, with what a browser may load held to this address."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import Any

import typer

from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings

ADDRESS = "127.0.0.1"
PAGE = Path(__file__).with_name("page.py")
# No picture, font, script or request from elsewhere: a text cannot make the browser call out.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'"
)


def run_ui(settings: Settings, port: int) -> None:
    """Serve until interrupted. Raises SettingsError if the port is taken."""
    import streamlit as st
    from starlette.middleware import Middleware

    _check_port(port)
    # The page is run by Streamlit and reads its settings from the environment, as everything does.
    os.environ[PREFIX + "INDEX"] = str(settings.index)
    os.environ[PREFIX + "USER"] = settings.user
    os.environ[PREFIX + "SAVE_CONVERSATIONS"] = str(settings.save_conversations)
    host = f"{ADDRESS}:{port}"
    application = st.App(str(PAGE), middleware=[Middleware(SecurityHeaders, host=host)])
    typer.echo(f"The evidence assistant is at http://{host} (Ctrl-C stops it)")
    with contextlib.suppress(KeyboardInterrupt):
        application.run(config=configuration(port))
    # A question may still be worked on in a thread, and libraries abort when the interpreter ends under it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def configuration(port: int) -> dict[str, Any]:
    """Streamlit's options: loopback only, no statistics, no tracebacks to visitors, no file watcher."""
    return {
        "server.address": ADDRESS,
        "server.port": port,
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        # A click while an answer is made waits for the answer's next step. Otherwise it ends the run as the stop
        # button does, and nothing tells the two apart.
        "runner.fastReruns": False,
        "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "logger.level": "error",
        "theme.base": "light",
        "theme.primaryColor": "#0b5d7a",
        "theme.baseRadius": "small",
        "theme.paddingTop": "2rem",
        "theme.paddingBottom": "0rem",
        "theme.headingFontSizes": ["1.75rem"],
    }


class SecurityHeaders:
    """ASGI middleware that adds a content security policy and its companions to each response."""

    def __init__(self, app: Any, host: str) -> None:
        self._app = app
        self._headers = [
            (b"content-security-policy", POLICY.format(host=host).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, and its response with the headers added."""

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *self._headers]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise SettingsError(
                f"Port {port} on {ADDRESS} cannot be used ({error.strerror}). "
                "Choose another: assistant ui --port 8502 (make chat PORT=8502)"
            ) from error
