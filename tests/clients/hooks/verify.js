// Verifies a webhook with the library of the standard's own authors: JSON on standard input, what it is worth on standard output.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
} catch (error) {
  console.log(`refused: ${error.message}`);
}
