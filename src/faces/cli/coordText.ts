import { plain, plainLine } from '../../core/base/plain.ts';
import { conflictText, duration, type BarrierJson, type ClaimJson, type Conflict, type CoordinationJson, type FeedItem, type ReportJson } from '../../core/coordination/index.ts';

export function formatStatus({ claims, barriers, sessions }: CoordinationJson, now: number): string {
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${plainLine(line)}`), '']);
  const lines = [
    ...section('Claims', claims.map(formatClaim)),
    ...section('Barriers', barriers.map((barrier) => formatBarrier(barrier, now))),
    ...section('Sessions', sessions.filter(saysSomething).map(formatReport)),
  ];
  return plain(lines.length === 0 ? 'Nobody has claimed anything here, and nobody waits.' : lines.join('\n').trimEnd());
}

function formatClaim({ paths, mode, session, pid, why, remainingSeconds }: ClaimJson): string {
  const shown = paths.length > 4 ? [...paths.slice(0, 4), `and ${paths.length - 4} more`] : paths;
  return `${shown.join(', ')}  ${mode === 'shared' ? 'shared, ' : ''}by ${session}${pid === null ? '' : ` (process ${pid})`}, for ${duration(remainingSeconds * 1000)}${why === '' ? '' : `: ${why}`}`;
}

export function formatBarrier(barrier: BarrierJson, now: number): string {
  const { name, state, reason, required, count, arrived, missing, deadline, waiters } = barrier;
  const who = required.length === 0 ? `${count - arrived.length} more` : missing.join(', ');
  const stand =
    state === 'open' ? 'open' : state === 'broken' ? `broken: ${reason}${who === '' ? '' : `; missing: ${who}`}`
    : `${arrived.length} of ${count} arrived, waits for ${who}, breaks in ${duration(Date.parse(deadline) - now)}`;
  const waiting = (state === 'waiting' ? waiters : []).map(({ session, pid }) => `${session} (process ${pid})`);
  return `${name}  ${stand}${waiting.length === 0 ? '' : `; there ${waiting.length === 1 ? 'waits' : 'wait'} ${waiting.join(', ')}`}`;
}

const saysSomething = ({ status, note, blockers, waitingOn }: ReportJson) => status !== null || note !== '' || blockers.length > 0 || waitingOn.length > 0;

function formatReport({ session, status, note, blockers, waitingOn, waitingFor, ended }: ReportJson): string {
  const said = [ended ? 'ended' : '', status ?? '', note].filter((part) => part !== '').join(', ');
  return `${session}  ${[
    ...(said === '' ? [] : [said]),
    ...blockers.map(({ id, text, on }) => `blocked (${id}): ${text}${on === null ? '' : `, by ${on}`}`),
    ...(waitingOn.length === 0 ? [] : [`waits at ${waitingOn.join(', ')}${waitingFor.length === 0 ? '' : ` for ${waitingFor.join(', ')}`}`]),
  ].join('; ')}`;
}

export function formatConflicts(conflicts: readonly Conflict[], here: string): string {
  // A file's name may hold line breaks, and each conflict is one line.
  return plain(conflicts.map((conflict) => `${conflictText(conflict, here)}.`.replace(/\s+/g, ' ')).join('\n'));
}

export function formatFeed(items: readonly FeedItem[]): string {
  return items.map(({ cursor, at, session, what, text }) => plainLine(`${String(cursor).padStart(8)}  ${at}  ${[session, what].filter((part) => part !== '').join(' ')}  ${text}`)).join('\n');
}
