/**
 * Processes that race for the same files: exactly one must win each. As a program, `race.ts ROUNDS`,
 * for more rounds than a benchmark has time for; says every tenth of them how far it is.
 */
import { percentile, withCrew, type Way } from './crew.ts';

export const RACERS = 16;
export const PATHS = 200;

export interface Raced {
  readonly rounds: number;
  /** Rounds with exactly one winner of each path. */
  readonly right: number;
  /** Winners in the round that had most of them. */
  readonly most: number;
  /** Of each claim, in milliseconds. */
  readonly times: readonly number[];
}

export async function race(way: Way, rounds: number, onRound?: (done: number) => void): Promise<Raced> {
  return withCrew(way, RACERS, async (members) => {
    let [right, most] = [0, 0];
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const paths = Array.from({ length: PATHS }, (_, i) => `round${round}/file${i}.ts`);
      // Each begins elsewhere, so that all paths are raced for at some moment.
      const answers = await Promise.all(members.map((member, i) => member.ask({ do: 'claim', paths: round % 2 === 0 ? paths : [...paths.slice(i * 12), ...paths.slice(0, i * 12)] })));
      const winners = answers.flatMap(({ won }) => won);
      most = Math.max(most, winners.length);
      if (winners.length === PATHS && new Set(winners).size === PATHS) right++;
      for (const answer of answers) for (const time of answer.times) times.push(time);
      for (const member of members) await member.ask({ do: 'release' });
      onRound?.(round + 1);
    }
    return { rounds, right, most, times };
  });
}

if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 1000);
  const started = performance.now();
  const { right, most, times } = await race('journal', rounds, (done) => done % Math.max(1, Math.floor(rounds / 10)) === 0 && console.error(`${done} of ${rounds} rounds`));
  console.log(JSON.stringify({ rounds, right, most, claims: times.length, p50: percentile(times, 0.5), p95: percentile(times, 0.95), seconds: Math.round((performance.now() - started) / 1000) }));
}
