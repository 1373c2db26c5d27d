/** What app.yml asks for, and what for; a test holds the two together. */
export const wantedPermissions = {
  metadata: { level: "read", for: "every request" },
  contents: { level: "write", for: "fetching; writing resolves threads and applies suggestions" },
  pull_requests: { level: "write", for: "reviews" },
  issues: { level: "write", for: "comments and reactions" },
  checks: { level: "write", for: "check runs" },
  merge_queues: { level: "read", for: "answering merge queues" },
} as const;

export const wantedEvents = [
  "pull_request",
  "issue_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
] as const;
