import type { OxlintRule } from "./oxlint-rule.ts";

/** Rules about the language itself. Each one means a mistake in nearly every place where it holds. */
export const languageRules: Readonly<Record<string, OxlintRule>> = {
  "constructor-super": {
    severity: "P1",
    category: "correctness",
    title: "Call super() exactly once in this constructor",
    happens: "A derived class must call super() once on every path; otherwise creating an instance throws.",
  },
  "no-this-before-super": {
    severity: "P1",
    category: "correctness",
    title: "Call super() before using this",
    happens: "Before super() has returned there is no this, so creating an instance throws a ReferenceError.",
  },
  "no-const-assign": {
    severity: "P1",
    category: "correctness",
    title: "Do not assign to a constant",
    happens: "Assigning to a const throws a TypeError as soon as this line runs.",
  },
  "no-import-assign": {
    severity: "P1",
    category: "correctness",
    title: "Do not assign to an import",
    happens: "Imported bindings are read-only; the assignment throws a TypeError as soon as this line runs.",
  },
  "no-class-assign": {
    severity: "P2",
    category: "correctness",
    title: "Do not overwrite the class",
    happens: "After the assignment the name of the class refers to something else for all code below.",
  },
  "no-func-assign": {
    severity: "P2",
    category: "correctness",
    title: "Do not overwrite the function",
    happens: "After the assignment every later caller gets the new value instead of the declared function.",
  },
  "no-ex-assign": {
    severity: "P2",
    category: "correctness",
    title: "Keep the caught error",
    happens: "The assignment replaces the caught error, so its message and stack are lost for the code that follows.",
  },
  "no-dupe-keys": {
    severity: "P2",
    category: "correctness",
    title: "Remove the duplicate key",
    happens: "The object has this key twice; the later value silently replaces the earlier one.",
  },
  "no-dupe-class-members": {
    severity: "P2",
    category: "correctness",
    title: "Rename the duplicate class member",
    happens: "The class has two members of this name; the later one silently replaces the earlier one.",
  },
  "no-duplicate-case": {
    severity: "P2",
    category: "correctness",
    title: "Remove the duplicate case",
    happens: "An earlier case of this switch has the same value, so this branch can never run.",
  },
  "no-dupe-else-if": {
    severity: "P2",
    category: "correctness",
    title: "Correct the repeated condition",
    happens: "An earlier branch already covers this condition, so this branch can never run.",
  },
  "getter-return": {
    severity: "P2",
    category: "correctness",
    title: "Return a value from the getter",
    happens: "The getter ends without a return on some path, so reading the property gives undefined there.",
  },
  "use-isnan": {
    severity: "P1",
    category: "correctness",
    title: "Compare with Number.isNaN()",
    happens: "NaN equals nothing, itself included, so this comparison has the same result for every value.",
  },
  "no-compare-neg-zero": {
    severity: "P2",
    category: "correctness",
    title: "Use Object.is() to tell -0 from 0",
    happens: "Comparing with -0 is the same as comparing with 0, so the sign is not checked.",
  },
  "valid-typeof": {
    severity: "P2",
    category: "correctness",
    title: "Compare typeof with a type that exists",
    happens: "typeof never gives this text, so the comparison has the same result for every value.",
  },
  "no-unsafe-negation": {
    severity: "P1",
    category: "correctness",
    title: "Negate the whole expression",
    happens:
      "The negation binds to the left operand alone, so `in` or `instanceof` tests a boolean instead of the value.",
  },
  "no-unsafe-optional-chaining": {
    severity: "P2",
    category: "correctness",
    title: "Handle the undefined of the optional chain",
    happens: "Where the chain stops short it gives undefined, and what is done with it here then throws a TypeError.",
    // In a test the TypeError fails the test, which is what the chain is there for.
    notInTests: true,
  },
  "no-unsafe-finally": {
    severity: "P2",
    category: "correctness",
    title: "Do not leave the finally block by a jump",
    happens: "A jump out of finally discards the error or the result of try and catch, so failures go unseen.",
  },
  "no-obj-calls": {
    severity: "P1",
    category: "correctness",
    title: "Do not call a namespace object",
    happens: "Math, JSON, Reflect, Atomics and Intl are no functions; calling them throws a TypeError.",
  },
  "no-new-native-nonconstructor": {
    severity: "P1",
    category: "correctness",
    title: "Call Symbol and BigInt without new",
    happens: "Symbol and BigInt are no constructors; with new they throw a TypeError.",
  },
  "no-invalid-regexp": {
    severity: "P1",
    category: "correctness",
    title: "Correct the regular expression",
    happens: "The expression is not valid, so creating it throws a SyntaxError.",
  },
  "no-empty-character-class": {
    severity: "P2",
    category: "correctness",
    title: "Fill the empty character class",
    happens: "An empty [] matches no character at all, so the expression never matches at this point.",
  },
  "no-misleading-character-class": {
    severity: "P2",
    category: "correctness",
    title: "Take the combined character out of the class",
    happens: "The class holds a character made of several code points and matches its parts, not the character.",
  },
  "no-useless-backreference": {
    severity: "P2",
    category: "correctness",
    title: "Correct the back reference",
    happens: "The group that it refers to cannot have matched at this point, so it always matches the empty text.",
  },
  "no-loss-of-precision": {
    severity: "P2",
    category: "correctness",
    title: "Use a number that JavaScript can hold",
    happens: "The literal has more digits than a double holds, so the program works with another number than written.",
  },
  "no-self-assign": {
    severity: "P2",
    category: "correctness",
    title: "Assign the intended value",
    happens:
      "The value is assigned to itself, which does nothing; the other side was probably meant to be something else.",
  },
  "no-sparse-arrays": {
    severity: "P2",
    category: "correctness",
    title: "Remove the extra comma from the array",
    happens: "Two commas in a row leave a hole: the array is longer than it looks, and forEach and map skip the hole.",
  },
  "no-constant-binary-expression": {
    severity: "P2",
    category: "correctness",
    title: "Correct the comparison that never changes",
    happens: "The expression gives the same result whatever the values are, so one of its sides is never used.",
  },
  "no-cond-assign": {
    severity: "P2",
    category: "correctness",
    title: "Compare instead of assigning",
    happens: "The condition assigns: it overwrites the variable and then tests the new value.",
    // Assigning the result of a call, as in while (match = next()), is a habit of many and seldom a slip.
    lines: /\bif\s*\(\s*[\w.$[\]]+\s*=\s*(?:["'`\d]|[\w.$]+\s*\))/,
  },
  "for-direction": {
    severity: "P1",
    category: "correctness",
    title: "Count the loop in the right direction",
    happens: "The counter moves away from its limit, so the loop runs without end or not at all.",
  },
  "no-async-promise-executor": {
    severity: "P2",
    category: "correctness",
    title: "Do not make the promise executor async",
    happens:
      "What an async executor throws is not passed to the promise: it never settles, and its caller waits forever.",
  },
  "no-debugger": {
    severity: "P2",
    category: "correctness",
    title: "Remove the debugger statement",
    happens: "The program stops here whenever developer tools or an inspector are attached.",
  },
  "no-unreachable": {
    severity: "P2",
    category: "correctness",
    title: "Move or remove the unreachable code",
    happens: "A return, throw, break or continue comes right before, so this code never runs.",
  },
  "no-unexpected-multiline": {
    severity: "P2",
    category: "correctness",
    title: "End the statement before this line",
    happens: "Without a semicolon the line before goes on here, so this is read as a call or an index of it.",
  },
};
