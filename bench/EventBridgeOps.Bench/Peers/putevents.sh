#!/usr/bin/env bash
# Sends a file of entries by the AWS CLI in batches of ten: putevents.sh FILE MAX_CALLS
set -euo pipefail
for ((call = 0; call < $2; call++)); do
  entries=$(sed -n "$((call * 10 + 1)),$((call * 10 + 10))p" "$1" | python3 -c 'import json, sys; print(json.dumps([e | {"Detail": json.dumps(e["Detail"])} for e in map(json.loads, sys.stdin)]))')
  aws events put-events --entries "$entries" --output text --query FailedEntryCount
done
