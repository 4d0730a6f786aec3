"""A whole stack in one file: it lets everybody in who shows a code or a palm, and bills nobody for anything.

It needs grpcio and the code generated from contracts/proto, and nothing else of this project.
Run it with `python own_stack.py 50051`; port 0 takes any free one.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc

from contracts.proto.v1 import checkout_pb2, stack_pb2, stack_pb2_grpc
from contracts.proto.v1 import records_pb2 as records

MOST_BYTES = 256 << 20  # one tick carries every frame delivered in it; gRPC's own limit is 4 MiB


class Shop:
    """One run: whose readers stand at which gate, who owns what is shown, and who came in, in order."""

    def __init__(self):
        self.gate_of, self.owner_of, self.inside, self.visits, self.currency = {}, {}, [], 0, ""

    def learn(self, setup):
        self.currency = setup.layout.currency
        for gate in setup.layout.gates:
            self.gate_of |= {gate.scanner: gate.id, gate.palm_reader: gate.id}
        for account in setup.accounts:
            self.owner_of |= dict.fromkeys([account.handle, *account.palm_handles], account.id)

    def admit(self, reader, shown, now_ns):
        self.visits += 1
        visit = f"visit-{self.visits}"
        self.inside.append((visit, self.owner_of.get(shown, "")))
        order = records.GateCommand(t_ns=now_ns, source="stack", gate=self.gate_of[reader], visit=visit)
        order.action, order.direction = records.GATE_ACTION_OPEN, records.DIRECTION_IN
        return records.AnswerRecord(gate_command=order)

    def bill(self, now_ns):
        visit, account = self.inside.pop(0)
        receipt = checkout_pb2.Receipt(t_ns=now_ns, source="stack", visit=visit, account=account, left_ns=now_ns)
        receipt.status, receipt.currency = checkout_pb2.RECEIPT_STATUS_FINAL, self.currency
        return records.AnswerRecord(receipt=receipt)


class OwnStack(stack_pb2_grpc.WalkoutStackServicer):
    def Run(self, ticks, context):  # noqa: N802, ARG002 - the service's own names
        shop = Shop()
        for tick in ticks:
            answers = stack_pb2.Answers(now_ns=tick.now_ns)
            for record in tick.records:
                kind = record.WhichOneof("record")
                if kind == "setup":
                    shop.learn(record.setup)
                elif kind == "scan":
                    handle = record.scan.code[3:11].decode()  # a stack that earns its name also checks the code's MAC
                    answers.records.append(shop.admit(record.scan.source, handle, tick.now_ns))
                elif kind == "palm_scan":
                    answers.records.append(shop.admit(record.palm_scan.source, record.palm_scan.handle, tick.now_ns))
                elif kind == "gate_event" and record.gate_event.kind == records.GATE_EVENT_KIND_PASSED_OUT:
                    answers.records.append(shop.bill(tick.now_ns))
            yield answers


def main():
    server = grpc.server(ThreadPoolExecutor(2), options=[("grpc.max_receive_message_length", MOST_BYTES)])
    stack_pb2_grpc.add_WalkoutStackServicer_to_server(OwnStack(), server)
    port = server.add_insecure_port(f"127.0.0.1:{sys.argv[1]}")
    server.start()
    print(f"listening on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
