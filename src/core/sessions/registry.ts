/**
 * Claude Code's own register of what runs: one file `<pid>.json` for each process, written when its
 * state changes and never in between, so that age says nothing. Undocumented: all fields are optional.
 */
import type { Evidence, Reason, SessionFacts } from './model.ts';
import { numberOf, parseFields, textOf } from './parsed.ts';
import { shortLine } from './shortText.ts';

export interface RegistryRow {
  readonly facts: SessionFacts & { readonly pid: number };
  /** The start of the process, in the words of its system; to tell it from another with the same id. */
  readonly procStart: string | undefined;
  /** The machine that the process id belongs to; undefined when the row does not say. */
  readonly host: string | undefined;
  /** Undefined when the row says nothing of the state, as that of a print run. */
  readonly opinion: Omit<Evidence, 'source' | 'seq'> | undefined;
  /** The client has begun another conversation in this process, and no prompt of it is known yet. */
  readonly isFresh: boolean;
}

/** The process that a file of the register is about; undefined for other files. (`pid-<n>.json` is an older format that says less.) */
export function registryPid(fileName: string): number | undefined {
  const digits = /^([1-9]\d{0,9})\.json$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * @param pid From the file's name. @param modifiedAt Of the file: for rows that do not say since when.
 * @param before The row of the same process before this one.
 * @returns undefined when the text is no row (half-written, damaged).
 */
export function readRegistryRow(text: string, pid: number, modifiedAt: number, before?: RegistryRow): RegistryRow | undefined {
  const row = parseFields(text);
  if (row === undefined || (row['pid'] !== undefined && row['pid'] !== pid)) return undefined;
  const status = textOf(row['status']);
  const at = numberOf(row['statusUpdatedAt']) ?? numberOf(row['updatedAt']) ?? modifiedAt;
  const waitingFor = textOf(row['waitingFor']);
  const [sessionId, name, cwd] = [textOf(row['sessionId']), textOf(row['name']), textOf(row['cwd'])];
  const [kind, entrypoint, version, startedAt] = [textOf(row['kind']), textOf(row['entrypoint']), textOf(row['version']), numberOf(row['startedAt'])];
  const jobId = /^[0-9a-z]{4,64}$/i.exec(textOf(row['jobId']) ?? '')?.[0];
  const domain = textOf(row['pidDomain']);
  const opinion = opinionOf(status, waitingFor, at);
  const isFresh = isNewConversation(before, sessionId, opinion);
  return {
    facts: {
      pid,
      agent: 'claude',
      ...(sessionId !== undefined && { sessionId }),
      ...(name !== undefined && { name: shortLine(name, 80) }),
      ...(cwd !== undefined && { cwd }),
      ...(kind !== undefined && { kind: shortLine(kind, 40) }),
      ...(jobId !== undefined && { jobId }),
      ...(entrypoint !== undefined && { entrypoint: shortLine(entrypoint, 40) }),
      ...(version !== undefined && { version: shortLine(version, 40) }),
      ...(startedAt !== undefined && { startedAt }),
    },
    procStart: textOf(row['procStart']) ?? (numberOf(row['procStart']) === undefined ? undefined : String(row['procStart'])),
    host: domain === undefined || !domain.includes(':') ? undefined : domain.slice(domain.indexOf(':') + 1),
    opinion: opinion && isFresh && opinion.state === 'idle' ? { ...opinion, reason: { kind: 'started' }, says: `${opinion.says}, another conversation` } : opinion,
    isFresh,
  };
}

/** On `/clear` and `/resume` the client is busy by itself: what follows is the rest before a turn, not after one. */
function isNewConversation(before: RegistryRow | undefined, sessionId: string | undefined, opinion: RegistryRow['opinion']): boolean {
  if (before === undefined) return false;
  if (before.facts.sessionId !== undefined && sessionId !== undefined && before.facts.sessionId !== sessionId) return true;
  return before.isFresh && (opinion?.state === 'idle' || before.opinion?.state !== 'idle');
}

function opinionOf(status: string | undefined, waitingFor: string | undefined, at: number): (NonNullable<RegistryRow['opinion']> & { readonly says: string }) | undefined {
  const says = `status ${shortLine(status ?? 'none', 40)}${waitingFor === undefined ? '' : ` for ${shortLine(waitingFor, 60)}`}`;
  switch (status) {
    case 'busy':
      return { state: 'working', at, says };
    // A finished turn with shells behind it.
    case 'shell':
      return { state: 'working', at, reason: { kind: 'background' }, says };
    case 'idle':
      return { state: 'idle', at, says };
    case 'waiting':
      return { state: 'waiting', at, reason: reasonOf(waitingFor), says };
    case undefined:
    default:
      return undefined;
  }
}

function reasonOf(waitingFor: string | undefined): Reason {
  const approve = /^approve\s+(.+)$/s.exec(waitingFor ?? '')?.[1];
  if (approve !== undefined) return { kind: 'approve', detail: shortLine(approve) };
  // Questions and plans are permission prompts, too: which of them it is, others say.
  if (waitingFor === undefined || /permission/.test(waitingFor)) return { kind: 'approve' };
  if (/request$/.test(waitingFor)) return { kind: 'approve', detail: shortLine(waitingFor) };
  return { kind: 'input', detail: shortLine(waitingFor) };
}
