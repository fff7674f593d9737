#!/usr/bin/python3
"""An HTTP proxy with a cache and faults on demand: proxy.py CACHE RULES LOG MIRROR ARCHIVE

The directory ARCHIVE is served as http://repository.test/ and as every archive of the snapshot service, except that of
2026-01-01, which is MIRROR.

Prints its port, then serves until it is killed. CACHE is a directory, RULES a file that is read again for each request.
Each of its lines is "KIND TIMES REGEX": for the first TIMES requests whose URL matches, always if TIMES is "-", the proxy
  404, 503    answers with that status
  refuse      redirects the client to a closed port
  dead        closes the connection without an answer
  stall       sends half of the body, then nothing more
  truncate    sends half of the body, then closes the connection
  corrupt     inverts some bytes in the middle of the body
  slow        sends the body in small pieces over some seconds
  pauseN      sends half of the body, and the rest N seconds later
Each request adds a line to LOG: the status or the kind of the fault, and the URL.
"""
import hashlib
import http.client
import http.server
import os
import re
import sys
import threading
import time
import urllib.parse

cache_dir, rules_path, log_path, mirror, archive = sys.argv[1:6]
lock = threading.Lock()
used = {}  # (version of the rules, line number) to how often


def fault(url):
    with lock:
        try:
            version = os.stat(rules_path).st_mtime_ns
            lines = open(rules_path, encoding="ascii").read().splitlines()
        except FileNotFoundError:
            return None
        for number, line in enumerate(lines):
            kind, times, pattern = line.split(" ", 2)
            key = (version, number)
            if re.search(pattern, url) and (times == "-" or used.get(key, 0) < int(times)):
                used[key] = used.get(key, 0) + 1
                return kind
    return None


def log(what, url):
    with lock, open(log_path, "a", encoding="ascii") as out:
        out.write(f"{what} {url}\n")


def fetch(url):
    """Returns status and body. Files under by-hash and pool never change on a mirror, so they are cached."""
    url = re.sub("^http://snapshot.debian.org/archive/debian/20260101T000000Z/", mirror + "/", url)
    url = re.sub("^http://snapshot.debian.org/archive/debian(-security)?/[0-9TZ]*/", "http://repository.test/", url)
    if url.startswith("http://repository.test/"):
        try:
            with open(archive + urllib.parse.unquote(url.removeprefix("http://repository.test")), "rb") as f:
                return 200, f.read()
        except FileNotFoundError:
            return 404, b""
    name = os.path.join(cache_dir, hashlib.sha256(url.encode()).hexdigest())
    if os.path.exists(name):
        with open(name, "rb") as f:
            return 200, f.read()
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", parts.path, headers={"User-Agent": "test"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status == 200:
        temporary = f"{name}.{threading.get_ident()}"
        with open(temporary, "wb") as f:
            f.write(body)
        os.rename(temporary, name)
    return answer.status, body


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        kind = fault(self.path)
        if kind == "dead":
            log(kind, self.path)
            self.close_connection = True
            return
        status, body = (int(kind), b"") if kind in ("404", "503") else (302, b"") if kind == "refuse" else fetch(self.path)
        log(kind or status, self.path)
        self.send_response(status)
        if kind == "refuse":
            self.send_header("Location", f"http://127.0.0.1:1/{os.path.basename(self.path)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2
        if kind == "corrupt":
            body = body[:half] + bytes(b ^ 0x55 for b in body[half : half + 16]) + body[half + 16 :]
        if kind in ("stall", "truncate"):
            self.send(body[:half])
            self.close_connection = True
            if kind == "stall":
                self.rfile.read()  # until the client closes the connection
        elif kind == "slow":
            for i in range(0, len(body), len(body) // 40 + 1):
                self.send(body[i : i + len(body) // 40 + 1])
                time.sleep(0.1)
        elif kind and kind.startswith("pause"):
            self.send(body[:half])
            time.sleep(int(kind.removeprefix("pause")))
            self.send(body[half:])
        else:
            self.send(body)

    def send(self, piece):
        self.wfile.write(piece)
        self.wfile.flush()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


os.makedirs(cache_dir, exist_ok=True)
server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
