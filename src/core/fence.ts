import { sha256Hex } from "./sha256-hex.ts";

/**
 * The word that fences untrusted text in one run's prompts. It comes from the run id, which nobody knows before the
 * run has read the pull request, so no text in it can close the fence.
 */
export const fenceOf = (runId: string): string => `untrusted-${sha256Hex(`fence ${runId}`).slice(0, 24)}`;

const anyFence = /untrusted-[0-9a-f]{24}/g;

/** Puts untrusted text between two lines that only this run knows. A fence inside the text loses its meaning. */
export const fenced = (fence: string, text: string): string =>
  `<${fence}>\n${text.replaceAll(fence, "[fence removed]")}\n</${fence}>`;

/** The same text whatever the run: what a digest is made of. */
export const maskFences = (text: string): string => text.replaceAll(anyFence, "untrusted-fence");
