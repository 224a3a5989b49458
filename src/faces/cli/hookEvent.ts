/** What one hook event of an agent comes to. It never fails: the agent must not suffer from it. */
import { readSync } from 'node:fs';
import { isatty } from 'node:tty';
import { resolveDataRoot } from '../../adapters/node/locations.ts';

/** The result of a tool can be long; of what is longer than this nobody wants to know. */
const MOST_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/**
 * Reads the event from standard input, and keeps what it says of its session.
 * @returns What the agent is to be told on standard output: the refusal of an edit, or nothing.
 */
export async function answerToHook(dataOverride?: string): Promise<string | undefined> {
  try {
    // The start of this process, not now: hooks run side by side, and the order of their starts is that of the events.
    const at = Math.round(performance.timeOrigin);
    const event: unknown = JSON.parse(await standardInput());
    const dataRoot = resolveDataRoot(process.env, dataOverride).path;
    if (isBeforeTool(event)) return await beforeTool(dataRoot, event);
    await takeDown(dataRoot, event, at);
  } catch {
    // A full disk, no permission, no JSON: the register and the transcript have to do.
  }
  return undefined;
}

function isBeforeTool(event: unknown): event is Readonly<Record<string, unknown>> {
  return typeof event === 'object' && event !== null && 'hook_event_name' in event && event.hook_event_name === 'PreToolUse';
}

async function takeDown(dataRoot: string, event: unknown, at: number): Promise<void> {
  const [{ recordOf }, { appendEvent, pruneEvents }] = await Promise.all([import('../../core/sessions/index.ts'), import('../../adapters/node/sessions/event-file.ts')]);
  const record = recordOf(event, at);
  if (record === undefined) return;
  appendEvent(dataRoot, record);
  if (record.line.event === 'SessionStart') pruneEvents(dataRoot, at);
  if (record.line.state !== 'working' && record.line.state !== 'idle') return;
  const { renewByHook } = await import('../../adapters/node/coordination/edit-hook.ts');
  await renewByHook({ env: process.env, dataRoot }, event as Readonly<Record<string, unknown>>);
}

/** The agent waits for this one, so it loads no more than it needs. What the transcript says of the call as soon is not kept here. */
async function beforeTool(dataRoot: string, event: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const { refusalOfEdit } = await import('../../adapters/node/coordination/edit-hook.ts');
  const reason = await refusalOfEdit({ env: process.env, dataRoot }, event);
  if (reason === undefined) return undefined;
  return JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } });
}

/** Read piece by piece, without a stream where that can be: to set one up takes milliseconds that an agent waits for. */
async function standardInput(): Promise<string> {
  if (isatty(0)) return '';
  const pieces: Buffer[] = [];
  let bytes = 0;
  const add = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= MOST_BYTES) pieces.push(piece);
  };
  try {
    for (let more = true; more; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = readSync(0, piece);
      add(piece.subarray(0, length));
      more = length > 0;
    }
  } catch (error) {
    // A pipe that does not block has nothing yet; of others, this is how Windows says that it has ended.
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') for await (const piece of process.stdin as AsyncIterable<Buffer>) add(piece);
  }
  return bytes > MOST_BYTES ? '' : Buffer.concat(pieces).toString('utf8');
}
