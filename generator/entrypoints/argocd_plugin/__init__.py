"""The door for Argo CD: what `mwgen cmp` does inside a config management plugin's sidecar."""
