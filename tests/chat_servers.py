"""Loopback servers that speak as the servers of chat models do: OpenAI, Ollama, Anthropic."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-loopback-0123456789-never-to-be-told"
PART = 9


@dataclass(frozen=True)
class Reply:
    """What a server does with one request.

    `text` is streamed in parts of a few characters. `cut_after` breaks the connection after so many parts
    (`politely`: as if the body were complete). `raw` is sent instead of the protocol's lines.
    """

    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    cut_after: int | None = None
    politely: bool = False
    hangs: bool = False
    part: int = PART


def openai_lines(text: str, part: int) -> Iterator[bytes]:
    """Server-sent events of a chat completion."""

    def event(delta: dict[str, str], reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        form = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [choice],
        }
        return b"data: " + json.dumps(form).encode() + b"\n\n"

    yield event({"role": "assistant", "content": ""}, None)
    for words in cut(text, part):
        yield event({"content": words}, None)
    yield event({}, "stop") + b"data: [DONE]\n\n"


def ollama_lines(text: str, part: int) -> Iterator[bytes]:
    """JSON lines of a chat."""

    def line(words: str, **more: Any) -> bytes:
        form = {"model": "m", "created_at": "2020-01-01T00:00:00Z", "done": False, **more}
        return json.dumps({**form, "message": {"role": "assistant", "content": words}}).encode() + b"\n"

    for words in cut(text, part):
        yield line(words)
    yield line("", done=True, done_reason="stop")


def anthropic_lines(text: str, part: int) -> Iterator[bytes]:
    """Server-sent events of a message."""

    def event(kind: str, **form: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **form})}\n\n".encode()

    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {
        "id": "m1", "type": "message", "role": "assistant", "model": "m", "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": usage,
    }  # fmt: skip
    yield event("message_start", message=message)
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for words in cut(text, part):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": words})
    yield event("content_block_stop", index=0)
    end = {"stop_reason": "end_turn", "stop_sequence": None}
    yield event("message_delta", delta=end, usage=usage) + event("message_stop")


def cut(text: str, part: int) -> Iterator[str]:
    """A text in parts of so many characters."""
    for start in range(0, len(text), part):
        yield text[start : start + part]


@dataclass(frozen=True)
class Protocol:
    """How one provider is spoken to: the path asked, the kind of stream, its lines and its error form."""

    provider: str
    path: str
    content_type: str
    lines: Callable[[str, int], Iterator[bytes]]
    base: str = ""

    def error(self, status: int) -> bytes:
        """The body of an error. Where there is a key it is repeated, as careless gateways do."""
        if self.provider == "ollama":
            return json.dumps({"error": f"trouble {status}"}).encode()
        return json.dumps({"error": {"type": "error", "message": f"trouble {status} for {KEY}"}}).encode()


PROTOCOLS = {
    "openai": Protocol("openai", "/v1/chat/completions", "text/event-stream", openai_lines, "/v1"),
    "ollama": Protocol("ollama", "/api/chat", "application/x-ndjson", ollama_lines),
    "anthropic": Protocol("anthropic", "/v1/messages", "text/event-stream", anthropic_lines),
}


@dataclass
class ChatServer:
    """A running server. `received` holds the body of every request, `broken` counts clients that left."""

    protocol: Protocol
    port: int
    replies: list[Reply | Callable[[dict[str, Any]], Reply]]
    received: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    sent: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """What `model_url` must be."""
        return f"http://127.0.0.1:{self.port}{self.protocol.base}"

    @property
    def model(self) -> str:
        """What `model` must be."""
        return f"{self.protocol.provider}:loopback-model"


@contextmanager
def serving(provider: str, *replies: Reply | Callable[[dict[str, Any]], Reply]) -> Iterator[ChatServer]:
    """A server that gives these replies in turn, the last for ever."""
    server = ChatServer(PROTOCOLS[provider], 0, list(replies))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.received.append(body)
            server.paths.append(self.path)
            chosen = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            self.close_connection = True
            try:
                _answer(self, server, chosen if isinstance(chosen, Reply) else chosen(json.loads(body)))
            except OSError:
                server.left.set()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.port = http.server_port
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            http.shutdown()
            thread.join()


def _answer(handler: BaseHTTPRequestHandler, server: ChatServer, reply: Reply) -> None:
    if reply.hangs:
        server.closing.wait(30)
        return
    handler.send_response(reply.status)
    for name, value in reply.headers:
        handler.send_header(name, value)
    if reply.status != 200:
        _send_whole(handler, "application/json", server.protocol.error(reply.status))
    elif reply.raw is not None:
        _send_whole(handler, server.protocol.content_type, reply.raw)
    else:
        _stream(handler, server, reply)


def _send_whole(handler: BaseHTTPRequestHandler, content_type: str, body: bytes) -> None:
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(body)))
    # Clients keep no connection that they would have to be told to close.
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(body)


def _stream(handler: BaseHTTPRequestHandler, server: ChatServer, reply: Reply) -> None:
    handler.send_header("Content-Type", server.protocol.content_type)
    if not reply.politely:
        handler.send_header("Transfer-Encoding", "chunked")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for number, line in enumerate(server.protocol.lines(reply.text, reply.part)):
        if number == reply.cut_after:
            return
        handler.wfile.write(line if reply.politely else f"{len(line):x}\r\n".encode() + line + b"\r\n")
        server.sent += len(line)
    if not reply.politely:
        handler.wfile.write(b"0\r\n\r\n")
