#!/usr/bin/python3 -B
"""Builds small packages, and a signed archive of them.

  repository.py deb OUT <STANZAS          builds each package into the directory OUT, as NAME_VERSION.deb
  repository.py archive OUT <STANZAS      builds an archive in OUT, signed by the first secret key of GNUPGHOME

A stanza is a package's control file with more fields: "Files" (lines of "/path text"), "Library" (a path, for which a
shared object of that name is compiled), "Preinst", "Postinst", "Prerm", "Postrm" (shell commands), "Suites" (where the
archive lists the package, "stable plain expired" unless given). Files below /etc are conffiles. What a control file
must have is filled in; @MULTIARCH@ is the name of the directory of this machine's libraries.
"""
import gzip
import hashlib
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
import time

SCRIPTS = ("Preinst", "Postinst", "Prerm", "Postrm")
# More fields of each suite's Release. None: the suite is not signed.
SUITES = {"stable": "", "stable-security": "", "newer": "", "plain": "",
          "expired": "Valid-Until: Thu, 01 Jan 2026 00:00:00 UTC\n", "unsigned": None}


def output(*command):
    return subprocess.check_output(command, text=True).strip()


def parse(text):
    text = text.replace("@MULTIARCH@", output("cc", "-print-multiarch"))
    for block in filter(str.strip, text.split("\n\n")):
        fields, name = {}, ""
        for line in block.strip("\n").split("\n"):
            if line.startswith("#"):
                continue
            if line[0] in " \t":
                fields[name] += "\n" + line.strip()
            else:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
        if fields:
            yield fields


def write(path, content, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content.encode() if isinstance(content, str) else content)
    os.chmod(path, mode)


def compile_library(path):
    """Compiles a shared object with its file name as SONAME, and the function ready()."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", f"-Wl,-soname,{os.path.basename(path)}", "-o", path],
                   input=b"int ready(void) { return 1; }", check=True)


def build(fields, out):
    """Builds the .deb. Returns its path, the text of its control file, and the paths of its files."""
    fields = {"Version": "1", "Architecture": "all", "Maintainer": "T <t@example.org>", "Description": "a test",
              "Section": "misc", **fields}
    special = {key: fields.pop(key, "") for key in (*SCRIPTS, "Files", "Library", "Suites")}
    if special["Library"]:
        fields["Architecture"] = output("dpkg", "--print-architecture")
    tree = tempfile.mkdtemp()
    write(f"{tree}/usr/share/{fields['Package']}/version", fields["Version"] + "\n")
    for line in special["Files"].split("\n"):
        path, _, text = line.partition(" ")
        if path:
            write(tree + path, text + "\n")
    for path in special["Library"].split():
        compile_library(tree + path)
        write(f"{tree}/DEBIAN/triggers", "activate-noawait ldconfig\n")
    paths = [os.path.join(d, name)[len(tree) :] for d, _, names in os.walk(tree) for name in names]
    size = sum(os.path.getsize(tree + path) for path in paths)
    control = "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"Installed-Size: {size // 1024 + 1}\n"
    write(f"{tree}/DEBIAN/control", control)
    write(f"{tree}/DEBIAN/conffiles", "".join(f"{path}\n" for path in paths if path.startswith("/etc/")))
    for name in SCRIPTS:
        if special[name]:
            write(f"{tree}/DEBIAN/{name.lower()}", f"#!/bin/sh\n{special[name]}\n", 0o755)
    os.chmod(tree, 0o755)
    os.makedirs(out, exist_ok=True)
    deb = f"{out}/{fields['Package']}_{fields['Version']}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-b", tree, deb], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return deb, control, paths


def publish(out, suite, architecture, packages, contents):
    """Writes the indexes of a suite, also by hash, and its Release."""
    indexes = {f"main/binary-{architecture}/Packages": packages.encode(),
               f"main/binary-{architecture}/Packages.xz": lzma.compress(packages.encode())}
    if suite not in ("plain", "stable-security"):
        # As in Debian, the Release has the checksum of the unpacked index, but the archive does not have that file.
        indexes[f"main/Contents-{architecture}"] = contents.encode()
        indexes[f"main/Contents-{architecture}.gz"] = gzip.compress(contents.encode())
    sums = ""
    for name, content in indexes.items():
        digest = hashlib.sha256(content).hexdigest()
        sums += f" {digest} {len(content)} {name}\n"
        if not name.endswith(f"Contents-{architecture}"):
            write(f"{out}/dists/{suite}/{name}", content)
            write(f"{out}/dists/{suite}/{os.path.dirname(name)}/by-hash/SHA256/{digest}", content)
    release = (f"Origin: Test\nLabel: Test\nSuite: {suite}\nCodename: {suite}\nArchitectures: {architecture}\n"
               f"Components: main\nAcquire-By-Hash: yes\n{SUITES[suite] or ''}"
               f"Date: {time.strftime('%a, %d %b %Y %H:%M:%S UTC', time.gmtime())}\nSHA256:\n{sums}")
    write(f"{out}/dists/{suite}/Release", release)
    if SUITES[suite] is not None:
        for name, how in (("InRelease", "--clearsign"), ("Release.gpg", "--detach-sign")):
            subprocess.run(["gpg", "--batch", "--quiet", "--armor", how, "-o", f"{out}/dists/{suite}/{name}"],
                           input=release.encode(), check=True)


def archive(out, stanzas):
    architecture = output("dpkg", "--print-architecture")
    packages, contents = dict.fromkeys(SUITES, ""), ""
    for fields in stanzas:
        suites = fields.get("Suites", "stable plain expired").split()
        deb, control, paths = build(fields, f"{out}/pool")
        with open(deb, "rb") as f:
            content = f.read()
        entry = (f"{control}Filename: pool/{os.path.basename(deb)}\nSize: {len(content)}\n"
                 f"SHA256: {hashlib.sha256(content).hexdigest()}\n\n")
        for suite in suites:
            packages[suite] += entry
        contents += "".join(f"{path[1:]} misc/{fields['Package']}\n" for path in paths)
    for suite in SUITES:
        publish(out, suite, architecture, packages[suite], contents)


if __name__ == "__main__":
    verb, where = sys.argv[1:3]
    if verb == "archive":
        archive(where, parse(sys.stdin.read()))
    else:
        for stanza in parse(sys.stdin.read()):
            build(stanza, where)
