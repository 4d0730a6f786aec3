"""What a recording keeps: all that passes between processes, and beside it the truth and the run's own story."""

from __future__ import annotations

from contracts import biometrics, checkout, geometry, layout, records, run, trade, truth
from contracts.mapping import Mapping
from contracts.proto.v1 import checkout_pb2, layout_pb2, records_pb2, run_pb2, truth_pb2

ARCHIVE = Mapping(
    (geometry, biometrics, trade, layout, records, checkout, truth, run),
    (layout_pb2, records_pb2, checkout_pb2, truth_pb2, run_pb2),
)
