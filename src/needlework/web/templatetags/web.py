"""Components with content, and statuses by their key."""

from dataclasses import asdict
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from needlework.web.status import STATUSES

register = template.Library()


class ComponentNode(template.Node):
    """Draws components/<name>.html with `content` and the named values, and nothing else of the page."""

    def __init__(self, name: str, named: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.named, self.nodelist = name, named, nodelist

    def render(self, context: template.Context) -> SafeString:
        """Return the component around its content; it sees the request and what is named, nothing else."""
        values: dict[str, Any] = {key: value.resolve(context) for key, value in self.named.items()}
        values |= {key: context.get(key) for key in ("csrf_token", "request")}
        values["content"] = self.nodelist.render(context)
        engine = context.template.engine  # type: ignore[union-attr]
        return engine.get_template(f"components/{self.name}.html").render(context.new(values))


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """Wrap content in a component: {% component "card" heading="Where" %}…{% endcomponent %}."""
    _, quoted, *bits = token.split_contents()
    named = token_kwargs(bits, parser)
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(quoted.strip("\"'"), named, nodelist)


@register.inclusion_tag("components/tag.html")
def status(key: str) -> dict[str, str]:
    """Draw a status from the table in `needlework.web.status` by its key."""
    return asdict(STATUSES[key])
