"""What can happen to an object or to one of its fields, and how grave that is."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to a field or to an object."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """Of a field: an element of a list with keys stands elsewhere among its neighbours. Of an object: it belongs to
    another component than before (and may have changed as well)."""

    RENAMED = "renamed"
    """Of an object: under the name `previous` there was one with the same content. For a cluster that is one object
    less and another one more."""


class EffectKind(StrEnum):
    """What a change does to what runs. In the order of gravity, the harmless ones first."""

    NONE = "none"
    """Only metadata, order or notation: nothing that runs notices."""

    IN_PLACE = "in place"
    """Taken up as it is applied, and no pod restarts: new objects, more replicas, another schedule."""

    RELOAD = "reload"
    """The middleware takes up new configuration while it runs."""

    RESTART = "rolling restart"
    """Pods are replaced one after the other."""

    STOP = "stop"
    """Something that runs stops, as was asked for, and nothing takes its place. Data are kept."""

    RECREATE = "recreate"
    """The cluster refuses the change of an object that exists: it must be deleted and made anew."""

    EXPOSURE = "exposure"
    """Who can reach it, or what it may do, or where its images come from, changes."""

    DATA = "data at risk"
    """Data or the last replica that serves them may be lost."""

    @property
    def gravity(self) -> int:
        """Its place in the order of gravity; more is worse."""
        return list(EffectKind).index(self)
