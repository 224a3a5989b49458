/** How right and how quick verdicts are, over the recorded traces; and how right two simpler ways are. */
import { readRegistryRow } from '../../src/core/sessions/index.ts';
import { play, processesOf, wheelhouse, type Judge, type Played } from '../../test/core/sessions/traces/replay.ts';
import { blinksOf, detect, falseAlarms, scored, scoredOf, stretchesOf, type Scored } from '../../test/core/sessions/traces/score.ts';
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
  /** Percent of the stretches where it was concluded that were true, and how many there were. */
  readonly precision: number;
  readonly stretches: number;
  /** Percent of the times when it was true that were found, and how many there were. */
  readonly recall: number;
  readonly labels: number;
  /** Milliseconds, rising. */
  readonly delays: readonly number[];
}

function playAll({ judge, ticks }: Way): readonly Played[] {
  return [...readTraces().values()].flatMap((trace) => processesOf(trace).map((pid) => play(trace, pid, judge(), ticks)));
}

function score(all: readonly Played[], state: Scored): Score {
  const labels = all.flatMap(detect).filter(({ labelled: { truth, at, end } }) => scoredOf(truth.state) === state && end - at >= shortestMs);
  const found = labels.filter(({ delay }) => delay !== undefined);
  const stretches = all.reduce((sum, played) => sum + stretchesOf(played.concluded, state).length, 0);
  const wrong = all.reduce((sum, played) => sum + falseAlarms(played, state).length, 0);
  return {
    precision: (100 * (stretches - wrong)) / stretches,
    stretches,
    recall: (100 * found.length) / labels.length,
    labels: labels.length,
    delays: found.map(({ delay }) => delay ?? 0).sort((a, b) => a - b),
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
      const { precision, stretches, recall, labels, delays } = score(own, state);
      const what = `sessions, ${name}: ${state}`;
      const against = (baseline: string, all: readonly Played[]) => {
        const other = score(all, state);
        // Who never concludes it has no precision to compare.
        figures.push(figure(`${what}, precision (baseline: ${baseline})`, precision, '%', stretches, other.stretches === 0 ? undefined : other.precision));
        figures.push(figure(`${what}, recall (baseline: ${baseline})`, recall, '%', labels, other.recall === 0 ? undefined : other.recall));
      };
      against('register alone', register);
      if (state === 'waiting') against('screen rule', original);
      figures.push(figure(`${what}, delay p50`, at(delays, 0.5), 'ms', delays.length));
      figures.push(figure(`${what}, delay p95`, at(delays, 0.95), 'ms', delays.length));
    }
    figures.push(figure(`sessions, ${name}: states shown for less than 0.1 s`, own.reduce((sum, played) => sum + blinksOf(played).length, 0), 'times', own.length));
    const { share, n } = reasons(own);
    figures.push(figure(`sessions, ${name}: what it waits for is right`, share, '%', n));
  }
  return figures;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
