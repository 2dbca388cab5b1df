"""The generator: Source → Document → Catalog → Route → Output, one idea a file."""
