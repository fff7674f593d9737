#!/usr/bin/python3 -B
"""Whether both bills of materials of a release say what is in it: bills.py FOLDER SPDX CYCLONEDX

It reads the packages with dpkg-deb, and shares no code with release/sbom.py."""

import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys


def dpkg_deb(*words):
    return subprocess.run(["dpkg-deb", *words], check=True, capture_output=True, text=True).stdout


def what_is_there(folder):
    """The files of each package, the libraries linked into each, and the digest of each file of the release."""
    held, linked = collections.Counter(), set()
    for deb in folder.glob("*.deb"):
        key = dpkg_deb("-W", "--showformat=${Package}_${Architecture}", deb)
        held.update((key, line.split()[5][1:]) for line in dpkg_deb("-c", deb).splitlines() if line[0] != "d")
        linked |= {(key, *one) for one in re.findall(r"(\S+) \(= (\S+)\)", dpkg_deb("-f", deb, "Static-Built-Using"))}
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
               if path.is_file() and path.suffix not in (".asc", ".json") and path.name != "SHA256SUMS"}
    return held, linked, digests


def check_spdx(bill, held, linked, digests):
    packages = {one["SPDXID"]: one for one in bill["packages"]}
    files = {one["SPDXID"]: one for one in bill["files"]}
    relations = [(one["spdxElementId"], one["relationshipType"], one["relatedSpdxElement"])
                 for one in bill["relationships"]]

    def key(package):
        file = packages[package].get("packageFileName", "")
        return file.replace("_" + packages[package]["versionInfo"], "").removesuffix(".deb")

    def sha256(entry):
        return {one["algorithm"]: one["checksumValue"] for one in entry["checksums"]}["SHA256"]

    contains = [(one, files[two]) for one, kind, two in relations if kind == "CONTAINS" and two in files]
    assert collections.Counter((key(one), file["fileName"][1:]) for one, file in contains if key(one)) == held
    assert {(key(one), packages[two]["name"], packages[two]["versionInfo"])
            for one, kind, two in relations if kind == "STATIC_LINK"} == linked
    said = {one["packageFileName"]: sha256(one) for one in packages.values() if "packageFileName" in one}
    assert said | {file["fileName"][2:]: sha256(file) for one, file in contains if not key(one)} == digests


def check_cyclonedx(bill, held, linked, digests):
    top = {one["bom-ref"]: one for one in bill["components"]}
    named = [one["name"] for package in top.values() for one in package.get("components", ())]
    assert sorted(named) == sorted(file for _, file in held.elements())
    assert {(one["name"], one["version"]) for one in top.values() if one["type"] == "library"} == {
        one[1:] for one in linked}
    said = {of["content"] for one in top.values() for of in one.get("hashes", ()) if of["alg"] == "SHA-256"}
    assert said == set(digests.values())
    assert all(ref in top for one in bill["dependencies"] for ref in one["dependsOn"])


def main(folder, *bills):
    there = held, linked, digests = what_is_there(pathlib.Path(folder))
    assert any(name == "musl" for _, name, _ in linked)
    for check, bill in zip((check_spdx, check_cyclonedx), bills, strict=True):
        check(json.loads(pathlib.Path(bill).read_text()), *there)
    print(held.total(), "files in packages,", len(digests), "files,", sorted({one[1:] for one in linked}))


main(*sys.argv[1:])
