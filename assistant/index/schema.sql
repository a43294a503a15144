-- The catalogue of one generation: the truth. Vectors are kept here too, so that the vector store can
-- be built again without the encoder.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    id            TEXT PRIMARY KEY,          -- SHA-256 of the file's bytes
    name          TEXT NOT NULL,
    title         TEXT NOT NULL,
    source        TEXT NOT NULL,             -- JSON
    structure     TEXT NOT NULL,             -- JSON: blocks, pages, codings
    sensitivity   TEXT NOT NULL,
    is_transcript INTEGER NOT NULL,
    warnings      TEXT NOT NULL,             -- JSON list
    text          TEXT NOT NULL
) STRICT;

-- What a document says of itself, where a bibliography says otherwise: it can be undone.
CREATE TABLE readings (
    document    TEXT PRIMARY KEY,
    source      TEXT NOT NULL,               -- JSON
    sensitivity TEXT NOT NULL
) STRICT;

CREATE TABLE bibliographies (
    path     TEXT PRIMARY KEY,               -- where it was read from
    contents TEXT NOT NULL                   -- JSON
) STRICT;

-- What a person said of a file when it was ingested: it holds until something else is said.
CREATE TABLE tiers (
    path        TEXT PRIMARY KEY,
    sensitivity TEXT NOT NULL
) STRICT;

CREATE TABLE files (
    path TEXT PRIMARY KEY,                   -- where it was read from; bundled notes as corpus:<name>
    hash TEXT NOT NULL                       -- SHA-256 of the file's bytes
) STRICT;

-- A file holds one document; a QDA project or a table of extracts holds several.
CREATE TABLE holdings (
    path     TEXT NOT NULL REFERENCES files (path),
    document TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (path, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX holdings_document ON holdings (document);

CREATE TABLE refusals (
    path   TEXT PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE passages (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    document    TEXT NOT NULL REFERENCES documents (id),
    start       INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    section     TEXT NOT NULL,               -- JSON list
    context     TEXT NOT NULL,
    page        TEXT,
    page_number INTEGER,
    speaker     TEXT,
    time        TEXT,                        -- hh:mm:ss, of a recording
    sensitivity TEXT NOT NULL,               -- its document's, or that of a stricter part
    vector      BLOB NOT NULL                -- float32
) STRICT;
CREATE INDEX passages_document ON passages (document, start);

-- The vectors of its sentences and of their content words' tokens, one after the other: a table of its own, since
-- rows grow long by it, and one row for all, since a search reads those of hundreds of passages.
CREATE TABLE sentence_vectors (
    passage   INTEGER PRIMARY KEY REFERENCES passages (number),
    sentences BLOB NOT NULL,                 -- float16
    counts    BLOB NOT NULL,                 -- uint16: how many tokens each sentence has
    tokens    BLOB NOT NULL                  -- int8
) STRICT;

CREATE TABLE sentences (
    passage   INTEGER NOT NULL REFERENCES passages (number),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    voice     TEXT NOT NULL,
    speaker   TEXT,
    section   TEXT,
    stance    TEXT NOT NULL,
    condition TEXT,
    cluster   TEXT,
    parameter TEXT,
    basis     TEXT,
    origin    TEXT NOT NULL,
    kind      TEXT NOT NULL,
    PRIMARY KEY (passage, start)
) STRICT, WITHOUT ROWID;
