"""YAML and JSON by Go's rules: what sigs.k8s.io/yaml, go-yaml and encoding/json read and write.

The bottom of the house. It knows nothing of mwgen and raises its own error, `YamlError`.
"""
