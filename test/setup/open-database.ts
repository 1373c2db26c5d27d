import { openNamed } from "./open-named.ts";

/** Opens a database, says so, and closes it again. */
const database = await openNamed(process.argv[2]);
console.log("open");
await database.close();
