from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.framework import Framework, load_framework

BASES = {"literature and interviews", "interviews mostly"}
OTHER = """
name = "Another"
[[cluster]]
id = "people"
name = "People"
[[cluster.parameter]]
id = "trust"
name = "Trust"
words = ["Trust"]
"""


@pytest.fixture
def framework() -> Framework:
    return load_framework()


def load(folder: Path, text: str) -> Framework:
    path = folder / "framework.toml"
    path.write_text(text, encoding="utf-8")
    return load_framework(path)


def test_the_bundled_framework_has_five_clusters_and_eighteen_parameters(framework: Framework) -> None:
    assert [(cluster.id, len(cluster.parameters)) for cluster in framework.clusters] == [
        ("mobilisers", 3),
        ("design-and-implementation", 4),
        ("operational-capability", 4),
        ("culture-and-climate", 4),
        ("macro-context", 3),
    ]


def test_every_parameter_says_what_helps_what_hinders_and_on_what_it_rests(framework: Framework) -> None:
    parameters = list(framework.parameters())

    assert len({parameter.id for parameter in parameters}) == 18
    assert len({parameter.name for parameter in parameters}) == 18
    for parameter in parameters:
        assert parameter.helps
        assert parameter.hinders
        assert parameter.basis in BASES
        assert parameter.words
        assert all(word == word.lower().strip() for word in parameter.words)


def test_no_word_points_to_two_parameters(framework: Framework) -> None:
    words = [word for parameter in framework.parameters() for word in parameter.words]

    assert len(words) == len(set(words))


def test_the_macro_cluster_alone_rests_on_interviews_mostly(framework: Framework) -> None:
    assert {p.cluster for p in framework.parameters() if p.basis == "interviews mostly"} == {"macro-context"}


def test_parameters_and_clusters_are_found_by_their_ids(framework: Framework) -> None:
    finance = framework.parameter("finance")

    assert finance is not None
    assert finance.cluster == "operational-capability"
    assert framework.parameter_name("finance") == "Finance"
    assert framework.cluster_name("operational-capability") == "Operational capability"


def test_no_parameter_is_none_and_an_unknown_one_is_an_error(framework: Framework) -> None:
    assert framework.parameter(None) is None
    assert framework.parameter("none") is None
    with pytest.raises(KeyError, match="astrology"):
        framework.parameter("astrology")


def test_names_of_another_framework_are_none(framework: Framework) -> None:
    assert framework.cluster_name("astrology") is None
    assert framework.parameter_name("astrology") is None
    assert framework.cluster_name(None) is None


@pytest.mark.parametrize(
    ("text", "parameter"),
    [
        ("Caseloads were high and staff turnover too.", "workforce-capacity"),
        ("The theory of change was weak.", "case-for-change"),
        ("Fear of blame ended their trust.", "trust-emotions-relationships"),
        ("Newspapers wrote of it.", "public-perceptions"),
        ("There was pressure and haste.", None),
        ("The sun shone.", None),
        ("", None),
    ],
)
def test_the_best_parameter_is_the_one_whose_words_stand_in_a_text(
    framework: Framework, text: str, parameter: str | None
) -> None:
    best = framework.best_parameter(text)

    assert (best.id if best else None) == parameter


def test_the_first_parameter_in_the_file_wins_a_tie(framework: Framework) -> None:
    best = framework.best_parameter("A budget and a vision.")

    assert best is not None
    assert best.id == "vision-and-values"


def test_another_file_of_the_same_shape_replaces_the_framework(tmp_path: Path) -> None:
    framework = load(tmp_path, OTHER)

    assert framework.name == "Another"
    best = framework.best_parameter("They trusted it.")
    assert best is not None
    assert (best.id, best.cluster, best.helps) == ("trust", "people", "")


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'name = "No clusters"',
        'name = "A cluster without a name"\n[[cluster]]\nid = "people"\n[[cluster.parameter]]\nid = "t"\nname = "T"',
        'name = "A cluster without parameters"\n[[cluster]]\nid = "people"\nname = "People"',
        'name = "A cluster that is none"\ncluster = 3',
        'name = "No clusters in the list"\ncluster = []',
        'name = "A word instead of words"\n[[cluster]]\nid = "p"\nname = "P"\nparameter = "t"',
        OTHER.replace('["Trust"]', '"Trust"'),
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"framework\.toml cannot be used"):
        load(tmp_path, text)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "framework.toml"
    path.write_bytes(b'name = "\xff\xfe"')

    with pytest.raises(SettingsError, match="cannot be used"):
        load_framework(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be used"):
        load_framework(tmp_path / "none.toml")
