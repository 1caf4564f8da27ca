"""What is sent to make a private address of one's appointments."""

from needlework.web import fields
from needlework.web.forms import Form


class MakeFeed(Form):
    """The id of the address that will be made: sent twice it is made once."""

    id = fields.NewId()
