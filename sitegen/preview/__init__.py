"""The preview on loopback: the built site from memory, live reload, the inquiry function, and an inbox for its letters.

`serve.serve` starts it; `site` answers addresses (pure), `stage` holds what is shown now, `watch` sees saves,
`post` runs the inquiry function, `inbox` keeps its letters, `screens` draws the preview's own pages, `web` speaks HTTP.
"""
