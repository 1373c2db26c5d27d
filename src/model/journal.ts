import type { Journal, Model } from "../review/model-ports.ts";
import { digestOf, requestText } from "./canonical-request.ts";
import { createPreviousRequests } from "./previous-requests.ts";

/**
 * A model that keeps every exchange of a run, and answers from what was kept where the same request stood at the same
 * place: so a run that is taken up again pays only for the call that was in flight. A different request at that place
 * (a new thread on the pull request, say) is asked anew, and its exchange takes the old one's place.
 */
export const journaled = ({
  model,
  journal,
  runId,
}: {
  readonly model: Model;
  readonly journal: Journal;
  readonly runId: string;
}): Model => {
  const previousOf = createPreviousRequests();
  return {
    turn: async (request, signal) => {
      const digest = digestOf(request);
      const previous = previousOf(request);
      const kept = await journal.find(runId, request.at);
      if (kept?.digest === digest) return kept.answer;
      const answer = await model.turn(request, signal);
      const { promptVersion } = request;
      await journal.append(runId, {
        ...request.at,
        promptVersion,
        digest,
        request: requestText(request, previous),
        answer,
      });
      return answer;
    },
  };
};
