"""What goes wrong, by whom it is told."""


class RequestError(Exception):
    """A request that cannot be met; its text is the client's answer."""


class StartError(Exception):
    """The daemon cannot start; its text goes to standard error."""
