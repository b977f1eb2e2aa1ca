"""An event of Caliper, as a tool or an app tells it of a learner."""


def event(number, learner):
    return {
        "id": f"urn:uuid:{number}",
        "type": "Event",
        "actor": {"id": learner, "type": "Person"},
        "action": "Used",
        "object": "tool",
        "eventTime": "2025-09-01T10:00:00Z",
    }
