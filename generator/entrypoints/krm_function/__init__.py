"""The door for Kustomize and kpt: what `mwgen krm` does as a KRM function, and as a legacy generator plugin."""
