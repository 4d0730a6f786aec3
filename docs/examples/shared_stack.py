"""The stack of own_stack.py, which also looks at depth: through shared memory, mapped by hand as in any other language.

Run it with `python shared_stack.py 50051`, on the same machine and as the same user as the rig.
"""

import mmap
import struct
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from own_stack import MOST_BYTES, OwnStack

from contracts.proto.v1 import stack_pb2_grpc


class Memory:
    """The rig's segment, once it is mapped."""

    def __init__(self):
        self.mapped = None

    def map(self, offer):
        """Map what is offered; when that fails, frames go on coming as bytes."""
        try:
            with open(offer.path, "rb") as file:  # noqa: PTH123
                found = mmap.mmap(file.fileno(), offer.size, prot=mmap.PROT_READ)
        except (OSError, ValueError) as error:
            print(f"no shared memory: {error}", flush=True)
            return
        if found[:24] == b"WALKOUT1" + offer.token:
            self.mapped = found
            print(f"mapped {offer.size} bytes of shared memory", flush=True)

    def pixels(self, array):
        """Return the bytes of an array, valid until the next-but-one frame of that camera."""
        if not array.HasField("shared"):
            return array.data
        place = array.shared
        (generation,) = struct.unpack_from("<Q", self.mapped, place.offset - 64)
        assert generation == place.generation, "this frame has been overwritten"
        return memoryview(self.mapped)[place.offset : place.offset + place.size]


class LookingStack(OwnStack):
    def Run(self, ticks, context):  # noqa: N802 - the service's own name
        memory = Memory()
        for answers in super().Run(self.look(ticks, memory), context):
            answers.attached = memory.mapped is not None
            yield answers

    def look(self, ticks, memory):
        looked_at = set()
        for tick in ticks:
            if tick.HasField("shared"):
                memory.map(tick.shared)
            for record in tick.records:
                if record.HasField("frame") and record.frame.HasField("depth_mm"):
                    depth = record.frame.depth_mm
                    height, width = depth.shape
                    middle = height // 2 * width + width // 2
                    (distance_mm,) = struct.unpack_from("<H", memory.pixels(depth), 2 * middle)
                    if depth.HasField("shared") and record.frame.source not in looked_at:
                        print(f"{record.frame.source} first sees, in its middle, {distance_mm} mm away", flush=True)
                        looked_at.add(record.frame.source)
            yield tick


def main():
    server = grpc.server(ThreadPoolExecutor(2), options=[("grpc.max_receive_message_length", MOST_BYTES)])
    stack_pb2_grpc.add_WalkoutStackServicer_to_server(LookingStack(), server)
    port = server.add_insecure_port(f"127.0.0.1:{sys.argv[1]}")
    server.start()
    print(f"listening on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
