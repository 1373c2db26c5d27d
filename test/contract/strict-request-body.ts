import { z } from "zod";

const side = z.enum(["LEFT", "RIGHT"]);

/** What GitHub's description leaves open: which words a side may be, and that a range starts above its end. */
const reviewComment = z
  .strictObject({
    path: z.string().min(1),
    body: z.string().min(1).max(65_536),
    line: z.int().positive(),
    side,
    start_line: z.int().positive().optional(),
    start_side: side.optional(),
  })
  .refine(({ start_line, line }) => start_line === undefined || start_line < line, "start_line is not below line")
  .refine(({ start_line, start_side }) => (start_line === undefined) === (start_side === undefined), {
    message: "start_line and start_side go together",
  });

const bodies: Readonly<Record<string, z.ZodType>> = {
  "pulls/create-review": z.strictObject({
    commit_id: z.string().regex(/^[0-9a-f]{40}$/),
    body: z.string().max(65_536),
    event: z.enum(["COMMENT", "REQUEST_CHANGES", "APPROVE"]).optional(),
    comments: z.array(reviewComment).max(30).optional(),
  }),
  "pulls/submit-review": z.strictObject({
    event: z.enum(["COMMENT", "REQUEST_CHANGES"]),
    body: z.string().max(65_536).optional(),
  }),
  "issues/create-comment": z.strictObject({ body: z.string().min(1).max(65_536) }),
  "issues/update-comment": z.strictObject({ body: z.string().min(1).max(65_536) }),
  "pulls/create-reply-for-review-comment": z.strictObject({ body: z.string().min(1).max(65_536) }),
};

/** A second, stricter look at what the app writes. */
export const strictRequestBody = (operationId: string, body: unknown): readonly string[] => {
  const parsed = bodies[operationId]?.safeParse(body);
  if (parsed === undefined || parsed.success) return [];
  return parsed.error.issues.map((issue) => `request body ${issue.path.join(".")}: ${issue.message}`);
};
