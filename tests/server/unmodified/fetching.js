// The live host names, in the fetch of node itself.
"use strict";

const sent = (password) => ({
  Authorization: `Basic ${Buffer.from(`MockCo\\api.user:${password}`).toString("base64")}`,
  "Content-Type": "application/json",
});
const headers = sent("s3cret");

async function main() {
  const { base } = (await (await fetch("https://login.eloqua.com/id", { headers })).json()).urls;
  console.log("base:", base);
  const rest = `${base}/API/REST/2.0/data`;
  const body = JSON.stringify({ emailAddress: "ada@example.test" });
  console.log("created:", (await fetch(`${rest}/contact`, { method: "POST", body, headers })).status);
  const found = await (await fetch(`${rest}/contacts?search=ada*`, { headers })).json();
  console.log("found:", found.total, found.elements[0].name);
  console.log("stranger:", await (await fetch("https://login.eloqua.com/id", { headers: sent("wrong") })).json());
}

main().catch((error) => {
  console.error(error.cause?.code, error.message);
  process.exit(1);
});
