"""What a run page shows, as plain data: batches of what came since the last one, the same for a file and a live run."""

from rig.page.model.gatherer import Batch, Gatherer
from rig.page.model.head import RunHead

__all__ = ["Batch", "Gatherer", "RunHead"]
