import { checkRunsOf } from "../actions/check-runs.ts";
import { reactionsTo } from "../actions/reactions.ts";
import { requireBranch, requireRepo } from "../actions/repos.ts";
import { renderPullPage } from "../page/render-pull-page.ts";
import type { Reading } from "../simulator.ts";
import type { World } from "../world.ts";
import { requireReactable } from "./conversations.ts";
import { requireConversation, requirePull } from "./find.ts";
import { checkRunView, commentView, pullView, repositoryView, reviewView, threadView } from "./views.ts";

export const readingControls = (world: World): Reading => ({
  repository: (repo) => repositoryView(world, requireRepo(world, repo)),
  pull: (ref) => pullView(world, requirePull(world, ref)),
  branchSha: (repo, branch) => requireBranch(world, requireRepo(world, repo), branch),
  reviews: (ref) =>
    requirePull(world, ref)
      .reviews.filter((review) => review.state !== "PENDING")
      .map(reviewView),
  pendingReviews: (ref) =>
    requirePull(world, ref)
      .reviews.filter((review) => review.state === "PENDING")
      .map(reviewView),
  threads: (ref) =>
    requirePull(world, ref)
      .threads.filter((thread) => thread.comments.some((comment) => comment.review.state !== "PENDING"))
      .map(threadView),
  comments: (ref) => requireConversation(world, ref).comments.map(commentView),
  checkRuns: (headSha) => world.state.repos.flatMap((repo) => checkRunsOf(repo, headSha)).map(checkRunView),
  reactions: (subject) =>
    reactionsTo(world, requireReactable(world, subject)).map(({ user, content }) => ({ user: user.login, content })),
  renderPage: (owner, repo, number) => renderPullPage(world, requirePull(world, { repo: `${owner}/${repo}`, number })),
});
