"""How a review looks: on a terminal, as JSON, as Markdown for a pull request. Each reads nothing but the `Review`."""
