// What somebody does with the packages eloqua and eloqua-api. The first comes with an axios whose proxies are broken, so
// that it is told another address.
const Eloqua = require("eloqua").default;
const Api = require("eloqua-api");

async function main() {
  const user = { siteName: "MockCo", userName: "api.user", password: "s3cret" };
  const eloqua = new Eloqua({ ...user, loginUrl: `${process.env.ELOQUA}/id`, baseUrl: process.env.ELOQUA });
  const found = await eloqua.contacts.getAll({ count: 2, search: "mira*" });
  await eloqua.contacts.update(1, { id: 1, emailAddress: found.elements[0].emailAddress, firstName: "Mira" });
  const fields = { email: "{{Contact.Field(C_EmailAddress)}}" };
  const page = await eloqua.bulk.runExport("contacts", "page", fields, "'{{Contact.Field(C_Country)}}' = 'Norway'");
  let rows = 0;
  for await (const _ of await eloqua.bulk.getExportStream("contacts", "stream", fields)) rows += 1;
  console.log(`found ${found.total}, a page of ${page.items.length}, a stream of ${rows}`);

  const api = new Api("p04", "MockCo", "api.user", "s3cret");
  api.createAccounts([{ name: "ACME" }], (made) =>
    api.searchAccounts("ACME", "name", true, (again) => console.log(`made ${made.length}, found ${again.total}`)),
  );
}

main();
