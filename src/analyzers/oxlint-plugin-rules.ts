import type { OxlintRule } from "./oxlint-rule.ts";

const react = /\bfrom\s+["'](?:react|preact\/?\w*)["']|require\(["']react["']\)/;
const otherExpect = /\bchai\b|@playwright\/|\bcypress\b|\bjasmine\b/;

/** Rules about built-in functions, TypeScript, Node, React and tests, by plugin and name. */
export const pluginRules: Readonly<Record<string, OxlintRule>> = {
  "oxc/bad-array-method-on-arguments": {
    severity: "P1",
    category: "correctness",
    title: "Turn arguments into an array first",
    happens: "arguments is no array and has no array methods, so this call throws a TypeError.",
  },
  "oxc/bad-char-at-comparison": {
    severity: "P2",
    category: "correctness",
    title: "Compare a single character with charAt()",
    happens: "charAt() gives one character, which never equals this longer text.",
  },
  "oxc/bad-comparison-sequence": {
    severity: "P2",
    category: "correctness",
    title: "Compare the values pair by pair",
    happens: "A chain like a == b == c compares the boolean of the first comparison with the next value.",
  },
  "oxc/bad-match-all-arg": {
    severity: "P1",
    category: "correctness",
    title: "Give matchAll() a global expression",
    happens: "matchAll() throws a TypeError for a regular expression without the g flag.",
  },
  "oxc/bad-replace-all-arg": {
    severity: "P1",
    category: "correctness",
    title: "Give replaceAll() a global expression",
    happens: "replaceAll() throws a TypeError for a regular expression without the g flag.",
  },
  "oxc/bad-min-max-func": {
    severity: "P2",
    category: "correctness",
    title: "Swap the limits of Math.min and Math.max",
    happens: "With the limits this way round the result is the same constant for every value.",
  },
  "oxc/bad-object-literal-comparison": {
    severity: "P2",
    category: "correctness",
    title: "Compare contents instead of identity",
    happens: "A new object or array equals no other, so this comparison has the same result for every value.",
  },
  "oxc/const-comparisons": {
    severity: "P2",
    category: "correctness",
    title: "Correct the contradictory comparison",
    happens: "The comparisons exclude or include one another, so part of the condition never matters.",
  },
  "oxc/erasing-op": {
    severity: "P2",
    category: "correctness",
    title: "Correct the operation that always gives zero",
    happens: "The operation gives 0 whatever the other operand is.",
  },
  "oxc/missing-throw": {
    severity: "P2",
    category: "correctness",
    title: "Throw the error",
    happens: "The error is created and dropped; the code goes on as if nothing had gone wrong.",
  },
  "oxc/number-arg-out-of-range": {
    severity: "P1",
    category: "correctness",
    title: "Pass a number within the method's range",
    happens: "The method throws a RangeError for this argument.",
  },
  "oxc/uninvoked-array-callback": {
    severity: "P2",
    category: "correctness",
    title: "Fill the array before mapping it",
    happens: "new Array(n) has only holes, which array methods skip, so the callback is never called.",
  },
  "typescript/no-duplicate-enum-values": {
    severity: "P2",
    category: "correctness",
    title: "Give each enum member its own value",
    happens: "Two members have the same value and cannot be told apart when the program runs.",
  },
  "typescript/no-misused-new": {
    severity: "P2",
    category: "correctness",
    title: "Declare the constructor where it takes effect",
    happens: "In a class new() is a method called new, and in an interface constructor() is a method of that name.",
  },
  "unicorn/no-accessor-recursion": {
    severity: "P1",
    category: "correctness",
    title: "Do not read or write the property inside its own accessor",
    happens: "The accessor calls itself without end, and using the property overflows the stack.",
  },
  "unicorn/no-array-fill-with-reference-type": {
    severity: "P2",
    category: "correctness",
    title: "Create a new object for each element",
    happens: "fill() puts one and the same object into every element, so changing one changes them all.",
  },
  "unicorn/no-invalid-fetch-options": {
    severity: "P1",
    category: "correctness",
    title: "Do not send a body with GET or HEAD",
    happens: "fetch() and Request throw a TypeError when a GET or HEAD request has a body.",
  },
  "unicorn/no-invalid-remove-event-listener": {
    severity: "P2",
    category: "correctness",
    title: "Remove the same listener that was added",
    happens: "A function created in this call equals no listener, so nothing is removed and the old one stays.",
  },
  "unicorn/no-negation-in-equality-check": {
    severity: "P2",
    category: "correctness",
    title: "Negate the comparison instead of its left side",
    happens: "The negation binds to the left side alone, so a boolean is compared with the value on the right.",
  },
  "promise/no-new-statics": {
    severity: "P1",
    category: "correctness",
    title: "Call the static promise method without new",
    happens: "Promise.resolve and its siblings are no constructors; with new they throw a TypeError.",
  },
  "node/no-exports-assign": {
    severity: "P2",
    category: "correctness",
    title: "Assign to module.exports",
    happens: "Assigning to exports changes a local variable alone; the module goes on exporting what it did before.",
  },
  "react/rules-of-hooks": {
    severity: "P1",
    category: "correctness",
    title: "Call the hook on every render, in the same order",
    happens:
      "React tells hooks apart by the order of their calls; a hook that is skipped in one render mixes up or throws.",
    needs: react,
  },
  "react/no-direct-mutation-state": {
    severity: "P2",
    category: "correctness",
    title: "Change state through setState",
    happens: "React does not see a direct change: nothing renders again, and a later setState may undo it.",
    needs: react,
  },
  "react/jsx-no-duplicate-props": {
    severity: "P2",
    category: "correctness",
    title: "Remove the duplicate prop",
    happens: "The element has this prop twice; the later value silently replaces the earlier one.",
  },
  "react/jsx-no-comment-textnodes": {
    severity: "P2",
    category: "correctness",
    title: "Wrap the comment in braces",
    happens: "Between tags a comment is text, so users see it on the page.",
  },
  "react/void-dom-elements-no-children": {
    severity: "P1",
    category: "correctness",
    title: "Give the void element no children",
    happens: "Elements such as img, br and input take no children; React throws when it renders one with children.",
    needs: react,
  },
  "react/no-danger-with-children": {
    severity: "P1",
    category: "correctness",
    title: "Use either children or dangerouslySetInnerHTML",
    happens: "React throws when it renders an element that has both.",
    needs: react,
  },
  "react/style-prop-object": {
    severity: "P2",
    category: "correctness",
    title: "Pass style an object",
    happens: "React throws when the style of an element is a text.",
    needs: react,
  },
  "vitest/no-focused-tests": {
    severity: "P2",
    category: "test",
    title: "Remove the focus from the test",
    happens: "With a focused test the others of the file are skipped, and the run is green without having tested them.",
  },
  "vitest/valid-expect": {
    severity: "P2",
    category: "test",
    title: "Complete the assertion",
    happens: "The assertion has no matcher or is not awaited, so the test passes whatever the value is.",
    unless: otherExpect,
  },
  "vitest/valid-expect-in-promise": {
    severity: "P2",
    category: "test",
    title: "Await the promise that holds the assertion",
    happens: "The test ends before the promise settles, so the assertion in it cannot fail the test.",
    unless: otherExpect,
  },
};
