"""A Sparkplug host made of pysparkplug alone: prints what it hears, one JSON object a line; asks for rebirth when told.

Runs in an environment of its own (ci/peers), never in the project's. Usage: peer_sparkplug.py PORT; each line of its
input, "GROUP NODE", is sent on as a request for rebirth.
"""

import json
import sys

from pysparkplug import Client, DataType, Message, Metric, NCmd, QoS, Topic, get_current_timestamp


def say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def heard(_: Client, message: Message) -> None:
    payload = message.payload
    metrics = getattr(payload, "metrics", None) or (payload.bd_seq_metric,)
    told = {
        "kind": str(message.topic.message_type),
        "group": message.topic.group_id,
        "node": message.topic.edge_node_id,
        "device": message.topic.device_id,
        "qos": int(message.qos),
        "retain": bool(message.retain),
        "seq": getattr(payload, "seq", None),
        "timestamp": payload.timestamp,
        "metrics": [
            {
                "name": metric.name,
                "type": DataType(metric.datatype).name,
                "value": metric.value,
                "null": metric.is_null,
                "timestamp": metric.timestamp,
                "alias": metric.alias,
            }
            for metric in metrics
        ],
    }
    say(told)


def main() -> None:
    client = Client()
    client.subscribe(Topic(group_id="#"), QoS.AT_LEAST_ONCE, heard)
    client.connect("127.0.0.1", port=int(sys.argv[1]), callback=lambda _: say({"kind": "ready"}))
    for line in sys.stdin:
        group, node = line.split()
        rebirth = Metric(get_current_timestamp(), "Node Control/Rebirth", DataType.BOOLEAN, value=True)
        command = NCmd(get_current_timestamp(), (rebirth,))
        topic = Topic(group_id=group, message_type="NCMD", edge_node_id=node)
        client.publish(Message(topic, command, QoS.AT_MOST_ONCE, False), include_dtypes=True)
    client.disconnect()


main()
