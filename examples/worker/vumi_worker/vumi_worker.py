"""A worker that uses a system library, leaves an orphan behind, and ends in order on SIGTERM.

EXIT_STATUS is the exit status, 0 if unset.
"""

import ctypes
import os
import signal
import sys
import time


def leave_an_orphan():
    """Starts a child that starts a process and exits at once. The init has to reap that process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        orphan = os.fork()
        if orphan == 0:
            os.close(reader)
            os.close(writer)
            time.sleep(0.2)
            os._exit(0)
        os.write(writer, str(orphan).encode())
        os._exit(0)
    os.close(writer)
    orphan = int(os.read(reader, 32))
    os.close(reader)
    os.waitpid(child, 0)
    return orphan


def main():
    def on_term(signum, frame):
        print("worker: SIGTERM, ending in order", flush=True)
        sys.exit(int(os.environ.get("EXIT_STATUS", "0")))

    signal.signal(signal.SIGTERM, on_term)
    version = ctypes.CDLL("libpq.so.5").PQlibVersion()
    with open("started", "w") as started:
        started.write("%d\n" % os.getpid())
    print("worker: uid %d, libpq %d" % (os.getuid(), version), flush=True)
    print("worker: orphan %d" % leave_an_orphan(), flush=True)
    print("worker: ready", flush=True)
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
