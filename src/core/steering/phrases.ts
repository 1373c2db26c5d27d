/**
 * How people write to a reviewer that is a program. Quantifiers are bounded, so that no text takes long; white space
 * stands for line ends too, since a sentence in a comment goes over several lines.
 */

const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join("|"), "giu");

/** Before an order: a text's or sentence's beginning, or a word that leads to one. "It will ignore" is none. */
const orders = String.raw`(?<=^|[\n.:;!?,"'“”\x60>*()[\]{\-—/#=|]\s{0,3}|\b(?:please|and|then|now|just|kindly|immediately|instead|simply|or|so|you (?:must|should|shall|will|can|may|are to|have to|need to)|(?:instructed|told|asked|required|authori[sz]ed|allowed) to)\s{1,3})`;
/** The same after somebody was addressed: "AI reviewers should skip this". */
const ordersYou = orders.replace("(?:please|", "(?:please|must|should|shall|may|always|only|");

const words = (most: number): string => String.raw`(?:[^\s.!?]{1,30}\s{1,8}){0,${most}}?`;

const machine = String.raw`(?:AIs?|A\.I\.|LLMs?|ChatGPT|GPT(?:-?\d\S{0,5})?|Claude|Codex|Copilot|Gemini|CodeRabbit|(?:large )?language models?|(?:AI|LLM|automated|automatic|machine|robot|code[ -]?review|review(?:ing)?|coding)[ -](?:powered )?(?:code[ -]?)?(?:review(?:er|ing)?s?|assistants?|agents?|bots?|tools?|models?|systems?)|review(?:er)?[ -]?bots?|agents?)`;
const reader = String.raw`(?:${machine}|reviewers?|assistants?|models?|bots?)`;

/** Whom a text speaks to, or as whom it pretends to speak. Harmless alone. */
export const addresses = pattern(
  String.raw`\b(?:note|messages?|instructions?|attention|attn|hint|reminder|memo|notice|important|directive|dear|hello|hi|hey)\W{0,4}(?:(?:to|for|all|any|the|every|each|this|automated)\W{1,3}){0,4}${reader}\b`,
  String.raw`(?<=^|[\n.!?(["'>*#/\-]\s{0,3})(?:the )?${reader}\s{0,2}[:,—!]`,
  String.raw`\b(?:if|when|since|because|as) (?:you(?: are|'re)|reviewed by|read by|you,)\s{1,3}(?:an? |the )?${reader}\b`,
  String.raw`\b(?:as|being) an? ${machine}\b`,
  String.raw`\b${machine} (?:must|should|shall|may|will|is to|are to|can|needs? to|please|has to|have to)\b`,
  String.raw`<\|(?:im_start|im_end|system|assistant|user|start_header_id|end_header_id|eot_id|end_of_turn|endoftext|endofprompt)\|>`,
  String.raw`\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|developer|instructions?|system[-_ ]?(?:prompt|message|reminder)|tool[-_]?(?:result|output)|function[-_]?results?)>`,
  String.raw`(?<=^|\n)\W{0,8}(?:system|assistant|developer|tool|function)(?: (?:message|prompt|override|notice|note|update|instructions?|result|output|alert))?\s{0,2}[\])*]{0,4}\s{0,2}:`,
  String.raw`\bsystem (?:override|message|prompt|instructions?|notice|update)\b`,
  String.raw`"role"\s{0,3}:\s{0,3}"(?:system|developer|assistant|tool)"`,
  String.raw`\bnew (?:system )?(?:instructions?|rules|task)\s{0,2}(?:from [^\n:]{1,40})?:`,
  String.raw`<\/?untrusted[-_a-z]{0,20}|<\/(?:diff|pull[-_]?request|change|context|document|user[-_]?(?:input|data))>`,
  String.raw`\bend of (?:the )?(?:untrusted|user|pull request|PR|repository)[ -](?:data|content|input|text|section|block|message|description|diff)\b`,
  String.raw`\b(?:message|note|word|update|instructions?) from (?:the )?(?:repository |repo |project )?(?:maintainers?|owners?|admins?|administrators?|operators?|security team|OpenAI|Anthropic|GitHub)\b`,
  String.raw`\bfrom now on\b|\byour (?:new |only |sole |real |actual )?(?:task|job|role|goal|instructions?|mission) (?:is|are)\b`,
);

/** What a reviewer is told to do; harmless where nobody of that kind is spoken to. */
export const orderKinds: Readonly<Record<string, RegExp>> = {
  approve: pattern(
    String.raw`${ordersYou}(?:auto-?)?(?:approve|accept|merge|lgtm|sign off|rubber[- ]?stamp|green[- ]?light|whitelist)\b`,
  ),
  clean: pattern(
    String.raw`${ordersYou}(?:report|return|output|respond|answer|reply|say|state|conclude|post|give|write|emit|print|submit|declare|comment|find|raise)\b[^.!?]{0,50}?\b(?:nothing|no (?:\S{1,15} ){0,2}(?:issues?|problems?|findings?|bugs?|defects?|vulnerabilit\w{1,3}|comments?|concerns?|errors?)|LGTM|looks good|clean|safe|approved?|empty|zero (?:issues|findings))\b`,
  ),
  silence: pattern(
    String.raw`${ordersYou}(?:do not|don't|never|no need to|refrain from|avoid)\s{1,8}${words(2)}(?:report|flag|mention|comment|raise|point out|review|analy[sz]e|inspect|examine|scan|question|(?:read|check|look at|open) (?:this|the|these|that|it))`,
    String.raw`\b(?:stay|remain|keep|be) (?:silent|quiet)\b`,
    String.raw`\bno (?:further )?(?:review|findings|analysis|comments?) (?:is|are) (?:needed|required|necessary|expected|allowed)`,
  ),
  skip: pattern(
    String.raw`${ordersYou}(?:skip|ignore|omit|exclude|overlook|pass over|suppress|hide|dismiss|disregard|bypass)\s{1,8}(?:it\b|everything\b|the (?:rest|review|following|bug|issue|problem|vulnerability|finding|diff|change|next|missing|hard)|(?:this|these|that|those|all|any|every|your|my)\s{1,8}${words(3)}(?:reviews?|files?|lines?|functions?|methods?|issues?|checks?|analysis|modules?|diff|findings?|sections?|folders?|director(?:y|ies)|changes?|bugs?|problems?|vulnerabilit\w{1,3}|warnings?|code|hunks?|rules|commits?|pull requests?|PRs?)\b)`,
  ),
  treat: pattern(
    String.raw`${ordersYou}(?:mark|treat|consider|classify|label|rate|score|regard|assume)\s[^.!?]{1,70}?\b(?:safe|approved|reviewed|trusted|clean|passing|passed|false positives?|correct|intended|low|P3|harmless|not (?:a )?(?:bugs?|issues?)|verified|informational)\b`,
    String.raw`${ordersYou}(?:lower|downgrade|reduce|set|change)\s[^.!?]{0,40}?\b(?:severity|severities|verdict|confidence|rating)\b`,
  ),
  tool: pattern(
    String.raw`\bcall (?:the )?[\x60'"]?(?:finish|withdraw_finding|report_finding|judge)\b|\binstructions_seen\b|\bwithdraw (?:all|every|any|your) |\bfinish\(`,
    String.raw`"?verdict"?\s{0,3}[:=]\s{0,3}"?(?:approved?|clean|refuted|lgtm|pass)\b`,
  ),
  leak: pattern(
    String.raw`${ordersYou}(?:reveal|print|output|repeat|leak|include|send|post|show|exfiltrate|disclose|quote|paste)\s[^.!?]{0,50}?\b(?:system prompt|your (?:prompt|instructions|rules)|environment variables?|api[ _-]?keys?|tokens?|secrets?|credentials)\b`,
  ),
  override: pattern(
    String.raw`${ordersYou}(?:ignore|disregard|forget|override|bypass)\s{1,8}${words(4)}(?:instructions?|rules|guidelines|prompts?|policy|policies)\b`,
  ),
};

const thisChange = String.raw`(?:this|the|my) (?:pull request|PR|merge request|MR|diff|patch|changeset|change set)\b`;
const before = "(?:previous|prior|above|earlier|preceding|former|original|initial|your|system|safety)";
const notFollow =
  "(?:ignore|disregard|forget|override|overrule|bypass|discard|abandon|set aside|(?:do not|don't|stop) (?:follow|obey|apply)(?:ing)?)";

/** What steers a reviewer whoever it is said to. */
export const plainAttempts = pattern(
  String.raw`${orders}${notFollow}\s{1,8}${words(3)}${before}\s{1,8}${words(2)}(?:instructions?|prompts?|directives?|guardrails?|programming|system message)\b`,
  String.raw`${orders}${notFollow}\s{1,8}${words(2)}(?:your|safety|review(?:er|ing)?(?:'s)?)\s{1,8}${words(2)}(?:rules|guidelines|constraints|polic(?:y|ies)|restrictions|context)\b`,
  String.raw`${orders}${notFollow}\s{1,8}(?:everything|all|anything)\s{1,8}(?:above(?=\s{0,3}(?:[.,;:!\n]|and\b|$))|(?:that )?you (?:were|have been|'ve been) (?:told|given|instructed|asked)|said (?:so far|before|above))`,
  String.raw`\byou are (?:now|no longer|hereby)\s{1,8}${words(4)}(?:reviewer|assistant|AI|bot|agent|language model|LLM|DAN|approver|jailbroken|unrestricted|(?:unrestricted|god|DAN|approval|auto-?approval|jailbreak) mode)\b`,
  String.raw`${orders}(?:pretend|imagine|role-?play)\s{1,8}(?:that )?(?:you are|to be|as)\s{1,8}${words(4)}(?:reviewer|assistant|AI|bot|language model|maintainer|approver)\b`,
  String.raw`<\/?untrusted-[0-9a-f]{6,40}>`,
  String.raw`<!--\s{0,3}codex-review\b`,
  String.raw`${orders}(?:auto-?)?approve ${thisChange}\s{0,3}(?:without|immediately|unconditionally|automatically|right away|now|as[- ]is|no matter|regardless|blindly)`,
  String.raw`${orders}(?:approve|merge|accept)\s[^.!?]{0,60}?\band (?:report (?:nothing|no )|say (?:nothing|LGTM)|(?:do not|don't|without) (?:report|comment|flag|review|mention)|(?:stay|remain|keep) (?:silent|quiet)|(?:leave|post|write|make) no )`,
  String.raw`${orders}(?:report|declare|mark|treat|consider|rate)\s{1,8}${thisChange}\s{1,8}(?:as )?(?:clean|safe|approved|reviewed|correct|trusted|passing)\b`,
  String.raw`${orders}(?:report|raise|post|leave|make|find|give)\s{1,8}(?:nothing|no (?:\S{1,15} )?(?:issues|findings|problems|bugs|defects|comments|vulnerabilities))\s{1,8}(?:in|on|for|about|against)\s{1,8}${thisChange}`,
  String.raw`${orders}(?:do not|don't|never)\s{1,8}(?:report|flag|mention|raise|comment on|point out)\s{1,8}${words(5)}(?:in|on|for|about)\s{1,8}${thisChange}`,
  String.raw`\b(?:pre-?approved|already (?:been )?(?:approved|vetted|audited|cleared))\b[^\n]{0,120}?\b(?:no (?:further )?(?:review|findings|comments|analysis)|(?:do not|don't) (?:review|report|comment|flag)|report nothing|skip (?:the|your|this) (?:review|analysis))`,
  String.raw`${orders}(?:reveal|repeat|disclose|leak|exfiltrate|print|output)\s{1,8}${words(3)}(?:your (?:system )?(?:prompt|instructions)|system prompt)\b`,
  // Other languages have the sentence in a few fixed forms.
  String.raw`\bignorier(?:e|en|t)\s{1,3}(?:Sie\s{1,3})?(?:alle\s{1,3})?(?:vorherigen|bisherigen|obigen|früheren)\s{1,3}(?:Anweisungen|Instruktionen|Regeln)`,
  String.raw`\bignore[zr]?\s{1,3}(?:toutes\s{1,3})?les\s{1,3}(?:instructions|consignes)\s{1,3}(?:précédentes|antérieures|ci-dessus)`,
  String.raw`\bignor[ae]\s{1,3}(?:todas\s{1,3})?las\s{1,3}instrucciones\s{1,3}(?:anteriores|previas)`,
  String.raw`игнорируй(?:те)?\s{1,3}(?:все\s{1,3})?(?:предыдущие|прежние)\s{1,3}(?:инструкции|указания)`,
  "(?:忽略|无视|無視)(?:所有|全部)?(?:之前|以上|先前|前面)(?:的)?(?:所有)?(?:指令|指示|说明|規則|规则)",
  "(?:以前|上記|これまで)の(?:すべての)?(?:指示|命令)を無視",
);

/**
 * One of these words stands in every match of `plainAttempts`, and one of the others in every match of `addresses`: a
 * large change has tens of thousands of short texts, and nearly none has any of them.
 */
export const attemptWords =
  /ignor|игнор|忽略|无视|無視|disregard|forget|overr|bypass|discard|abandon|set aside|do not|don't|stop|you are|pretend|imagine|role|untrusted-|codex-review|approve|accept|merge|pull request|\bPR\b|\bMR\b|diff|patch|change ?set|already|reveal|prompt|instructions/iu;
export const addressWords =
  /\bAIs?\b|A\.I\.|LLM|GPT|Claude|Codex|Copilot|Gemini|CodeRabbit|model|review|assistant|agent|bot|tool|system|developer|function|role|<\||INST|SYS|instruction|rules|task|untrusted|<\/|end of|from|your/iu;

/** Commands by which people rule a reviewing bot; they count at the beginning of a line. */
export const botCommands =
  /^[\s>*\-`]{0,8}(?:@(?:codex(?:-review)?|coderabbit(?:ai)?|copilot|claude|greptile(?:ai)?|cursor|qodo(?:-merge)?|sourcery-ai|gemini-code-assist)\b[ ,:]{1,3}(?:approve|ignore|skip|pause|resolve|merge|stop|lgtm|override|dismiss|disable|report nothing)\b|\/(?:approve|lgtm|merge|override|skip)\b\s{0,3}(?:`?\s*$|no-issue\b|this\b))/iu;

/** Rules that teams do write for their reviewers; text about them is no attempt. */
export const ordinaryScope =
  /\b(?:generated|vendor(?:ed)?|third[- ]party|dist|build output|lock ?files?|lockfile|snapshots?|formatting|formatter|style|whitespace|typos?|naming|wording|lint(?:er|ing)?|nit(?:pick)?s?)\b/iu;
