"""Where recordings, references and results are kept: a folder, or anything that fsspec knows by a URL."""
