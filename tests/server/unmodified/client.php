<?php
// The live host names, in curl for PHP.
function ask(string $url, ?array $body = null, string $password = "s3cret"): array
{
    $handle = curl_init($url);
    curl_setopt_array($handle, [CURLOPT_USERPWD => "MockCo\\api.user:$password", CURLOPT_RETURNTRANSFER => true]);
    if ($body !== null) {
        curl_setopt($handle, CURLOPT_HTTPHEADER, ["Content-Type: application/json"]);
        curl_setopt($handle, CURLOPT_POSTFIELDS, json_encode($body));
    }
    $answer = curl_exec($handle);
    if ($answer === false) {
        fwrite(STDERR, curl_error($handle) . "\n");
        exit(1);
    }
    return [curl_getinfo($handle, CURLINFO_RESPONSE_CODE), json_decode($answer, true)];
}

[, $identity] = ask("https://login.eloqua.com/id");
$base = $identity["urls"]["base"];
echo "base: $base\n";
[$status] = ask("$base/API/REST/2.0/data/contact", ["emailAddress" => "ada@example.test"]);
echo "created: $status\n";
[, $found] = ask("$base/API/REST/2.0/data/contacts?search=ada*");
echo "found: {$found["total"]} {$found["elements"][0]["name"]}\n";
[, $stranger] = ask("https://login.eloqua.com/id", null, "wrong");
echo "stranger: $stranger\n";
