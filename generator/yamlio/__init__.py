"""How mwgen reads and writes YAML: as Kubernetes' own tools do, with a place for everything that is wrong."""
