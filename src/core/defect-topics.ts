/** Kinds of defects that people and models speak of in many words. */
export type DefectTopic = keyof typeof patterns;

const patterns = {
  empty: /\bempt(?:y|iness)\b|\bzero[- ]length\b|\bno (?:items|elements|rows|orders|entries)\b/giu,
  null: /\bnull(?:able|ish)?\b|\bundefined\b|\bnil\b|\bnone\b|\bnpe\b|\bnullpointer\w*|\boptional chaining\b/giu,
  promise:
    /\b(?:un)?await(?:s|ed|ing)?\b|\bpromises?\b|\bunhandled rejections?\b|\.catch\b|\bfire[- ]and[- ]forget\b/giu,
  sql: /\bsql(?:i| injections?)?\b|\bparameteri[sz]ed?\b|\b(?:bind|query) param(?:eter)?s?\b|\bprepared statements?\b|\bpasted into\b/giu,
  html: /\bhtml\b|\bxss\b|\bcross-site scripting\b|\bscript injections?\b/giu,
  shell: /\b(?:shell|command) injections?\b|\bshell metacharacters?\b/giu,
  off_by_one:
    /\boff[- ]by[- ]one\b|\bcounts? from (?:0|1|zero|one)\b|\b(?:zero|one)[- ]based\b|\bskips? the first\b/giu,
  race: /\brac(?:e|es|y)(?: conditions?)?\b|\bconcurren\w+|\b(?:not |non-?)?atomic(?:ally)?\b|\bat the same time\b|\bsimultaneous\w*|\bthread[- ]safe\w*|\btoctou\b/giu,
  deadlock: /\bdeadlocks?\b|\breverse order\b/giu,
  lock: /\block(?:s|ed)?\b|\bmutex(?:es)?\b|\bsemaphores?\b/giu,
  handle:
    /\b(?:file )?handles? (?:leaks?|is|stays?|are)\b|\bdescriptors?\b|\btoo many open files\b|\bwith block\b|\bleak(?:s|ed|ing|age)?\b|\bclos(?:e|es|ed|ing) the (?:file|handle|connection|stream)\b/giu,
  rounding: /\bround(?:s|ed|ing)?\b|\bfraction(?:s|al)?\b|\bfloating[- ]point\b|\bwhole cents\b/giu,
  disclosure: /\b(?:in )?plain ?text\b|\bsensitive data\b|\bout of the logs?\b/giu,
  time_zone: /\butc\b|\btime ?zones?\b|\blocal time\b|\bdaylight saving\b|\bdst\b/giu,
  authorisation:
    /\bauthori[sz]\w+|\bidor\b|\baccess control\b|\bpermission checks?\b|\bbelongs? to\b|\bany (?:signed-in |logged-in )?(?:user|customer)\b/giu,
  negative: /\bnegative\b|\bbelow zero\b/giu,
  many_queries: /\bn ?\+ ?1\b|\bquery (?:runs )?(?:for each|per)\b/giu,
  memory: /\binto memory\b|\bout of memory\b|\boom\b|\bmemory usage\b/giu,
  index: /\b(?:no|missing) index\b|\bfull table scan\b|\bscans? the whole table\b/giu,
  encoding: /\bunicode\w*|\butf-?8\b|\bbom\b|\bencoding\b/giu,
  naming: /\brenam(?:e|ed|ing)\b|\bbetter name\b|\bnit\b|\btypo\b/giu,
  twice: /\btwice\b|\bidempoten\w+|\bduplicate[sd]?\b/giu,
} as const satisfies Readonly<Record<string, RegExp>>;

const topicNames: readonly DefectTopic[] = [
  ...(["empty", "null", "promise", "sql", "html", "shell", "off_by_one", "race", "deadlock", "lock"] as const),
  ...(["handle", "rounding", "disclosure", "time_zone", "authorisation", "negative", "many_queries"] as const),
  ...(["memory", "index", "encoding", "naming", "twice"] as const),
];

/** The topics that a text speaks of. */
export const defectTopics = (text: string): ReadonlySet<DefectTopic> =>
  new Set(topicNames.filter((name) => text.search(patterns[name]) !== -1));

/** The text without the words that its topics stand for, so that they do not count a second time. */
export const withoutTopics = (text: string): string =>
  topicNames.reduce((left, name) => left.replaceAll(patterns[name], " "), text);
