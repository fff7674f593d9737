#!/usr/bin/python3 -B
"""The bill of materials of a release, as SPDX 2.3 and as CycloneDX 1.6: sbom.py FOLDER VERSION SECONDS

Reads the packages and the other files in FOLDER, and writes praekelt-container-tools-VERSION.spdx.json and .cdx.json beside
them. The libraries linked into the programs are in the packages' field Static-Built-Using. SECONDS since 1970 is the time
in both files: the same files give the same bytes."""

import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import uuid
from datetime import datetime, timezone

NAME, LICENSE = "praekelt-container-tools", "BSD-3-Clause"
HOME = "https://github.com/praekeltfoundation/praekelt-container-tools"
SUPPLIER = "praekelt-container-tools maintainers"
# The licenses of the source packages whose libraries are linked into the programs.
LINKED_LICENSES = {"musl": "MIT", "gcc": "GPL-3.0-or-later WITH GCC-exception-3.1"}


def digests(content):
    return {name: hashlib.new(name, content).hexdigest() for name in ("sha1", "sha256")}


def read_package(path):
    """Returns a package as a dictionary: its fields, its digests, its files and the libraries linked into them. A link has
    the digests of the file that it leads to."""
    fields = subprocess.run(["dpkg-deb", "-f", path], check=True, capture_output=True, text=True).stdout
    fields = dict(re.findall(r"^(\S+): (.*)$", fields, re.MULTILINE))
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(data.stdout)) as archive:
        for member in archive:
            if not member.isdir():
                files[member.name.removeprefix(".")] = digests(archive.extractfile(member).read())
    linked = re.findall(r"(\S+) \(= (\S+)\)", fields.get("Static-Built-Using", ""))
    return {"file": path.name, "name": fields["Package"], "version": fields["Version"], "arch": fields["Architecture"],
            "digests": digests(path.read_bytes()), "files": files, "linked": linked}


def purl(name, version, arch, vendor):
    return f"pkg:deb/{vendor}/{name}@{version}?arch={arch}"


def license_of(source):
    return next(text for name, text in LINKED_LICENSES.items() if re.fullmatch(name + r"(-\d+)?(-cross.*)?", source))


def spdx(packages, others, libraries, version, time):
    def ref(*words):
        return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", "-".join(words))

    def checksums(of):
        return [{"algorithm": name.upper(), "checksumValue": value} for name, value in of.items()]

    def package(key, name, package_version, text, url, **more):
        return {"SPDXID": key, "name": name, "versionInfo": package_version, "supplier": "NOASSERTION",
                "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": text,
                "licenseDeclared": text, "copyrightText": "NOASSERTION", "externalRefs": [{
                    "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": url}], **more}

    def file(key, name, of):
        return {"SPDXID": key, "fileName": name, "checksums": checksums(of), "licenseConcluded": LICENSE,
                "licenseInfoInFiles": [LICENSE], "copyrightText": "NOASSERTION"}

    def analyzed(files):
        sums = "".join(sorted(of["sha1"] for of in files.values()))
        return {"filesAnalyzed": True, "licenseInfoFromFiles": [LICENSE], "packageVerificationCode": {
            "packageVerificationCodeValue": hashlib.sha1(sums.encode()).hexdigest()}} if files else {}

    ours = {"supplier": f"Organization: {SUPPLIER}", "downloadLocation": HOME}
    whole = ref("Package", NAME)
    entries = [package(whole, NAME, version, LICENSE, f"pkg:github/praekelt/{NAME}@v{version}", **ours,
                       **analyzed(others))]
    entries += [package(ref("Package", *library), *library, license_of(library[0]), purl(*library, "source", "debian"))
                for library in libraries]
    files, relations = [], [("SPDXRef-DOCUMENT", "DESCRIBES", whole)]
    for item in packages:
        key = ref("Package", item["name"], item["arch"])
        entries.append(package(key, item["name"], item["version"], LICENSE,
                               purl(item["name"], item["version"], item["arch"], "praekelt"), **ours, **analyzed(item["files"]),
                               packageFileName=item["file"], checksums=checksums(item["digests"])))
        relations.append((whole, "CONTAINS", key))
        relations += [(key, "STATIC_LINK", ref("Package", *library)) for library in item["linked"]]
        for name, of in item["files"].items():
            files.append(file(ref("File", item["arch"], item["name"], name), "." + name, of))
            relations.append((key, "CONTAINS", files[-1]["SPDXID"]))
    for name, of in others.items():
        files.append(file(ref("File", name), "./" + name, of))
        relations.append((whole, "CONTAINS", files[-1]["SPDXID"]))
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"{NAME}-{version}", "creationInfo": {"created": time, "creators": [
                f"Organization: {SUPPLIER}", f"Tool: {NAME}/release/sbom.py-{version}"]},
            "packages": entries, "files": files, "relationships": [
                {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                for one, kind, other in relations]}


def cyclonedx(packages, others, libraries, version, time):
    def hashes(of):
        return [{"alg": {"sha1": "SHA-1", "sha256": "SHA-256"}[name], "content": value} for name, value in of.items()]

    def component(kind, name, url, text, **more):
        return {"type": kind, "bom-ref": url, "name": name, "purl": url, "licenses": [
            {"expression": text} if " " in text else {"license": {"id": text}}], **more}

    def file(parent, name, of):
        return {"type": "file", "bom-ref": f"{parent}#{name}", "name": name, "hashes": hashes(of)}

    whole = f"pkg:github/praekelt/{NAME}@v{version}"
    sources = [purl(*library, "source", "debian") for library in libraries]
    components = [component("library", name, url, license_of(name), version=of)
                  for (name, of), url in zip(libraries, sources)]
    depends = []
    for item in packages:
        key = purl(item["name"], item["version"], item["arch"], "praekelt")
        components.append(component("application", item["name"], key, LICENSE, version=item["version"],
                                    hashes=hashes(item["digests"]), components=[
                                        file(key, name, of) for name, of in item["files"].items()]))
        depends.append({"ref": key, "dependsOn": [purl(*library, "source", "debian") for library in item["linked"]]})
    components += [file(whole, name, of) for name, of in others.items()]
    depends.insert(0, {"ref": whole, "dependsOn": [one["ref"] for one in depends]})
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {
        "timestamp": time, "supplier": {"name": SUPPLIER, "url": [HOME]},
        "component": component("application", NAME, whole, LICENSE, version=version)},
            "components": components, "dependencies": depends}


def main(folder, version, seconds):
    folder = pathlib.Path(folder)
    time = datetime.fromtimestamp(int(seconds), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    packages = [read_package(path) for path in sorted(folder.glob("*.deb"))]
    others = {path.name: digests(path.read_bytes()) for path in sorted(folder.iterdir())
              if path.is_file() and path.suffix != ".deb"}
    libraries = sorted({library for item in packages for library in item["linked"]})
    given = packages, others, libraries, version, time
    # The identifier depends on the contents alone, so the same bill has the same identifier.
    number = uuid.uuid5(uuid.NAMESPACE_URL, HOME + json.dumps(given, sort_keys=True))
    for suffix, bill in (("spdx", spdx(*given) | {"documentNamespace": f"{HOME}/spdx/{version}/{number}"}),
                         ("cdx", cyclonedx(*given) | {"serialNumber": number.urn})):
        (folder / f"{NAME}-{version}.{suffix}.json").write_text(json.dumps(bill, indent=1) + "\n")


main(*sys.argv[1:])
