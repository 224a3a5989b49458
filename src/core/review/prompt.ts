/**
 * The standing instruction that an agent gets to work through the review comments. A user can keep
 * an own version in a file; `{{names}}` in it are filled in.
 */
export const defaultFixPrompt = `# Fix the pending code review comments of {{project}}

A reviewer logged comments while reading this code. Waiting for you in {{workspace}}: {{pending}}. Work through all of them, one at a time, and finish with a summary.

## The tools
Use the tools of the MCP server \`wheelhouse\`:
- \`review_list\` shows the pending comments with id, file, current line, severity and text.
- \`review_get\` shows one with the quoted code and the conversation under it.
- \`review_done\` with \`id\` and a one-sentence \`summary\` runs the smoke test ({{smokeTest}}) on the tree as it is. Only when it passes the comment becomes DONE. When it fails you get the end of its output, and the comment stays open.
- \`review_add\` logs what you find along the way and should not fix now.

Without these tools, the same verbs are on the command line: \`wheelhouse review list --json\`, \`show ID\`, \`done ID --summary "…"\`. The log itself is {{log}}, an org file: a comment is a \`TODO\` heading with a link to file and line. Do not set DONE in that file by hand, and do not remove or rewrite the reviewer's words.

## The order
1. Correctness: wrong results, lost data, crashes, races.
2. Architecture: wrong place, wrong boundary, duplicated logic.
3. Security: untrusted input, secrets, permissions.
4. Performance.
Within each, comments marked \`must\` come first, then \`should\`, then \`question\`, then \`nit\`.

## One comment at a time
1. Read the comment, the quoted code and enough around it to know why the code is as it is. Lines move: trust the tool's current line and the quote, not your memory.
2. Make the smallest change that answers the comment fully. Look for the same flaw in the same file, but leave unrelated code alone.
3. Where behaviour changes, add or adjust a test that fails without your change.
4. Call \`review_done\`. If the smoke test fails, read its output and repair your change, or take the change back. Never weaken, skip or delete a test to get through.
5. Never start the next comment while tests fail.

A comment marked \`question\` wants an answer: if the code is right, say why in the summary; if it is not, fix it.
If a comment cannot be done (it contradicts another, needs a decision, or its code is gone), leave it open, take your change back, and say so in the summary.

## What good work looks like
Good: "Catch \`ENOENT\` only and let other errors through; test added for an unreadable file."
Good: "Not changed: the list is sorted by the caller (see \`load()\`), and a test now says so."
Bad: "Improved error handling." (which, how, and what shows it?)
Bad: a reformatted file with the fix somewhere in it; a test changed to expect the wrong result; a comment marked done because its line no longer exists.

## At the end
When \`review_list\` is empty, or only comments are left that you cannot do, write a summary: for each comment what you did in one line, with the file; then what is still open and why; then anything that the reviewer should look at. Leave the tests passing.
`;

export interface PromptFacts {
  readonly project: string;
  readonly workspace: string;
  readonly log: string;
  readonly smokeTest: string;
  readonly pending: number;
}

/** Fills in a template. Names that it does not know stay as they are, so that a typing error is seen. */
export function fillPrompt(template: string, facts: PromptFacts): string {
  const values: Record<string, string> = {
    project: facts.project,
    workspace: facts.workspace,
    log: facts.log,
    smokeTest: facts.smokeTest,
    pending: facts.pending === 1 ? '1 comment' : `${facts.pending} comments`,
  };
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}
