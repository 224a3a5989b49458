import { appendEvent, pruneEvents } from '../../../adapters/node/sessions/event-file.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { recordOf } from '../../../core/sessions/index.ts';
import type { Noun } from '../verb.ts';

/** The result of a tool can be long; of what is longer than this nobody wants to know. */
const MOST_BYTES = 16 * 1024 * 1024;

export const hook: Noun = {
  summary: 'take down one event of a coding agent; for its hooks',
  verbs: {
    '': {
      usage: '< EVENT',
      summary: 'Read one hook event, as JSON, from standard input, and keep what it says about the state of its session. Never fails and says nothing: the agent must not suffer from it.',
      args: [0, 0],
      run: async (input) => {
        try {
          // The start of this process, not now: hooks run side by side, and the order of their starts is that of the events.
          const at = Math.round(performance.timeOrigin);
          const record = recordOf(JSON.parse(await standardInput()), at);
          if (record === undefined) return undefined;
          const dataRoot = resolveDataRoot(process.env, input.dataOverride).path;
          appendEvent(dataRoot, record);
          if (record.line.event === 'SessionStart') pruneEvents(dataRoot, at);
        } catch {
          // A full disk, no permission, no JSON: the register and the transcript have to do.
        }
        return undefined;
      },
    },
  },
};

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= MOST_BYTES) pieces.push(piece);
  }
  return bytes > MOST_BYTES ? '' : Buffer.concat(pieces).toString('utf8');
}
