/** The verbs on checkpoints, which belong to the noun `sessions`. */
import { existsSync } from 'node:fs';
import { checkpointsIn, isOf, latestCheckpoint, type Checkpoint } from '../../../adapters/node/checkpoints/checkpoint-files.ts';
import { saveCheckpoint } from '../../../adapters/node/checkpoints/save.ts';
import { whichSession, type FoundSession } from '../../../adapters/node/checkpoints/which-session.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import { triggers, type Words } from '../../../core/checkpoints/index.ts';
import { age, isoTime, isSessionId } from '../../../core/sessions/index.ts';
import { oneOf, text, texts, type Answer, type Input, type Verb } from '../verb.ts';

const [string, list] = [{ type: 'string' }, { type: 'string', multiple: true }] as const;

export const checkpoint: Verb = {
  usage: '[ID] [--summary S] [--next T]… [--decision T]…',
  summary: 'Write down what a session did, from its transcript, git, the open review comments and its claims, as a note that the next session in the repository starts with. ID is its id or the start of it, its process id, or its name; without it, the session that runs this, else the one in this repository. When nothing has happened since the last one, nothing is written.',
  args: [0, 1],
  options: { summary: string, next: list, decision: list, transcript: string, trigger: string },
  run: save,
};

export const checkpoints: Verb = {
  usage: '[ID]',
  summary: 'The checkpoints of this repository, the last one first; with ID, the text of that one, of the last one of that session, or of the "latest".',
  args: [0, 1],
  run: show,
};

async function save(input: Input): Promise<Answer> {
  const trigger = oneOf('trigger', input.options['trigger'], triggers) ?? (process.env['CLAUDE_CODE_SESSION_ID'] ? 'session' : 'asked');
  const opened = await input.workspace();
  const found = await theSession(input, opened.dataRoot);
  // The repository is that of the session, wherever this runs.
  const workspace = found.folder !== undefined && found.folder !== input.folder && existsSync(found.folder) ? await input.workspace({ folder: found.folder }) : opened;
  const saved = await saveCheckpoint({ workspace, env: process.env, session: found.session, trigger, known: found.known, ...(found.transcript !== undefined && { transcript: found.transcript }), ...wordsOf(input) });
  if (saved === undefined) throw new WheelhouseError('refused', `session ${found.session.slice(0, 8)} has done nothing yet, so there is nothing to write down.`);
  return { json: { id: saved.id, session: found.session, path: saved.path, new: saved.isNew }, text: saved.isNew ? `✓ ${saved.path}` : `Nothing has happened since ${saved.path}.` };
}

async function theSession(input: Input, dataRoot: string): Promise<FoundSession> {
  const [word] = input.args;
  const transcript = text(input.options['transcript']);
  // A hook says it all itself.
  if (transcript !== undefined && word !== undefined && isSessionId(word)) return { session: word, folder: undefined, transcript, known: {} };
  return whichSession(process.env, dataRoot, input.folder, word);
}

function wordsOf({ options }: Input): { words?: Omit<Words, 'at'> } {
  const [summary, next, decisions] = [text(options['summary']), texts(options['next']), texts(options['decision'])];
  if (summary === undefined && next.length + decisions.length === 0) return {};
  return { words: { ...(summary !== undefined && { summary }), ...(next.length > 0 && { next }), ...(decisions.length > 0 && { decisions }) } };
}

async function show(input: Input): Promise<Answer> {
  const { scopes, review } = await input.workspace();
  const [word] = input.args;
  if (word === undefined) {
    const all = [...checkpointsIn(scopes.repository)];
    return { json: all.map(json), text: all.length === 0 ? 'There is no checkpoint of this repository yet. Sessions write one before they are compacted and when they end, once "wheelhouse install claude" has put the hooks in.' : all.map(line).join('\n') };
  }
  const found = word === 'latest' ? latestCheckpoint(scopes.repository, { root: review.repository.root }) : [...checkpointsIn(scopes.repository)].find((each) => each.id === word || isOf(each, word));
  if (found === undefined) throw new WheelhouseError('not-found', `there is no checkpoint ${JSON.stringify(word)} of this repository. "wheelhouse sessions checkpoints" has all of them.`);
  return { json: { ...json(found), content: found.text }, text: plain(`# ${found.title}\n\n${found.text}`) };
}

function json({ id, session, title, path, at, trigger, root }: Checkpoint) {
  return { id, session, title, at: isoTime(at), trigger: trigger ?? null, root, path };
}

function line({ id, session, at, trigger }: Checkpoint): string {
  return plain(`${id}  ${session.slice(0, 8)}  ${age(at, Date.now())}  ${trigger ?? ''}`);
}
