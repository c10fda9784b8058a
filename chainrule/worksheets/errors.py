"""The one error a worksheet raises."""


class WorksheetError(ValueError):
    """Something in a worksheet is not in order; the message names the node and the way out."""
