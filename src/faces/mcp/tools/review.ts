import * as z from 'zod';
import { resolve } from 'node:path';
import { refuseNotes } from '../../../adapters/node/notes/settings.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { addComments, fixPrompt, listComments, markDone, pendingComments, severities, showComment, toJson, type ReviewContext } from '../../../core/review/index.ts';
import { defineTool, looksOnly, type ToolCall, type ToolGroup } from '../tool.ts';

const severity = z.enum(severities);
const state = z.enum(['todo', 'done', 'wontfix']);
const id = z.string().min(1).describe('The id of a comment, such as cr-k3x7m2qa; its first letters do when they are unique.');
const pending = z.int().describe('How many comments on this repository are open now.');

/** The fields that are enough to choose what to work on. More fields may come, so clients must not reject them. */
const comment = z.looseObject({
  id: z.string(),
  state,
  verified: z.boolean().describe('Done, and the smoke test passed on that tree.'),
  file: z.string().describe('Relative to the workspace when it is inside.'),
  line: z.int().describe('First line, where the code is now.'),
  endLine: z.int(),
  status: z.string().describe('How the code was found again: exact, moved, edited, rewritten, orphan (its code is lost; line is a neighbour), file-gone.'),
  severity,
  tags: z.array(z.string()),
  text: z.string(),
  project: z.string(),
});

const wholeComment = comment.extend({
  createdAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  log: z.object({ path: z.string(), line: z.int() }),
  quote: z.string().nullable().describe('The code when the comment was logged.'),
  replies: z.array(z.object({ at: z.string(), author: z.string(), text: z.string() })),
  summary: z.string().nullable(),
  evidence: z.object({ command: z.string(), durationMs: z.number(), commit: z.string().nullable(), tree: z.string(), at: z.string() }).nullable(),
  candidates: z.array(z.object({ line: z.int(), endLine: z.int(), score: z.number() })).describe('For an orphan: lines that resemble the lost ones, best first.'),
});

const list = defineTool({
  name: 'review_list',
  title: 'List review comments',
  description: 'Lists the code review comments that a reviewer logged on this repository, with id, file, current line, severity and text. Call it first when you are asked to fix review comments, and again to see what is left. Lines are those of the code as it is now, so they are right after edits. Read a comment with its quoted code and conversation by review_get.',
  input: z.object({
    state: z.enum([...state.options, 'all']).default('todo').describe('Which ones; the open ones by default.'),
    file: z.string().min(1).optional().describe('Only those on this file or folder; relative to the workspace, or absolute.'),
    all: z.boolean().default(false).describe('Also those of other repositories, which cannot be marked as done from here.'),
    limit: z.int().min(1).max(500).default(100).describe('At most so many.'),
  }),
  output: z.object({ comments: z.array(comment), total: z.int().describe('How many there are; more than listed when limit was reached.') }),
  annotations: looksOnly,
  run: async ({ state, file, all, limit }, { workspace: { review } }) => {
    const items = await listComments(review, { state, here: !all, ...(file !== undefined && { path: resolve(review.workspace, file) }) });
    const comments = items.slice(0, limit).map((item) => {
      const { id, state, verified, file, line, endLine, status, severity, tags, text, project } = toJson(item);
      return comment.parse({ id, state, verified, file, line, endLine, status, severity, tags, text, project });
    });
    return { comments, total: items.length };
  },
});

const get = defineTool({
  name: 'review_get',
  title: 'Read a review comment',
  description: 'Reads one review comment whole: text, replies, the code as it was when it was logged (quote), where that code is now, and the evidence when it is done. Use it before you change code for a comment: compare the quote with the current lines, because the code may have moved or changed since.',
  input: z.object({ id }),
  output: z.object({ comment: wholeComment }),
  annotations: looksOnly,
  run: async ({ id }, { workspace: { review } }) => ({ comment: wholeComment.parse(toJson(await showComment(review, id))) }),
});

const add = defineTool({
  name: 'review_add',
  title: 'Log a review comment',
  description: 'Logs a new review comment on a line or a range of lines, for somebody to work on later. Use it for a flaw that you notice and should not fix now, or when you are asked to review code. The comment follows its code through later edits. Line numbers count from 1, in the file as it is on disk.',
  input: z.object({
    file: z.string().min(1).describe('Relative to the workspace, or absolute.'),
    line: z.int().min(1).describe('First line.'),
    end_line: z.int().min(1).optional().describe('Last line, when it is a range.'),
    text: z.string().trim().min(1).describe('What is wrong, and what would be right. The first line is what lists show.'),
    severity: severity.default('should').describe('must: wrong results, lost data, security; should: worth fixing; question: wants an answer; nit: taste.'),
    tags: z.array(z.string().min(1)).default([]).describe('Words to find it by, such as performance.'),
  }),
  output: z.object({ comment: wholeComment }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  run: async ({ file, line, end_line, text, severity, tags }, { workspace: { review }, user }) => {
    const path = resolve(review.workspace, file);
    await refuseNotes(await user(), path);
    const place = { path, range: { start: line, end: end_line ?? line } };
    const [item] = await addComments(review, { places: [place], text, severity, tags });
    if (!item) throw new WheelhouseError('conflict', 'The comment was written and removed again by another program.');
    return { comment: wholeComment.parse(toJson(item)) };
  },
});

const done = defineTool({
  name: 'review_done',
  title: 'Mark a review comment as done',
  description: 'Runs the smoke test of the repository on the tree as it is and, only when it passes, marks the comment DONE with your summary. When it fails you get the end of its output, and the comment stays open: repair your change or take it back, then call this again. It can take as long as the tests take. Call it once for each comment, right after its fix, and do not change files while it runs. It is the only way to DONE: never edit the log by hand.',
  input: z.object({
    id,
    summary: z.string().trim().min(1).describe('What you did about the comment, in one sentence, for the reviewer.'),
  }),
  output: z.object({ comment: wholeComment, pending }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  run: async ({ id, summary }, call) => {
    const { review } = call.workspace;
    const item = await whileReporting(call, (onOutput) => markDone(review, id, { summary, signal: call.signal, onOutput }));
    return { comment: wholeComment.parse(toJson(item)), pending: await countPending(review) };
  },
});

const prompt = defineTool({
  name: 'review_prompt',
  title: 'How to fix the review comments',
  description: "Gives the complete instruction for working through the open review comments of this repository: the order, the rules, what good work looks like, and what to report at the end. Read it before you fix comments, unless it is already in your prompt. It is the user's own text when the user has changed it.",
  input: z.object({}),
  output: z.object({ prompt: z.string(), pending }),
  annotations: looksOnly,
  run: async (_input, { workspace: { review, promptFile } }) => ({ prompt: await fixPrompt(review, promptFile), pending: await countPending(review) }),
});

export const reviewTools: ToolGroup = {
  instructions: 'Code review comments (review log, code_review.org, TODO, DONE, WONTFIX): a person logs comments while reading code, and you fix them. To fix pending reviews: review_prompt for the rules, review_list for the open comments, review_get for one of them, then change the code, then review_done with a summary, which runs the smoke test and marks the comment DONE only when it passes. review_add logs a comment of your own for later.',
  tools: [list, get, add, done, prompt],
};

async function countPending(review: ReviewContext): Promise<number> {
  return (await pendingComments(review, { staged: false })).length;
}

/** Clients give up on calls that are silent for long; a line of output tells the user that the test is alive. */
const reportEveryMs = 2_500;

async function whileReporting<T>(call: ToolCall, work: (onOutput: (text: string) => void) => Promise<T>): Promise<T> {
  const started = performance.now();
  let lastLine = '';
  call.progress('the smoke test starts');
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    call.progress(`the smoke test runs since ${seconds} s${lastLine && `: ${lastLine}`}`);
  }, reportEveryMs);
  try {
    return await work((text) => {
      const line = text.trimEnd().split('\n').at(-1)?.trim();
      if (line) lastLine = line.slice(0, 200);
    });
  } finally {
    clearInterval(timer);
  }
}
