"""One frozen `Settings`, read once at the edge: environment, then `assistant.toml`, then defaults."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
FILE = Path("assistant.toml")


def _local_user() -> str:
    """Name of who runs the program, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


class Settings(BaseSettings):
    """What a person can choose. Every field can be set as `ASSISTANT_<NAME>` or in `assistant.toml`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=FILE, frozen=True, extra="forbid")

    index: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("evidence-assistant")) / "index",
        description="directory of the index",
    )
    cache: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("evidence-assistant")),
        description="directory of files that can be made again (indexes of the evals)",
    )
    model: str | None = Field(
        default=None, description="chat model as provider:name; none: answers are selected sentences"
    )
    model_url: str | None = Field(default=None, description="address of the model's server")
    model_is_remote: bool = Field(
        default=False,
        description="treat the model as one elsewhere whatever its address (a tunnel or proxy on this machine)",
    )
    model_timeout: float = Field(default=60.0, gt=0, description="seconds to wait for the chat model")
    framework: Path | None = Field(default=None, description="another framework.toml than the bundled one")
    encoder: Path | None = Field(
        default=None,
        description="folder of a sentence-transformers model to encode with; none: the one that comes along",
    )
    reranker: Path | None = Field(
        default=None,
        description="folder of a sentence-transformers CrossEncoder that orders what was found; none: not asked",
    )
    user: str = Field(default_factory=_local_user, description="whose saved conversations these are")
    save_conversations: bool = Field(default=True, description="whether questions and answers are kept")

    @field_validator("index", "cache", "framework", "encoder", "reranker")
    @classmethod
    def home_is_found(cls, path: Path | None) -> Path | None:
        """`~` is the home directory in the file as it is in a shell."""
        return path.expanduser() if path else path

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options on the command line win over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**options: object) -> Settings:
    """Settings from options that are not None, environment, file and defaults, in that order.

    Raises SettingsError for an unknown name or a value that cannot be used.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = [name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known]
    if unknown:
        raise SettingsError(
            f"The environment sets {', '.join(sorted(unknown))}, which the assistant does not know. "
            f"Known: {', '.join(sorted(known))}."
        )
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors()
        )
        raise SettingsError(f"A setting cannot be used: {problems}.") from error
    except (OSError, ValueError) as error:
        raise SettingsError(f"{FILE} cannot be read: {error}.") from error
