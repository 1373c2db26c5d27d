import { describe, expect, it } from "vitest";
import { saysTheSame } from "../../src/core/says-the-same.ts";
import { someCandidate } from "../fakes/judged.ts";
import { differentPairs, samePairs, unknownPairs } from "./said-pairs.ts";

describe("saysTheSame", () => {
  it.each(samePairs)("knows $claim.title again, $place: $said", ({ claim, said, place }) => {
    expect(saysTheSame(someCandidate(claim), said, place)).toBe(true);
  });

  it.each(differentPairs)("tells $claim.title apart, $place, from: $said", ({ claim, said, place }) => {
    expect(saysTheSame(someCandidate(claim), said, place)).toBe(false);
  });

  it.each(unknownPairs)("does not know $claim.title again where the words are far off: $said", (pair) => {
    expect(saysTheSame(someCandidate(pair.claim), pair.said, pair.place)).toBe(false);
  });

  it("asks no less of other places than of the claim's own", () => {
    for (const { claim, said } of differentPairs.filter(({ place }) => place === "near"))
      for (const place of ["anywhere", "elsewhere"] as const)
        expect({ said, place, same: saysTheSame(someCandidate(claim), said, place) }).toEqual({
          said,
          place,
          same: false,
        });
  });

  it.each(["nit: please rename", "This looks wrong to me", "Why reduce here?", "LGTM", "", "null?", "<!-- null -->"])(
    "takes %j for no finding",
    (said) => {
      for (const { claim } of samePairs.filter(({ claim: { title } }) => title.startsWith("Give")))
        expect(saysTheSame(someCandidate(claim), said, "near")).toBe(false);
    },
  );

  it.each(["<!--", "<details>", "```", "_a", "`", "> \n"])("reads a long run of %j at once", (piece) => {
    const [pair] = samePairs;
    if (pair === undefined) throw new Error("no pair");
    const startedAt = performance.now();
    expect(saysTheSame(someCandidate(pair.claim), piece.repeat(65_536 / piece.length), "near")).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it("is not won by code, quotations, folded or hidden parts", () => {
    const [pair] = samePairs;
    if (pair === undefined) throw new Error("no pair");
    const words = "reduce without an initial value throws on an empty array";
    for (const said of [
      `Nice.\n\`\`\`\n${words}\n\`\`\``,
      `> ${words}\n\nNice.`,
      `<!-- ${words} --> Nice.`,
      `Nice.<details>${words}</details>`,
    ])
      expect(saysTheSame(someCandidate(pair.claim), said, "near")).toBe(false);
  });
});
