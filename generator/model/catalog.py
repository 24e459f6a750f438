"""Everything that a repository defines, as written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.model.group import Environment, Group
from generator.model.plugin import Plugin, TemplateText
from generator.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Plugins, templates, groups and environments, each by what refers to it."""

    plugins: Mapping[str, tuple[Plugin, ...]] = field(default_factory=dict)
    """By name; versions in ascending order."""

    templates: Mapping[str, tuple[TemplateText, ...]] = field(default_factory=dict)
    """Template ConfigMaps by name; several plugins may use a name for their own."""

    files: Mapping[str, TemplateText] = field(default_factory=dict)
    """Template files by path."""

    nearby: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the path of a template file that is not there: what else stands in the plugin's folder, relative to it."""

    carried: Mapping[str, tuple[TemplateText, ...]] = field(default_factory=dict)
    """Files of plugins' folders that ConfigMaps carry, by the plugin's name."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    environments: Mapping[str, Environment] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kind and name of what is defined with mistakes, which have been told."""

    def carried_for(self, plugin: Plugin) -> Iterator[TemplateText]:
        """The files of the plugin's folder that ConfigMaps carry for this version of it."""
        for text in self.carried.get(plugin.name, ()):
            if not text.versions or plugin.version in text.versions:
                yield text
