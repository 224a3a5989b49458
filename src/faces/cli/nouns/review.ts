import { resolve } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/review/index.ts';
import { formatItem, formatItems, formatPending, formatStats } from '../format.ts';
import { stagedClaims } from '../stagedClaims.ts';
import { oneOf, text, texts, type Answer, type Input, type Noun, type Verb } from '../verb.ts';

const logOption = { log: { type: 'string' } } as const;
const severityOptions = { severity: { type: 'string' }, tag: { type: 'string', multiple: true } } as const;

async function context(input: Input): Promise<core.ReviewContext> {
  const logFile = text(input.options['log']);
  return (await input.workspace(logFile === undefined ? {} : { logFile: resolve(logFile) })).review;
}

const one = (item: core.ReviewItem): Answer => ({ json: core.toJson(item), text: formatItem(item) });
const many = (items: readonly core.ReviewItem[], none: string): Answer => ({ json: items.map(core.toJson), text: items.length === 0 ? none : formatItems(items) });

/** A verb on one comment, given by its id. */
function onComment(usage: string, summary: string, work: (context: core.ReviewContext, id: string, input: Input) => Promise<core.ReviewItem>, more: Partial<Verb> = {}): Verb {
  return {
    usage,
    summary,
    args: [1, 1],
    ...more,
    options: { ...logOption, ...more.options },
    run: async (input) => one(await work(await context(input), input.args[0] ?? '', input)),
  };
}

/** The smoke test's output goes to standard error while it runs, so that a long test is seen to live. */
function gate(input: Input): core.GateOptions {
  return { signal: input.signal, ...(process.stderr.isTTY && { onOutput: (out) => void process.stderr.write(out) }) };
}

export const review: Noun = {
  summary: 'review comments: log them, list them, fix them under tests',
  verbs: {
    add: {
      usage: 'FILE:LINE[-END] TEXT [--severity must|should|nit|question] [--tag T]…',
      summary: 'Log a comment.',
      args: [2, 2],
      options: { ...logOption, ...severityOptions },
      run: async (input) => {
        const place = parsePlace(input.args[0] ?? '', input.folder);
        const severity = oneOf('severity', input.options['severity'], core.severities);
        const [item] = await core.addComments(await context(input), { places: [place], text: input.args[1] ?? '', tags: texts(input.options['tag']), ...(severity && { severity }) });
        if (!item) throw new WheelhouseError('conflict', 'The comment was written and removed again by another program.');
        return one(item);
      },
    },
    list: {
      usage: '[--state todo|done|wontfix|all] [--file F] [--project P] [--here]',
      summary: 'List comments: the open ones of the whole log, or those that fit. --here: of this repository only.',
      args: [0, 0],
      options: { ...logOption, state: { type: 'string' }, file: { type: 'string' }, project: { type: 'string' }, here: { type: 'boolean' } },
      run: async (input) => {
        const state = oneOf('state', input.options['state'], ['todo', 'done', 'wontfix', 'all'] as const);
        const file = text(input.options['file']);
        const project = text(input.options['project']);
        const items = await core.listComments(await context(input), {
          ...(state && { state }),
          ...(file !== undefined && { path: resolve(input.folder, file) }),
          ...(project !== undefined && { project }),
          here: input.options['here'] === true,
        });
        return many(items, 'No review comments.');
      },
    },
    show: onComment('ID', 'Show a comment with its code, conversation and evidence.', (review, id) => core.showComment(review, id)),
    edit: onComment('ID TEXT [--severity S] [--tag T]…', 'Replace the text, and the severity or tags when given.', (review, id, input) => {
      const severity = oneOf('severity', input.options['severity'], core.severities);
      const tags = input.options['tag'];
      return core.editComment(review, id, { text: input.args[1] ?? '', ...(severity && { severity }), ...(tags !== undefined && { tags: texts(tags) }) });
    }, { args: [2, 2], options: severityOptions }),
    reply: onComment('ID TEXT', 'Add to the conversation under a comment.', (review, id, input) => core.replyTo(review, id, review.actor, input.args[1] ?? ''), { args: [2, 2] }),
    done: onComment('ID [--summary S]', 'Run the smoke test and, when it passes, mark the comment DONE.', (review, id, input) => {
      const summary = text(input.options['summary']);
      return core.markDone(review, id, { ...gate(input), ...(summary !== undefined && { summary }) });
    }, { options: { summary: { type: 'string' } } }),
    verify: {
      usage: '[ID]',
      summary: 'Run the smoke test for comments that are DONE without evidence.',
      args: [0, 1],
      options: logOption,
      run: async (input) => many(await core.verify(await context(input), input.args[0], gate(input)), 'Nothing is waiting to be verified.'),
    },
    reopen: onComment('ID', 'Make a closed comment open again.', (review, id) => core.reopen(review, id)),
    wontfix: onComment('ID [--why S]', 'Close a comment without fixing it.', (review, id, input) => core.declineToFix(review, id, text(input.options['why'])), { options: { why: { type: 'string' } } }),
    remove: {
      usage: 'ID',
      summary: 'Take a comment out of the log. "restore" brings it back.',
      args: [1, 1],
      options: logOption,
      run: async (input) => {
        const removed = await core.removeComment(await context(input), input.args[0] ?? '');
        return { json: removed, text: `Removed ${removed.id}. Bring it back with: wheelhouse review restore ${removed.id}` };
      },
    },
    restore: {
      usage: '[ID]',
      summary: 'Put a removed comment back: the one that was removed last, or the one that is named.',
      args: [0, 1],
      options: logOption,
      run: async (input) => one(await core.restoreComment(await context(input), input.args[0])),
    },
    locate: {
      usage: '[ID]',
      summary: 'Where the code of the open comments is now.',
      args: [0, 1],
      options: logOption,
      run: async (input) => {
        const review = await context(input);
        const [id] = input.args;
        const items = id === undefined ? await core.listComments(review) : [await core.showComment(review, id)];
        return { json: items.map(core.toJson), text: items.map((item) => `${item.id}  ${item.file}:${item.range.start}  ${item.status}`).join('\n') };
      },
    },
    sync: {
      usage: '',
      summary: 'Rewrite the links of comments whose code has moved, for other readers of the log.',
      args: [0, 0],
      options: logOption,
      run: async (input) => {
        const rewritten = await core.syncLinks(await context(input));
        return { json: { rewritten }, text: `${rewritten} ${rewritten === 1 ? 'link' : 'links'} rewritten.` };
      },
    },
    attach: onComment('ID FILE:LINE[-END]', 'Attach a comment to another place.', (review, id, input) => core.attach(review, id, parsePlace(input.args[1] ?? '', input.folder)), { args: [2, 2] }),
    stats: {
      usage: '',
      summary: 'Figures of the comments of this repository.',
      args: [0, 0],
      options: logOption,
      run: async (input) => {
        const stats = await core.reviewStats(await context(input));
        return { json: stats, text: formatStats(stats) };
      },
    },
    prompt: {
      usage: '[--edit | --restore]',
      summary: 'The complete instruction for an agent that fixes the comments. --edit makes a file of it, --restore goes back to the default.',
      args: [0, 0],
      options: { ...logOption, edit: { type: 'boolean' }, restore: { type: 'boolean' } },
      run: async (input) => {
        const review = await context(input);
        const { promptFile } = await input.workspace();
        if (input.options['restore'] === true) {
          const own = await core.restorePrompt(review, promptFile);
          return { json: { restored: own !== undefined }, text: own === undefined ? 'The default was in use already.' : `The default is back. Your own text was:\n\n${own}` };
        }
        if (input.options['edit'] === true) {
          await core.createPromptFile(review, promptFile);
          return { json: { file: promptFile }, text: `Edit ${promptFile}` };
        }
        const prompt = await core.fixPrompt(review, promptFile);
        return { json: { prompt }, text: prompt };
      },
    },
    check: {
      usage: '[--staged] [--block]',
      summary: 'List open comments on the files of this repository, or of the commit in progress, and then also what other sessions have claimed of these; --block fails when there are any.',
      args: [0, 0],
      options: { ...logOption, staged: { type: 'boolean' }, block: { type: 'boolean' } },
      run: async (input) => {
        const staged = input.options['staged'] === true;
        const pending = await core.pendingComments(await context(input), { staged });
        const claims = staged ? await stagedClaims(input) : '';
        const block = input.options['block'] === true && (pending.length > 0 || claims !== '');
        return { json: pending, text: [formatPending(pending, block && pending.length > 0), claims].filter((part) => part !== '').join('\n'), exitCode: block ? 1 : 0 };
      },
    },
  },
};

/** `FILE:LINE` or `FILE:LINE-END`; the file relative to the workspace. */
function parsePlace(argument: string, folder: string): core.Place {
  const match = /^(.+):(\d+)(?:-(\d+))?$/s.exec(argument);
  const [, file, start, end] = match ?? [];
  if (file === undefined || start === undefined) throw new WheelhouseError('usage', `A place is FILE:LINE or FILE:LINE-END, not ${JSON.stringify(argument)}.`);
  return { path: resolve(folder, file), range: { start: Number(start), end: Number(end ?? start) } };
}
