"""What needs a lease, and what is said to one who has none."""

import grpc
import pytest

from contracts.errors import LeaseLost
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.shim.client import Bench
from devices.shim.connection import Shim
from devices.shim.guard import OPEN_TO_ALL, TOKEN
from devices.shim.host import SERVICES, serve
from tests.devices.shim.desk import desks


def methods() -> list[tuple[str, type, type, bool]]:
    """Return every method of the project's own services: path, request, reply, whether it streams."""
    found = []
    for name in SERVICES:
        service = pb.DESCRIPTOR.services_by_name[name]
        for method in service.methods:
            request, reply = (_class(kind) for kind in (method.input_type, method.output_type))
            found.append((f"/{service.full_name}/{method.name}", request, reply, method.client_streaming))
    return found


def _class(descriptor: object) -> type:
    from google.protobuf.message_factory import GetMessageClass

    return GetMessageClass(descriptor)  # type: ignore[arg-type, no-any-return]


def test_whatever_moves_a_device_needs_a_lease_and_looking_needs_none() -> None:
    devices = desks("scanner-1")
    refused = set()
    with serve(devices) as shim, Bench(shim.address, holder="ana"), grpc.insecure_channel(shim.address) as channel:
        for path, request, reply, streams in methods():
            if path.endswith("Leases/Release"):
                continue  # it checks for itself: below
            kinds = {"request_serializer": request.SerializeToString, "response_deserializer": reply.FromString}
            call = channel.stream_stream(path, **kinds)(iter([request()])) if streams else None
            call = call or channel.unary_unary(path, **kinds).future(request())
            if call.code() is grpc.StatusCode.FAILED_PRECONDITION:
                assert "this call needs a lease" in call.details()
                assert "scanner-1: held by ana since" in call.details()
                refused.add(path)
        everything = {path for path, *_ in methods()}
        assert refused == everything - OPEN_TO_ALL
        assert "/walkout.v1.Gate/Command" in refused
    assert devices["scanner-1"].done == ["probe", "safe_state"] or devices["scanner-1"].done == ["safe_state"]


def test_senseless_messages_are_the_callers_fault_and_end_nothing() -> None:
    with serve(desks("a")) as shim, Bench(shim.address) as bench, grpc.insecure_channel(shim.address) as channel:
        token = ((TOKEN, str(bench.shim.token)),)
        fault = services.DevicesStub(channel).Fault.future(pb.FaultRequest(id="a", fault="bent"), metadata=token)  # type: ignore[no-untyped-call]
        assert "expected: off, stuck" in fault.details()
        for path, request, reply, streams in methods():
            if path.endswith(("Synchronise", "Release")):
                continue
            kinds = {"request_serializer": request.SerializeToString, "response_deserializer": reply.FromString}
            call = channel.stream_stream(path, **kinds)(iter([request()]), metadata=token) if streams else None
            call = call or channel.unary_unary(path, **kinds).future(request(), metadata=token)
            assert call.code() in (grpc.StatusCode.OK, grpc.StatusCode.INVALID_ARGUMENT), path
        assert bench.ports["a"].read(0) == []


@pytest.mark.parametrize("token", ["", "0", "17", "-1", "a token", "9" * 40])
def test_a_token_that_was_never_given_ends_nothing(token: str) -> None:
    with serve(desks("a")) as shim, Bench(shim.address) as bench, grpc.insecure_channel(shim.address) as channel:
        leases = services.LeasesStub(channel)  # type: ignore[no-untyped-call]
        for method, request in ((leases.Release, pb.ReleaseRequest()), (leases.Renew, pb.Empty())):
            with pytest.raises(grpc.RpcError) as caught:
                method(request, metadata=(("walkout-token", token),))
            assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        assert len(bench.shim.leases().held) == 1


def test_no_token_is_ever_shown_to_others() -> None:
    with serve(desks("a")) as shim, Bench(shim.address) as bench, grpc.insecure_channel(shim.address) as channel:
        leases = services.LeasesStub(channel)  # type: ignore[no-untyped-call]
        assert bench.shim.token > 0
        assert [lease.token for lease in leases.List(pb.Empty()).leases] == [0]
        assert str(bench.shim.token) not in str(leases.List(pb.Empty()))
        assert [lease.token for lease in leases.Release(pb.ReleaseRequest(force=True)).ended] == [0]


def test_tokens_grow_over_restarts_of_a_shim() -> None:
    with serve(desks("a")) as shim, Bench(shim.address) as bench:
        before = bench.shim.token
    with serve(desks("a")) as shim, Bench(shim.address) as bench:
        assert bench.shim.token > before
        with Shim(shim.address) as stale:
            stale.token = before
            with pytest.raises(LeaseLost, match="which this shim does not know"):
                stale.offset()
