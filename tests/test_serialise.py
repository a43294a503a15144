from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.index.serialise import Structure, source_from, structure_from, structure_of, to_json
from assistant.records import Block, Coding, Document, Extent, Page, Source


@given(st.from_type(Source))
def test_a_source_comes_back_from_its_json(source: Source) -> None:
    assert source_from(to_json(source)) == source


@given(
    blocks=st.lists(st.from_type(Block), max_size=4),
    pages=st.lists(st.from_type(Page), max_size=3),
    codings=st.lists(st.from_type(Coding), max_size=3),
)
def test_a_structure_comes_back_from_its_json(
    blocks: list[Block], pages: list[Page], codings: list[Coding]
) -> None:
    document = Document("i", "n", Source("t"), "", tuple(blocks), tuple(pages), tuple(codings))

    assert structure_from(structure_of(document)) == Structure(tuple(blocks), tuple(pages), tuple(codings))


def test_what_is_as_ever_takes_no_room() -> None:
    assert to_json(Source("t")) == '{"title":"t"}'
    assert to_json(Source("", read=Extent.FULL)) == '{"read":"full","title":""}'
    assert to_json(Structure((), (), ())) == '{"blocks":[],"codings":[],"pages":[]}'
    assert to_json(Block(0, 0)) == '{"end":0,"start":0}'
