"""Pages as pure functions: words and views in, markup out."""
