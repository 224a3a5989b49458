/** What Codex's app server says of a thread (`thread/read` of its JSON-RPC protocol). All fields are optional here. */
import type { Evidence, SessionFacts } from './model.ts';
import { fieldsOf, listOf, numberOf, textOf } from './parsed.ts';
import { shortLine } from './shortText.ts';

export interface CodexThread {
  readonly id: string;
  readonly facts: SessionFacts;
  /** When it was begun and when it was last used, milliseconds since the epoch. */
  readonly createdAt: number;
  readonly usedAt: number;
  /** The file that it is written to. Absolute. */
  readonly rollout: string | undefined;
  /** Undefined when the server has not loaded it, and so does not know. */
  readonly opinion: Pick<Evidence, 'state' | 'reason' | 'says'> | undefined;
}

/** @param thread As the server answered. @returns undefined when it is no thread of the user's. */
export function readCodexThread(thread: unknown): CodexThread | undefined {
  const fields = fieldsOf(thread);
  const id = textOf(fields?.['id']);
  // Threads of subagents belong to the one that has started them; ephemeral ones find a title, and the like.
  if (fields === undefined || id === undefined || fields['ephemeral'] === true || textOf(fields['parentThreadId']) !== undefined) return undefined;
  const [cwd, name, preview, model, version] = [textOf(fields['cwd']), textOf(fields['name']), textOf(fields['preview']), textOf(fields['model']), textOf(fields['cliVersion'])];
  const branch = textOf(fieldsOf(fields['gitInfo'])?.['branch']);
  const rollout = textOf(fields['path']);
  const createdAt = 1000 * (numberOf(fields['createdAt']) ?? 0);
  return {
    id,
    facts: {
      sessionId: id,
      agent: 'codex',
      startedAt: createdAt,
      ...(cwd !== undefined && { cwd }),
      ...(name !== undefined && { name: shortLine(name, 80) }),
      ...(preview !== undefined && { title: shortLine(preview, 80) }),
      ...(model !== undefined && { model: shortLine(model, 60) }),
      ...(version !== undefined && { version: shortLine(version, 40) }),
      ...(branch !== undefined && { branch: shortLine(branch) }),
      ...(rollout !== undefined && { transcript: rollout }),
    },
    createdAt,
    usedAt: 1000 * (numberOf(fields['recencyAt']) ?? numberOf(fields['updatedAt']) ?? 0),
    rollout,
    opinion: opinionOf(fieldsOf(fields['status'])),
  };
}

function opinionOf(status: Readonly<Record<string, unknown>> | undefined): CodexThread['opinion'] {
  const type = textOf(status?.['type']);
  const flags = listOf(status?.['activeFlags']).filter((flag) => typeof flag === 'string');
  const says = `status ${[shortLine(type ?? 'none', 40), ...flags.map((flag) => shortLine(flag, 40))].join(', ')}`;
  if (type === 'idle') return { state: 'idle', says };
  if (type === 'systemError') return { state: 'error', reason: { kind: 'api' }, says };
  if (type !== 'active') return undefined;
  if (flags.includes('waitingOnUserInput')) return { state: 'waiting', reason: { kind: 'question' }, says };
  if (flags.includes('waitingOnApproval')) return { state: 'waiting', reason: { kind: 'approve' }, says };
  return { state: 'working', says };
}
