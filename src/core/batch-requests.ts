import type { ReviewRequest } from "./request.ts";

/**
 * The requests that one run answers together: those that ask for the same as the oldest one. Two commands with
 * different words are two runs, for neither may be merged away; a plain command and a push ask for the same.
 */
export const batchRequests = (requests: readonly ReviewRequest[]): readonly ReviewRequest[] => {
  const [oldest] = requests;
  if (oldest === undefined) return [];
  return requests.filter((request) => request.mode === oldest.mode && request.focus === oldest.focus);
};
