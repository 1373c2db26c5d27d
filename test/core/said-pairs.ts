import type { Candidate } from "../../src/core/candidate.ts";

type Claim = Pick<Candidate, "title" | "body" | "trigger" | "quote">;

const claims = {
  reduce: {
    title: "Give reduce an initial value",
    body: "Without orders the array is empty and reduce throws a TypeError, so the report of a new shop answers 500.",
    trigger: "report([]) -> reduce throws on an empty array -> a total of 0",
    quote: "const total = orders.map(priceOf).reduce((a, b) => a + b);",
  },
  await: {
    title: "Await the transfer before answering",
    body: "The promise of `send` is dropped: a refused transfer is reported as paid and its rejection is never handled.",
    trigger:
      "pay(5) while the bank refuses -> ok is returned, the rejection is unhandled -> the error reaches the caller",
    quote: "bank.send(account, amount);",
  },
  sql: {
    title: "Pass country as an SQL parameter",
    body: "The value of the query string is pasted into the statement, so anybody can read other tables.",
    trigger: "GET /report?country=' OR 1=1 -- -> every row is returned -> the text is taken as a value",
    quote: "rows = db.execute(f\"SELECT * FROM orders WHERE country = '{country}'\")",
  },
  page: {
    title: "Count pages from 1 when slicing",
    body: "Callers count from 1, so the first page skips the first ten items and the last one is empty.",
    trigger: "page(items, 1) -> items 11 to 20 -> items 1 to 10",
    quote: "const start = number * size;",
  },
  nil: {
    title: "Check the user before reading its name",
    body: "find returns null for an unknown id, and reading name of it throws, so the profile page answers 500.",
    trigger: "GET /users/unknown -> user is null, user.name throws a TypeError -> 404",
    quote: "return render(user.name);",
  },
  lock: {
    title: "Release the lock when parsing fails",
    body: "parse throws between acquire and release, so the lock stays taken and every later import hangs.",
    trigger: "import of a file that is not JSON -> parse throws, the lock is never released -> it is released",
    quote: "const rows = parse(text);",
  },
  race: {
    title: "Decrease the stock in one statement",
    body: "Two orders at the same time read the same count, both pass the check and the stock becomes negative.",
    trigger: "two concurrent orders of the last item -> both succeed -> one is refused",
    quote: "if (item.stock >= wanted) item.stock -= wanted;",
  },
  cents: {
    title: "Round the discount to whole cents",
    body: "A discount of 15 % of 9.99 leaves fractions of a cent in the total, which the bank refuses.",
    trigger: "discount(999) -> 149.85 cents -> 150",
    quote: "return price * rate;",
  },
  secret: {
    title: "Keep the API token out of the log",
    body: "The whole configuration is logged at start, including the token, which everybody with access to the logs can use.",
    trigger: "start with TOKEN set -> the token stands in the log in plain text -> it is masked",
    quote: 'logger.info("config", config);',
  },
  leak: {
    title: "Close the file when reading fails",
    body: "If read raises, the handle is never closed, and a long run ends with too many open files.",
    trigger: "read raises on a bad block -> the handle stays open -> it is closed",
    quote: "data = handle.read()",
  },
  zone: {
    title: "Compare dates in UTC",
    body: "The server's local time zone decides which day an order belongs to, so late orders fall into the next day's report.",
    trigger: "order at 23:30 UTC on a server in Berlin -> counted for the next day -> counted for its own day",
    quote: "const day = order.date.getDate();",
  },
  auth: {
    title: "Check that the order belongs to the user",
    body: "The route looks the order up by id alone, so any signed-in customer can read the orders of others.",
    trigger: "GET /orders/7 as another customer -> the order is shown -> 403",
    quote: "const order = await orders.find(id);",
  },
} as const satisfies Readonly<Record<string, Claim>>;

export interface SaidPair {
  readonly claim: Claim;
  readonly said: string;
  readonly place: "near" | "anywhere" | "elsewhere";
}

const near = (name: keyof typeof claims, said: string): SaidPair => ({ claim: claims[name], said, place: "near" });
const outdated = (name: keyof typeof claims, said: string): SaidPair => ({ ...near(name, said), place: "anywhere" });
const elsewhere = (name: keyof typeof claims, said: string): SaidPair => ({ ...near(name, said), place: "elsewhere" });

/** What bots and people wrote about the same defect. */
export const samePairs: readonly SaidPair[] = [
  near("reduce", "This blows up for an empty list."),
  near("reduce", "`reduce` without an initial value throws on an empty array."),
  near(
    "reduce",
    "_⚠️ Potential issue_ | _🟠 Major_\n\n**Handle empty arrays in reduce.**\n\nCalling `reduce` with no initial value throws a `TypeError` if `orders` is empty.\n\n```suggestion\nconst total = orders.map(priceOf).reduce((a, b) => a + b, 0);\n```\n\n<details><summary>Prompt for AI agents</summary>In src/report.ts around line 9, verify the finding against the code, then add a fallback.</details>",
  ),
  near("reduce", "What if there are no orders? An empty array makes reduce throw."),
  near("await", "Missing await here, so errors from the bank get lost."),
  near("await", "The returned promise is not awaited; a rejection will be unhandled."),
  near(
    "await",
    "**Floating promise**\n\n`bank.send` returns a promise which isn't awaited. If it rejects, the error is unhandled and the payment is reported as successful.",
  ),
  near("sql", "SQL injection: use a parameterized query."),
  near("sql", "`country` comes from the request and is interpolated into the SQL string, please use bind parameters."),
  near("sql", "Possible SQL injection vector through string-based query construction."),
  near("page", "Off by one: pages count from 1, so this skips the first page."),
  near("page", "Shouldn't this be (number - 1) * size? Page 1 skips the first ten items."),
  near("nil", "user can be null here."),
  near("nil", "Possible null dereference: `find` returns null for unknown ids and `.name` will throw."),
  near("nil", "**Add null check.** When the user doesn't exist `user` is undefined and this crashes."),
  near("lock", "If parse throws the lock is never released. try/finally?"),
  near("lock", "An exception in `parse` leaves the lock acquired; wrap in `finally` so that it is released."),
  near("race", "Race condition: two requests can both pass this check before either writes."),
  near("race", "Not atomic. Concurrent orders both pass the check and the stock goes negative."),
  near("cents", "This needs rounding, otherwise we get fractional cents."),
  near("secret", "This logs the token in plain text."),
  near("secret", "Sensitive data exposure: the config includes the API token, which ends up in the logs."),
  near("leak", "File handle leaks if read() raises, use a with block."),
  near("zone", "getDate uses the local time zone, this should be UTC."),
  near("auth", "Missing authorization check: any user can read the orders of other customers."),
  near("auth", "IDOR: the order is looked up by id only, without checking that it belongs to the current user."),
  outdated("reduce", "`reduce` without an initial value throws on an empty array."),
  outdated("sql", "SQL injection: the country is pasted into the statement, pass it as a parameter."),
  outdated("lock", "The lock is never released when parse throws."),
  elsewhere(
    "race",
    "`item.stock` is checked and then decreased by `wanted`: two concurrent orders both pass the check.",
  ),
];

/** What bots and people wrote about something else at the same place, or about its sibling at another. */
export const differentPairs: readonly SaidPair[] = [
  near("reduce", "nit: `sum` would be a better name than `total`"),
  near("reduce", "This walks the orders twice, a single loop would be faster for large arrays."),
  near("reduce", "priceOf returns cents for old orders and euros for new ones, so the total mixes units."),
  near("reduce", "LGTM"),
  near("reduce", "Why not a plain loop?"),
  near("await", "The account and the amount are in the wrong order here."),
  near("await", "A negative amount would be sent as a refund; validate it before sending."),
  near("await", "If the bank times out we retry and send the transfer twice, it needs an idempotency key."),
  near("await", "Can we rename `send` to `transfer`?"),
  near("sql", "SELECT * reads columns that nobody needs; name the columns."),
  near("sql", "This has no index on country, the query will scan the whole table."),
  near("sql", "This runs once for each country, an N+1 query. Fetch them all in one statement."),
  near("sql", "The country is not escaped when it is shown in the HTML report."),
  near("sql", "Orders that were cancelled are counted as well, filter by state."),
  near("page", "size can be 0 here, which makes every page the same."),
  near("page", "A negative number gives a negative start, so slice counts from the end."),
  near("page", "Please use const for all of these."),
  near("nil", "The name is not escaped, so a user can inject HTML into the page."),
  near("nil", "render returns undefined when the template is missing."),
  near("nil", "We should show the display name, not the login."),
  near("nil", "render is async, the promise is never awaited."),
  near("lock", "parse is called with the raw bytes and breaks on a BOM."),
  near("lock", "This reads the whole file into memory, large imports will run out of it."),
  near("lock", "The file handle is not closed if parse throws."),
  near("lock", "Two imports can deadlock here: the other path takes the locks in the reverse order."),
  near("race", "wanted may be negative, which increases the stock."),
  near("race", "stock can be undefined for digital items, then the comparison is false and nobody can order."),
  near("cents", "rate is a percentage in the configuration, so it has to be divided by 100 here."),
  near("cents", "The gold rate is applied to silver customers as well."),
  near("secret", "Logging at info level here is too noisy, use debug."),
  near("secret", "config can hold cycles, and then the logger throws."),
  near("leak", "read() loads the whole file into memory; read it in chunks."),
  near("leak", "The file is opened in text mode, so binary data raises a UnicodeDecodeError."),
  near("zone", "order.date is a string when it comes from the cache, then getDate is not a function."),
  near("zone", "getDate gives the day of the month, so orders of different months are merged."),
  near("auth", "find returns null for unknown ids, handle that with a 404."),
  near("auth", "This query runs for every order in the list, N+1."),
  outdated("reduce", "Empty orders?"),
  outdated("await", "The rejection is logged twice, once here and once in the caller."),
  outdated("nil", "name may be null in the database, show the login then."),
  elsewhere("await", "Missing await here, so errors from the bank get lost."),
  elsewhere("nil", "user can be null here."),
  elsewhere("leak", "File handle leaks if read() raises, use a with block."),
  elsewhere("sql", "SQL injection: use a parameterized query."),
];

/** The same defect in words so far from the claim's that they are not known again: it is said a second time. */
export const unknownPairs: readonly SaidPair[] = [
  near("await", "Promises must be awaited, end with a call to .catch, or be explicitly marked as ignored with `void`."),
];
