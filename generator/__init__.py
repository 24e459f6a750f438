"""mwgen renders middleware groups into ordered Kubernetes bundles for GitOps.

The public functions live here; every other module is private and may move.
"""

__version__ = "0.1.0"
