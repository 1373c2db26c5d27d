/** The import law of docs/architecture.md. Each rule carries the reason it stands for. */
const adapters = ["github", "git", "syntax", "model", "analyzers", "store", "queue"];

const only = ({ name, comment, packages, allowed }) => ({
  name,
  comment,
  severity: "error",
  from: { path: "^src/", pathNot: allowed },
  to: { path: packages },
});

const adapterRules = adapters.map((adapter) => ({
  name: `adapter-${adapter}-stands-alone`,
  comment: `An adapter knows the application's ports and the pure core, nothing else: so ${adapter} can be replaced or faked alone.`,
  severity: "error",
  from: { path: `^src/${adapter}/` },
  to: {
    path: "^src/",
    pathNot: [`^src/${adapter}/`, "^src/core/", "^src/review/(ports|store-ports|model-ports|scan-ports|errors)\\.ts$"],
  },
}));

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle means that two files are one file in disguise.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A module that nobody imports is dead or unfinished.",
      severity: "error",
      from: { orphan: true, path: "^src/", pathNot: ["^src/main\\.ts$", "^src/cli/main\\.ts$"] },
      to: {},
    },
    {
      name: "core-is-pure",
      comment:
        "core/ imports core, zod, parse-diff and listed dependency-free libraries: no Node built-ins, so no clock, disk or environment.",
      severity: "error",
      from: { path: "^src/core/" },
      to: { pathNot: ["^src/core/", "^node_modules/(zod|parse-diff|picomatch|@noble/hashes|@types/picomatch)/"] },
    },
    {
      name: "review-imports-core-only",
      comment: "The application speaks to the world through its ports; it names no adapter.",
      severity: "error",
      from: { path: "^src/review/" },
      to: { path: "^src/", pathNot: ["^src/review/", "^src/core/"] },
    },
    {
      name: "webhook-imports-review",
      comment: "Intake hands work to the application; it does not reach past it into adapters.",
      severity: "error",
      from: { path: "^src/webhook/" },
      to: { path: "^src/", pathNot: ["^src/webhook/", "^src/review/", "^src/core/"] },
    },
    {
      name: "config-imports-core",
      comment: "Configuration is read before anything is built, so it depends on nothing that is built.",
      severity: "error",
      from: { path: "^src/config/" },
      to: { path: "^src/", pathNot: ["^src/config/", "^src/core/"] },
    },
    {
      name: "compose-is-the-root",
      comment: "Only the two entry points wire adapters; everything else receives them.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(main|serve)\\.ts$", "^src/cli/", "^src/compose"] },
      to: { path: "^src/compose" },
    },
    {
      name: "simulator-stands-alone",
      comment: "The simulator is a local GitHub: it must not share the app's ideas of what GitHub does.",
      severity: "error",
      from: { path: "^src/simulator/" },
      to: { path: "^src/", pathNot: "^src/simulator/" },
    },
    {
      name: "simulator-only-for-demo-and-tests",
      comment: "Nothing that runs in production may depend on the simulator.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/simulator/", "^src/cli/demo"] },
      to: { path: "^src/simulator/" },
    },
    {
      name: "eval-is-outside",
      comment: "What is measured must not know how it is measured.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^eval/" },
    },
    {
      name: "scoring-is-pure",
      comment:
        "A score is a function of what is on disk: it runs nothing, and can be held against examples worked out by hand.",
      severity: "error",
      from: { path: "^eval/score/" },
      to: {
        pathNot: [
          "^eval/score/",
          "^eval/(case/read-cases|run/result|judge/judgement)\\.ts$",
          "^src/core/",
          "^node_modules/zod/",
        ],
      },
    },
    ...adapterRules,
    only({
      name: "probot-in-webhook",
      comment: "Probot is the event framework, not a library for everything.",
      packages: "^node_modules/probot/",
      allowed: ["^src/webhook/", "^src/compose"],
    }),
    only({
      name: "octokit-in-github",
      comment: "One place speaks GitHub's API, one reads its webhooks.",
      packages: "^node_modules/@octokit/",
      allowed: ["^src/github/", "^src/webhook/", "^src/simulator/"],
    }),
    only({
      name: "openai-in-model",
      comment: "The model's wire format stays behind its port.",
      packages: "^node_modules/openai/",
      allowed: ["^src/model/"],
    }),
    only({
      name: "sql-in-store-and-queue",
      comment: "SQL has two homes.",
      packages: "^node_modules/(pg|pg-boss|kysely|@electric-sql)/",
      allowed: ["^src/store/", "^src/queue/"],
    }),
    only({
      name: "child-process-where-programs-run",
      comment: "Programs are started where their arguments and environment are controlled.",
      packages: "^(node:)?child_process$",
      allowed: ["^src/git/", "^src/analyzers/", "^src/simulator/", "^src/syntax/"],
    }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "test/fixtures" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
    },
  },
};
