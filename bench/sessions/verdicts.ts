/** How right and how quick verdicts are, over the recorded traces; and how right two simpler ways are. */
import { readRegistryRow } from '../../src/core/sessions/index.ts';
import { play, processesOf, wheelhouse, type Judge, type Played } from '../../test/core/sessions/traces/replay.ts';
import { blinksOf, detect, falseAlarms, scored, stretchesOf, type Scored } from '../../test/core/sessions/traces/score.ts';
import { readTraces, type TraceRecord } from '../../test/core/sessions/traces/trace.ts';
import { figure, type Figure } from '../figure.ts';

interface Way {
  readonly judge: () => Judge;
  /** What it looks at only every second. */
  readonly ticks: ReadonlySet<TraceRecord['what']>;
}

/** What is over sooner nobody could notice. */
const shortestMs = 250;

/** The rule of the shell script that this replaces: it waits when one of the last five lines looks like a prompt or a dialog. */
const screenRule: Way = {
  ticks: new Set(['screen']),
  judge: () => {
    let state: 'waiting' | 'working' | undefined;
    return {
      see: (record) => {
        if (record.what === 'screen') state = record.lines.slice(-5).some((line) => /^>\s*$|^> |Do you want to|❯.*Yes/.test(line)) ? 'waiting' : 'working';
      },
      conclude: () => ({ state }),
    };
  },
};

/** The client's own register, as it stands. */
const registryOnly: Way = {
  ticks: new Set(),
  judge: () => {
    let state: 'waiting' | 'error' | 'idle' | 'working' | 'ended' | undefined;
    return {
      see: (record) => {
        if (record.what !== 'registry') return;
        const opinion = record.file && readRegistryRow(JSON.stringify(record.file), record.pid, record.at)?.opinion;
        state = record.file === undefined ? 'ended' : opinion === undefined ? state : (opinion.state as 'idle');
      },
      conclude: () => ({ state }),
    };
  },
};

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly delays: readonly number[];
  readonly n: number;
}

function playAll({ judge, ticks }: Way): readonly Played[] {
  return [...readTraces().values()].flatMap((trace) => processesOf(trace).map((pid) => play(trace, pid, judge(), ticks)));
}

function score(all: readonly Played[], state: Scored): Score {
  const labels = all.flatMap(detect).filter(({ labelled: { truth, at, end } }) => (truth.state === 'idle' ? 'at rest' : truth.state) === state && end - at >= shortestMs);
  const found = labels.filter(({ delay }) => delay !== undefined);
  const stretches = all.reduce((sum, played) => sum + stretchesOf(played.concluded, state).length, 0);
  const wrong = all.reduce((sum, played) => sum + falseAlarms(played, state).length, 0);
  return {
    precision: stretches === 0 ? 0 : (100 * (stretches - wrong)) / stretches,
    recall: labels.length === 0 ? 100 : (100 * found.length) / labels.length,
    delays: found.map(({ delay }) => delay ?? 0).sort((a, b) => a - b),
    n: labels.length,
  };
}

/** Whether what it waits for was told right: of all waits that were found. */
function reasons(all: readonly Played[]): { readonly share: number; readonly n: number } {
  const waits = all.flatMap(detect).filter(({ labelled, delay }) => labelled.truth.state === 'waiting' && delay !== undefined);
  const right = waits.filter(({ labelled, last }) => last?.reason?.kind === labelled.truth.reason);
  return { share: (100 * right.length) / waits.length, n: waits.length };
}

export function verdictFigures(): Figure[] {
  const [original, register] = [playAll(screenRule), playAll(registryOnly)];
  const ways = { 'register, transcript and hooks': 'installed', 'register and transcript': 'no hooks', 'tmux only': 'tmux only' } as const;
  const figures: Figure[] = [];
  for (const [name, sources] of Object.entries(ways)) {
    const own = playAll(wheelhouse(sources));
    for (const state of scored) {
      const { precision, recall, delays, n } = score(own, state);
      const [byRule, byRegister] = [score(original, state), score(register, state)];
      const what = `sessions, ${name}: ${state}`;
      figures.push(figure(`${what}, precision (baseline: register alone)`, precision, '%', n, byRegister.precision));
      figures.push(figure(`${what}, recall (baseline: register alone)`, recall, '%', n, byRegister.recall));
      if (state === 'waiting') {
        figures.push(figure(`${what}, precision (baseline: screen rule)`, precision, '%', n, byRule.precision));
        figures.push(figure(`${what}, recall (baseline: screen rule)`, recall, '%', n, byRule.recall));
      }
      figures.push(figure(`${what}, delay p50`, at(delays, 0.5), 'ms', n));
      figures.push(figure(`${what}, delay p95`, at(delays, 0.95), 'ms', n));
    }
    figures.push(figure(`sessions, ${name}: states shown for less than 0.1 s`, own.reduce((sum, played) => sum + blinksOf(played), 0), 'times', own.length));
    const { share, n } = reasons(own);
    figures.push(figure(`sessions, ${name}: what it waits for is right`, share, '%', n));
  }
  return figures;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
