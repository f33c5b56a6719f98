# The live host names, in net/http.
require "json"
require "net/http"

def ask(url, body = nil, password: "s3cret")
  uri = URI(url)
  request = (body ? Net::HTTP::Post : Net::HTTP::Get).new(uri, "Content-Type" => "application/json")
  request.basic_auth('MockCo\api.user', password)
  request.body = body && JSON.generate(body)
  Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) { |http| http.request(request) }
end

base = JSON.parse(ask("https://login.eloqua.com/id").body)["urls"]["base"]
puts "base: #{base}"
rest = "#{base}/API/REST/2.0/data"
puts "created: #{ask("#{rest}/contact", { emailAddress: "ada@example.test" }).code}"
found = JSON.parse(ask("#{rest}/contacts?search=ada*").body)
puts "found: #{found["total"]} #{found["elements"][0]["name"]}"
puts "stranger: #{JSON.parse(ask("https://login.eloqua.com/id", password: "wrong").body)}"
