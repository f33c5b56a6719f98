// The live host names, in axios.
"use strict";
const axios = require("axios");

async function main() {
  const auth = { username: "MockCo\\api.user", password: "s3cret" };
  const { base } = (await axios.get("https://login.eloqua.com/id", { auth })).data.urls;
  console.log("base:", base);
  const rest = `${base}/API/REST/2.0/data`;
  const made = await axios.post(`${rest}/contact`, { emailAddress: "ada@example.test" }, { auth });
  console.log("created:", made.status);
  const found = (await axios.get(`${rest}/contacts`, { params: { search: "ada*" }, auth })).data;
  console.log("found:", found.total, found.elements[0].name);
  const wrong = { username: "MockCo\\api.user", password: "wrong" };
  console.log("stranger:", (await axios.get("https://login.eloqua.com/id", { auth: wrong })).data);
}

main().catch((error) => {
  console.error(error.code, error.message);
  process.exit(1);
});
