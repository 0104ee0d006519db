#!/usr/bin/env bash
# The shell way: each Batch target to the newest ACTIVE revision of its job definition, with the AWS CLI alone.
# MAX_RULES=n stops after n rules.
set -euo pipefail
done_rules=0

for bus in $(aws events list-event-buses --query 'EventBuses[].Name' --output text); do
  for rule in $(aws events list-rules --event-bus-name "$bus" --query 'Rules[].Name' --output text); do
    if [ -n "${MAX_RULES:-}" ] && [ "$done_rules" -ge "$MAX_RULES" ]; then exit 0; fi
    # One target a line, as compact JSON.
    aws events list-targets-by-rule --event-bus-name "$bus" --rule "$rule" \
        --query 'Targets[?BatchParameters].[to_string(@)]' --output text |
      while IFS= read -r target; do
        reference=$(sed -E 's/.*"JobDefinition":"([^"]*)".*/\1/' <<<"$target")
        name=${reference##*job-definition/}
        name=${name%:*}
        latest=$(aws batch describe-job-definitions --job-definition-name "$name" --status ACTIVE \
            --query 'max_by(jobDefinitions, &revision).revision' --output text)
        changed=${target/"\"JobDefinition\":\"$reference\""/"\"JobDefinition\":\"${reference%:*}:$latest\""}
        aws events put-targets --event-bus-name "$bus" --rule "$rule" --targets "[$changed]" \
            --query FailedEntryCount --output text </dev/null | grep -qx 0
      done
    done_rules=$((done_rules + 1))
  done
done
