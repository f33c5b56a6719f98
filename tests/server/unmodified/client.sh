#!/bin/sh
# The live host names, in curl.
set -eu

ask() { curl --fail --silent --show-error --user "MockCo\\api.user:${password:-s3cret}" "$@"; }

identity=$(ask https://login.eloqua.com/id)
base=$(echo "$identity" | grep -o '"base":"[^"]*' | cut -d '"' -f 4)
echo "base: $base"
rest=$base/API/REST/2.0/data
ask --output /dev/null --write-out 'created: %{http_code}\n' --json '{"emailAddress":"ada@example.test"}' "$rest/contact"
found=$(ask "$rest/contacts?search=ada*")
echo "found: $(echo "$found" | grep -o '"total":[0-9]*' | cut -d : -f 2) $(echo "$found" | grep -o '"name":"[^"]*' | cut -d '"' -f 4)"
echo "stranger: $(password=wrong ask https://login.eloqua.com/id | tr -d '"')"
