#!/usr/bin/python3 -B
"""Runs a command on a new terminal, prints its output, and ends with its status: on_terminal.py COMMAND..."""
import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        text = os.read(terminal, 4096)
    except OSError:  # every process has closed the terminal
        break
    os.write(1, text.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
