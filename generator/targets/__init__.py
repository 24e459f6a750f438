"""Who applies a bundle, how that tool spells an order, and what it must be told."""

from generator.targets.argocd import ArgoCD
from generator.targets.base import Target
from generator.targets.flux import Flux
from generator.targets.plain import Plain

TARGETS: dict[str, Target] = {"argocd": ArgoCD(), "flux": Flux(), "plain": Plain()}

__all__ = ["TARGETS", "Target"]
