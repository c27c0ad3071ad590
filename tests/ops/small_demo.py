"""A demo without Cadre in it: a database and two sleepers, looked after as `make demo` does.

Run by test_supervisor.py as a process of its own, to be killed.
"""

import sys
from pathlib import Path

from ops.postgres import Cluster
from ops.supervisor import Service, Stopped, Supervisor, say


def main():
    folder, kind, mark = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    name, _, value = mark.partition("=")
    supervisor = Supervisor(
        Cluster(kind, durable=False), folder, {name: value}, [folder / "broker" / "queue"]
    )
    try:
        supervisor.cluster.prepare()
        supervisor.start_database()
        for number in ["1000", "1001"]:
            supervisor.start(Service(f"sleeper-{number}", ["/bin/sleep", number]))
        say("up")
        supervisor.watch()
    except Stopped as stopped:
        sys.exit(stopped.exit_code)
    finally:
        supervisor.stop()


if __name__ == "__main__":
    main()
