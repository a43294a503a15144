from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory and no settings in the environment."""
    import os

    for name in [name for name in os.environ if name.upper().startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def toml(text: str) -> None:
    Path("assistant.toml").write_text(text, encoding="utf-8")


def test_defaults_need_no_file_and_no_environment() -> None:
    settings = load_settings()

    assert settings.model is None
    assert settings.model_timeout == 60
    assert settings.index.name == "index"
    assert settings.index.is_absolute()


def test_an_option_wins_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    toml('model = "ollama:from-file"\nmodel_timeout = 5\nindex = "from-file"\n')
    monkeypatch.setenv("ASSISTANT_MODEL", "ollama:from-environment")
    monkeypatch.setenv("ASSISTANT_MODEL_TIMEOUT", "6")

    settings = load_settings(model="ollama:from-option")

    assert settings.model == "ollama:from-option"
    assert settings.model_timeout == 6
    assert settings.index == Path("from-file")


def test_an_option_that_was_not_given_leaves_the_others_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", "from-environment")

    assert load_settings(index=None).index == Path("from-environment")


def test_the_home_directory_is_found_in_the_file_as_in_a_shell() -> None:
    toml('index = "~/evidence"\n')

    assert load_settings().index == Path.home() / "evidence"


def test_an_unknown_key_of_the_file_is_refused_by_name() -> None:
    toml('modle = "ollama:x"\n')

    with pytest.raises(SettingsError, match="modle"):
        load_settings()


def test_an_unknown_name_in_the_environment_is_refused_with_those_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_MODLE", "ollama:x")

    with pytest.raises(SettingsError, match=r"ASSISTANT_MODLE.*Known:.*ASSISTANT_MODEL,"):
        load_settings()


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(SettingsError, match="colour"):
        load_settings(colour="blue")


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan"])
def test_a_time_that_cannot_be_waited_is_refused(seconds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL_TIMEOUT", seconds)

    with pytest.raises(SettingsError, match="model_timeout"):
        load_settings()


@pytest.mark.parametrize("data", [b"model = \n", b"model = 'a'\nmodel = 'b'\n", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_refused_in_words(data: bytes) -> None:
    Path("assistant.toml").write_bytes(data)

    with pytest.raises(SettingsError, match=r"assistant\.toml cannot be read"):
        load_settings()


def test_settings_cannot_be_changed_once_read() -> None:
    settings = load_settings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.model = "ollama:x"  # type: ignore[misc]


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())
