// Plays a trace to the reducer: each source says what it would have said, when it would have noticed.

import {
  addClaudeHooks, addLook, HookLog, readRegistryRow, recordOf, reduce, shippedRules, TranscriptReader,
  type Evidence, type Reason, type RegistryRow, type SessionState,
} from '../../../../src/core/sessions/index.ts';
import type { Trace, TraceRecord, Truth } from './trace.ts';

/** What is concluded from some moment on; nothing is concluded of a session that is not seen. */
export interface Concluded {
  readonly at: number;
  readonly state: SessionState | undefined;
  readonly reason?: Reason | undefined;
}

/** What is true from `at` to `end`; its cause was at `since`, and that of the next thing at `end`. */
export interface Labelled {
  readonly since: number;
  readonly at: number;
  readonly end: number;
  /** When the next thing is true: between `end` and then either may be concluded. */
  readonly next: number;
  readonly truth: Truth;
}

/** Which sources there are. */
export type Sources = 'installed' | 'no hooks' | 'tmux only';

/** One process of a trace. */
export interface Played {
  readonly concluded: readonly Concluded[];
  readonly labelled: readonly Labelled[];
}

const tickMs = 1000;
/** The transcript is read when the register changes, and some time after: as `claudeSource` does. */
const transcriptAfterMs = [0, 100, 400];
const installed = new Set(Object.keys((JSON.parse(addClaudeHooks(undefined, 'settings.json', { launcher: '/bin/wheelhouse' })) as { hooks: object }).hooks));

export function processesOf(trace: Trace): readonly number[] {
  return trace.flatMap((record) => (record.what === 'process' && record.alive ? [record.pid] : []));
}

/** What is true of one process, over time. */
export function labelsOf(trace: Trace, pid: number): readonly Labelled[] {
  const truths = trace.filter((record) => record.what === 'truth' && record.pid === pid) as Extract<TraceRecord, { what: 'truth' }>[];
  const over = trace.at(-1)?.at ?? 0;
  return truths.map(({ since, at, truth }, index) => {
    const next = truths[index + 1];
    return { since, at, truth, end: next === undefined ? over : Math.max(at, Math.min(next.since, next.at)), next: next?.at ?? over };
  });
}

/** Any way to come to a conclusion: is told each record of a process in order, and asked what it concludes. */
export interface Judge {
  see(record: TraceRecord): void;
  /** @returns What is concluded now, and when that may change with nothing new. */
  conclude(now: number): { readonly state: SessionState | undefined; readonly reason?: Reason | undefined; readonly settlesAt?: number | undefined };
}

/** Plays one process of a trace to a judge; `ticks` are records that are only looked at every second. */
export function play(trace: Trace, pid: number, judge: Judge, ticks: ReadonlySet<TraceRecord['what']>): Played {
  const concluded: Concluded[] = [];
  const begin = trace[0]?.at ?? 0;
  const end = trace.at(-1)?.at ?? 0;
  const polled = new Map<string, TraceRecord>();
  let settlesAt: number | undefined;
  const conclude = (now: number) => {
    const { state, reason, settlesAt: settles } = judge.conclude(now);
    settlesAt = settles;
    const last = concluded.at(-1);
    if (last === undefined || last.state !== state || last.reason?.kind !== reason?.kind) concluded.push({ at: now, state, reason });
  };
  let nextTick = begin;
  const pass = (until: number) => {
    for (;;) {
      const next = Math.min(nextTick, settlesAt ?? Infinity);
      if (next > until) return;
      if (next === nextTick) {
        for (const record of polled.values()) judge.see(record.what === 'transcript' ? record : { ...record, at: next });
        polled.clear();
        nextTick += tickMs;
      }
      settlesAt = undefined;
      conclude(next);
    }
  };
  for (const record of trace) {
    if ('pid' in record && record.pid !== pid) continue;
    pass(record.at);
    if (ticks.has(record.what)) polled.set(record.what === 'transcript' ? `line ${polled.size}` : record.what, record);
    else {
      judge.see(record);
      conclude(record.at);
    }
  }
  pass(end);
  return { concluded, labelled: labelsOf(trace, pid) };
}

/** What Wheelhouse concludes with these sources. */
export function wheelhouse(sources: Sources): { readonly judge: () => Judge; readonly ticks: ReadonlySet<TraceRecord['what']> } {
  const withRegistry = sources !== 'tmux only';
  const ticks = new Set<TraceRecord['what']>(['title', 'screen', 'process']);
  return { ticks, judge: () => judgeWith(withRegistry, sources === 'installed') };
}

function judgeWith(withRegistry: boolean, withHooks: boolean): Judge {
  const own: Evidence[] = [];
  let seq = 0;
  let isRegistered = false;
  let session = '';
  let seen: readonly Evidence[] = [];
  let title = '';
  let procStart: unknown;
  let rowBefore: RegistryRow | undefined;
  const hooks = new Map<string, HookLog>();
  const transcripts = new Map<string, TranscriptReader>();
  /** Lines that were written and not yet read, and when the transcript is read next. */
  const unread: { readonly session: string; readonly line: string }[] = [];
  let reads: number[] = [];
  let nextRead = 0;
  const say = (evidence: Omit<Evidence, 'seq'>) => void own.push({ ...evidence, seq: seq++ });
  const readTranscripts = (now: number) => {
    if (!reads.some((at) => at <= now) && now < nextRead) return;
    reads = reads.filter((at) => at > now);
    nextRead = now - (now % tickMs) + tickMs;
    for (const { session: id, line } of unread.splice(0)) {
      const reader = transcripts.get(id) ?? new TranscriptReader();
      transcripts.set(id, reader);
      reader.add(line);
    }
  };
  const seeRegistry = (record: Extract<TraceRecord, { what: 'registry' }>) => {
    if (record.file === undefined) {
      if (isRegistered) say({ source: 'process', state: 'ended', at: record.at, reason: { kind: 'exited' } });
      return;
    }
    const row = readRegistryRow(JSON.stringify(record.file), record.pid, record.at, rowBefore);
    if (row === undefined) return;
    rowBefore = row;
    if (procStart === undefined) say({ source: 'process', state: 'idle', at: row.facts.startedAt ?? record.at, reason: { kind: 'started' } });
    procStart ??= row.procStart;
    isRegistered = true;
    seen = seen.filter(({ source }) => source === 'title');
    session = row.facts.sessionId ?? session;
    if (row.opinion) say({ source: 'registry', ...row.opinion });
    reads = transcriptAfterMs.map((ms) => record.at + ms);
  };
  return {
    see(record) {
      switch (record.what) {
        case 'registry':
          if (withRegistry) seeRegistry(record);
          return;
        case 'hook': {
          const told = withHooks && installed.has(String(record.event['hook_event_name'])) ? recordOf(record.event, record.at) : undefined;
          if (told === undefined) return;
          const log = hooks.get(told.session) ?? new HookLog();
          hooks.set(told.session, log);
          log.add(JSON.stringify(told.line));
          return;
        }
        case 'transcript':
          if (withRegistry) unread.push({ session: record.session, line: JSON.stringify(record.line) });
          return;
        case 'title':
        case 'screen': {
          if (record.what === 'title') title = record.title;
          const screen = record.what === 'screen' ? record.lines.join('\n') : undefined;
          seen = addLook(shippedRules, 'claude', seen, { at: record.at, pane: { command: 'claude', title }, screen, isKnownBetter: isRegistered });
          return;
        }
        case 'process':
          if (!record.alive && !own.some(({ state }) => state === 'ended')) say({ source: 'process', state: 'ended', at: record.at, reason: { kind: 'crashed' } });
          return;
        case 'start':
        case 'truth':
        case 'end':
          return;
      }
    },
    conclude(now) {
      readTranscripts(now);
      const evidence = [...own, ...seen, ...(hooks.get(session)?.evidence ?? []), ...(transcripts.get(session)?.evidence ?? [])];
      if (evidence.length === 0) return { state: undefined };
      const { state, reason, settlesAt } = reduce(evidence, now);
      const times = [settlesAt, ...(unread.length > 0 ? reads : [])].filter((time) => time !== undefined && time > now) as number[];
      return { state, reason, settlesAt: times.length === 0 ? undefined : Math.min(...times) };
    },
  };
}
