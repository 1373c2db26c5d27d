import type { Candidate } from "./candidate.ts";

/** What a claim says of one name, where it is of a form that the tree itself can answer. */
export interface FactClaim {
  readonly kind: "not_defined" | "not_imported" | "not_awaited" | "unused" | "untested" | "no_file";
  /** An identifier; for "no_file" a path. */
  readonly name: string;
}

/**
 * The facts on which a claim stands by its own words: its title, and what its trigger says of input and effect. Only
 * plain statements are taken: one with a condition ("if x is not defined") or a reservation ("not used outside tests")
 * says something else.
 */
export const factClaimsOf = ({ title, trigger }: Candidate): readonly FactClaim[] => {
  // The last part of a trigger is what should happen.
  const parts = (trigger ?? "").split(/->|→/u).slice(0, 2);
  const claims = [title, ...parts].flatMap(statementsOf).flatMap((statement) => claimIn(statement) ?? []);
  return claims.filter(
    ({ kind, name }, index) => index === claims.findIndex((other) => other.kind === kind && other.name === name),
  );
};

const statementsOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.;!?])\s+|\n/u)
    .map((statement) => statement.trim().replace(/[.;!]$/u, ""))
    .filter((statement) => !isReserved.test(statement));

/** Under a condition, or with an exception. */
const isReserved =
  /\b(?:if|when|whenever|unless|until|while|whether|where|once|only|outside|except|besides|apart|longer|anymore|instead|lazily|some|sometimes|always|after|conditionally|properly|correctly|production|runtime)\b/iu;

const claimIn = (statement: string): FactClaim | null => {
  for (const [kind, pattern] of forms) {
    const name = pattern.exec(statement)?.groups?.["name"];
    if (name !== undefined) return { kind, name };
  }
  return null;
};

const identifier = String.raw`[\x60'"]?(?<name>[\p{L}_$][\p{L}\p{N}_$]*)(?:\(\))?[\x60'"]?`;
/** Behind the statement comes its end, the place, or a consequence; anything else may turn its meaning. */
const end = String.raw`(?=\s*(?:$|[,:)]|(?:and|so|but)\b|here\b|anywhere\b|in (?:this|the) (?:file|module)\b|in [\x60'"]?[\w./-]+\.\w+))`;

const form = (kind: FactClaim["kind"], pattern: string): readonly [FactClaim["kind"], RegExp] => [
  kind,
  new RegExp(pattern, "iu"),
];

const forms: readonly (readonly [FactClaim["kind"], RegExp])[] = [
  form(
    "no_file",
    String.raw`(?:^|\s)[\x60'"]?(?<name>[\w@.-]+(?:/[\w@.-]+)+\.\w+)[\x60'"]? (?:does not|doesn't) exist${end}`,
  ),
  form("not_imported", String.raw`${identifier} (?:(?:is|was) (?:not|never)|isn't) imported${end}`),
  form("not_imported", String.raw`\b(?:no|missing) import (?:of|for) ${identifier}${end}`),
  form(
    "not_imported",
    String.raw`^(?:import|add the missing import (?:of|for)) ${identifier}(?: before \w+ing .*)?${end}`,
  ),
  form("not_defined", String.raw`\bname ${identifier} is not defined${end}`),
  form("not_defined", String.raw`${identifier} (?:(?:is|was) (?:not|never)|isn't) (?:defined|declared)${end}`),
  form("not_defined", String.raw`\b(?:undefined:|cannot find name|cannot find symbol) ${identifier}${end}`),
  form("not_defined", String.raw`^(?:define|declare) ${identifier}(?: before \w+ing .*)?${end}`),
  form("not_awaited", String.raw`${identifier} (?:(?:is|was) (?:not|never)|isn't) awaited${end}`),
  form("not_awaited", String.raw`^await ${identifier}${end}`),
  form("untested", String.raw`${identifier} (?:has no tests?|is (?:untested|not tested|never tested))${end}`),
  form("untested", String.raw`\bno tests? (?:for|of|covers?|calls?) ${identifier}${end}`),
  form("untested", String.raw`^add (?:a |some |the missing )?tests? (?:for|of) ${identifier}${end}`),
  form("unused", String.raw`${identifier} (?:is|stays) unused${end}`),
  form("unused", String.raw`${identifier} (?:(?:is|was) (?:not|never)|isn't) (?:used|called|referenced|read)${end}`),
  form("unused", String.raw`\b(?:nothing|nobody|no one|no code) (?:calls|uses|reads|references) ${identifier}${end}`),
  form("unused", String.raw`${identifier} has no (?:callers?|uses?|users?|references?)${end}`),
  form(
    "unused",
    String.raw`^(?:remove|drop|delete) (?:the )?unused (?:(?:function|constant|class|helper|method|type) )?${identifier}${end}`,
  ),
];
