"""What is put into the tree of a template, so that nothing is repeated, joined or kept uncounted."""

from typing import Any, Final, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

STEP: Final = "_mwgen_step"
"""Counts a round of a loop, or the call of a macro, with the text in it. All of these are filters."""
CONCATENATED: Final = "_mwgen_concatenated"
"""The operator `~`."""
KEPT: Final = "_mwgen_kept"
"""Gives back what it is given, once it is known not to unfold to too much."""

_TAKEN: Final = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.TemplateData)
"""Expressions that build nothing."""


def guarded(tree: nodes.Template) -> nodes.Template:
    """The tree with its guards."""
    result = _Guards().visit(tree)
    assert isinstance(result, nodes.Template)
    return result


class _Guards(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named by Jinja2
        return self._counted(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - named by Jinja2
        return self._counted(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802 - named by Jinja2
        return self._counted(node)

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:  # noqa: N802 - named by Jinja2
        self.generic_visit(node)
        node.node = _kept(node.node)
        return node

    def visit_With(self, node: nodes.With) -> nodes.Node:  # noqa: N802 - named by Jinja2
        self.generic_visit(node)
        node.values = [_kept(value) for value in node.values]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - named by Jinja2
        """Two lists are compared all the way down; what is compared with a constant is not."""
        self.generic_visit(node)
        if not isinstance(node.expr, nodes.Const) and not all(isinstance(one.expr, nodes.Const) for one in node.ops):
            node.expr = _filter(KEPT, node.expr)
            for one in node.ops:
                one.expr = _filter(KEPT, one.expr)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named by Jinja2
        self.generic_visit(node)
        return _filter(CONCATENATED, node.nodes[0], *node.nodes[1:])

    def _counted(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        size = nodes.Const(sum(len(text.data) for text in node.find_all(nodes.TemplateData)), lineno=node.lineno)
        step = nodes.ExprStmt(_filter(STEP, size), lineno=node.lineno)
        node.body.insert(0, step)
        return node  # type: ignore[no-any-return] # what it is given


def _filter(name: str, value: nodes.Expr, *args: nodes.Expr) -> nodes.Expr:
    """A filter, which compiled code calls without asking the sandbox."""
    return nodes.Filter(value, name, list(args), [], None, None, lineno=value.lineno)


def _kept(value: nodes.Node) -> Any:
    return value if isinstance(value, _TAKEN) else _filter(KEPT, cast("nodes.Expr", value))
