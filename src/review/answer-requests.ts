import type { ReviewRequest } from "../core/request.ts";
import type { JobDeps } from "./job-deps.ts";

/** Marks requests as answered: by a run, or by what the note says. */
export const answerRequests = async (
  deps: Pick<JobDeps, "wanted" | "observe">,
  requests: readonly ReviewRequest[],
  answer: { readonly runId: string | null; readonly note: string },
): Promise<void> => {
  await deps.wanted.answer(
    requests.map(({ id }) => id),
    answer,
  );
  deps.observe({ kind: "answered", triggers: requests.map(({ trigger }) => trigger), ...answer });
};
