"""What must still be done when a task is cancelled."""

import trio


def deaf_to_cancellation(seconds: float) -> trio.CancelScope:
    """A scope that a cancellation from outside does not end, only the time: for words of parting to a peer."""
    return trio.CancelScope(deadline=trio.current_time() + seconds, shield=True)
