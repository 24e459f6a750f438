"""What a new bundle would do to the one that is committed, told before a cluster is asked.

Rules are pure and give `Finding`s; who calls them knows the bundle's source and makes diagnostics of them.
"""
