/** How a session stands with others, as lines of the tree below it. All of the texts are others'. */
import type { Standing } from '../../../adapters/node/coordination/standings.ts';
import type { RowDetail } from '../sessions/rows.ts';

/** A line of the tree is no page. */
const SHOWN = 200;

/** What it says, what blocks it, where it waits, what it holds: what the user may have to do something about comes first. */
export function standingDetails({ repository, claims, barriers, said }: Standing, nameFor: (id: string) => string): RowDetail[] {
  const status: RowDetail[] = said === undefined || said.status === null ? [] : [{ key: 'status', icon: statusIcons[said.status], text: statusNames[said.status], more: oneLine(said.note), kind: 'Says', about: { repository } }];
  const blockers = (said?.blockers ?? []).map(({ id, text, on }): RowDetail => ({
    key: `blocker ${id}`, icon: 'warning', text: oneLine(text), ...(on !== null && { more: `by ${oneLine(nameFor(on))}` }), kind: 'Blocked', words: 'detail blocker', about: { repository, blocker: id, title: oneLine(text) },
  }));
  const waits = barriers.map(({ name, arrived, count, required, missing }): RowDetail => ({
    key: `barrier ${name}`, icon: 'list-unordered', text: oneLine(name), more: `${arrived.length}/${count} · ${waitsFor(required.length === 0 ? [] : missing, count - arrived.length, nameFor)}`, kind: 'Waits at', words: 'detail barrier', about: { repository, barrier: name, title: oneLine(name) },
  }));
  const held = claims.flatMap(({ paths, mode, fence, worktree, why, remainingSeconds }) => paths.map((path): RowDetail => ({
    key: `claim ${fence} ${path}`, icon: 'key', text: oneLine(path), more: [...(mode === 'shared' ? ['shared'] : []), left(remainingSeconds), ...(why === '' ? [] : [oneLine(why)])].join(' · '), kind: 'Claims', words: 'detail claim', about: { repository, fence, path, title: oneLine(path) }, file: { worktree, path },
  })));
  return [...status, ...blockers, ...waits, ...held];
}

export const statusNames = { in_progress: 'in progress', blocked: 'blocked', completed: 'completed' } as const;
const statusIcons = { in_progress: 'play', blocked: 'stop-circle', completed: 'check-all' } as const;

function waitsFor(missing: readonly string[], count: number, nameFor: (id: string) => string): string {
  return `waits for ${missing.length === 0 ? `${count} more` : missing.map((id) => oneLine(nameFor(id))).join(', ')}`;
}

/** `12 m left`; the last minute is not counted down. */
function left(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? 'less than 1 m left' : minutes < 120 ? `${minutes} m left` : `${Math.round(minutes / 60)} h left`;
}

/** Without what could break a line or turn it round: control characters, and those that set the direction of writing. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 1).trimEnd()}…`;
}
