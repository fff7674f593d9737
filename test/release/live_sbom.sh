#!/bin/sh
# Both bills of materials are complete and valid. The tools are in forky: python3-cyclonedx-lib has the JSON schema of
# CycloneDX; Debian has none of SPDX, so SPDX's own validator reads that one.
# shellcheck disable=SC2154 # root is set by fresh_root
. test/package/lib.sh
. test/release/lib.sh

spdx=$release/praekelt-container-tools-$version.spdx.json cdx=$release/praekelt-container-tools-$version.cdx.json
fresh_root forky
check "the validators" in_root sh -c 'apt-get -o Acquire::Check-Valid-Until=false update &&
	apt-get install -y --no-install-recommends python3-cyclonedx-lib python3-jsonschema python3-spdx-tools'
cp "$spdx" "$root/bill.spdx.json"
cp "$cdx" "$root/bill.cdx.json"
cat >"$root/validate.py" <<-'PYTHON'
	import sys
	from cyclonedx.schema import SchemaVersion
	from cyclonedx.validation.json import JsonStrictValidator
	sys.exit(JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read()) and "not valid")
PYTHON
check "SPDX 2.3" in_root pyspdxtools -i /bill.spdx.json
check "CycloneDX 1.6" in_root python3 /validate.py /bill.cdx.json
sed 's/"SHA256"/"SHA257"/' "$spdx" >"$root/bill.spdx.json"
sed 's/"SHA-256"/"SHA-257"/' "$cdx" >"$root/bill.cdx.json"
check "the validators see what is wrong: SPDX" fails in_root pyspdxtools -i /bill.spdx.json
check "CycloneDX" fails in_root python3 /validate.py /bill.cdx.json

check "every file of the packages, every artefact, musl and libgcc with their versions" \
	test/release/bills.py "$release" "$spdx" "$cdx"
