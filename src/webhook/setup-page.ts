/** A page of setup mode. It holds no script, no secret and nothing from elsewhere. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
button { font: inherit; padding: 0.4rem 1rem; }
form { margin: 1rem 0; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;

/** Text that may stand between tags and in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

export interface RegisterPage {
  /** GitHub's page for new Apps, with the state that it hands back. */
  readonly action: string;
  readonly full: Readonly<Record<string, unknown>>;
  readonly readOnly: Readonly<Record<string, unknown>>;
  readonly webhookUrl: string;
  readonly isReachable: boolean;
  /** Whether to ask for an organization here: who had to enter the code was asked beside it. */
  readonly asksOwner: boolean;
}

/** Two buttons, each posting its manifest to GitHub. */
export const registerPage = (content: RegisterPage): string =>
  page(
    "Register the reviewer with GitHub",
    [
      "<p>GitHub shows what the App asks for, lets you change its name, and sends you back here.</p>",
      reachability(content),
      manifestForm(content.action, content.full, "Register"),
      "<p>With read-only access to contents it cannot resolve its own threads or commit suggested changes:</p>",
      manifestForm(content.action, content.readOnly, "Register with read-only contents"),
      content.asksOwner ? `<form method="post">${ownerField} <button>Change owner</button></form>` : "",
    ].join("\n"),
  );

const ownerField = `<label>Organization that is to own the App, blank for yourself:
<input name="organization" pattern="[A-Za-z0-9\\-]{1,39}"></label>`;

const reachability = ({ webhookUrl, isReachable }: RegisterPage): string =>
  isReachable
    ? `<p>Webhooks will go to <code>${escapeHtml(webhookUrl)}</code>.</p>`
    : "<p>GitHub cannot reach this address, so the App's webhook will be switched off. Set <code>WEBHOOK_PROXY_URL</code> to a channel from https://smee.io/new and start again, or enter an address in the App's settings later.</p>";

const manifestForm = (action: string, manifest: Readonly<Record<string, unknown>>, label: string): string =>
  `<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(manifest))}">
<button>${escapeHtml(label)}</button>
</form>`;

/** Asks for the code from the log: whoever comes first from outside must not register an App of theirs here. */
export const codePage = (wrong: boolean): string =>
  page(
    "Enter the setup code",
    `${wrong ? "<p><strong>That is not the code.</strong></p>" : ""}
<p>The server's log shows it as <code>setupCode</code>.</p>
<form method="post">
<p><label>Code: <input name="code" autocomplete="off"></label></p>
<p>${ownerField}</p>
<button>Go on</button>
</form>`,
  );

/** What is left to do once the App's values are kept. */
export const registeredPage = (pageUrl: string): string =>
  page(
    "The App is registered",
    `<p>Its values are in <code>app.env</code> in the data folder; nobody else has them.</p>
<ol>
<li>Restart the server.</li>
<li><a href="${escapeHtml(`${pageUrl}/installations/new`)}" rel="noreferrer">Install the App</a> on the repositories that it is to review.</li>
</ol>`,
  );

export const problemPage = (problem: string): string =>
  page("This did not work", `<p>${escapeHtml(problem)}</p><p><a href="/">Start again</a></p>`);
