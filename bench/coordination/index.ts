/** Coordination: who wins a race for files, what is lost, how long it takes, and what the dead leave behind. */
import { figure, type Figure } from '../figure.ts';
import { hookFigures } from './hook.ts';
import { coordinationIn, readStore } from './child.ts';
import { Member, percentile, withCrew, type Way } from './crew.ts';
import { PATHS, race, RACERS } from './race.ts';
import { addBarrier, coordinationJson, claimPaths, refreshWithDeaths } from '../../src/core/coordination/index.ts';

const ROUNDS = 20;
const BASELINE_ROUNDS = 5;
const WRITERS = 32;
const EACH = 125;
const WAKES = 60;
const KILLS = 200;

export async function run(): Promise<Figure[]> {
  const [ours, theirs] = [await race('journal', ROUNDS), await race('whole-file', BASELINE_ROUNDS)];
  const [kept, keptThere] = [await acknowledged('journal'), await acknowledged('whole-file')];
  const [alone, aloneThere] = [await aloneMs('journal'), await aloneMs('whole-file')];
  const wakes = await wakeUps();
  const dead = await afterDeaths();
  const name = (what: string) => `coordination: ${what}`;
  return [
    figure(name(`of 100 rounds those without exactly ${PATHS} winners of ${PATHS} paths, ${RACERS} processes racing (baseline: whole-file store)`), (100 * (ROUNDS - ours.right)) / ROUNDS, 'rounds', ROUNDS, (100 * (BASELINE_ROUNDS - theirs.right)) / BASELINE_ROUNDS),
    figure(name(`most winners of ${PATHS} paths in a round`), ours.most, 'winners', ROUNDS, theirs.most),
    figure(name(`acknowledged operations lost of ${WRITERS * EACH} by ${WRITERS} processes`), WRITERS * EACH - kept, 'operations', WRITERS * EACH, WRITERS * EACH - keptThere),
    figure(name('claim, alone, p95'), percentile(alone, 0.95), 'ms', alone.length, percentile(aloneThere, 0.95)),
    figure(name(`claim, ${RACERS} contenders, p95`), percentile(ours.times, 0.95), 'ms', ours.times.length, percentile(theirs.times, 0.95)),
    figure(name('waiter wakes up after the last arrival, p95'), percentile(wakes, 0.95), 'ms', wakes.length),
    figure(name("dead holder's claim taken by another, most"), Math.max(...dead.freed), 'ms', dead.freed.length),
    figure(name(`claims of the dead left after ${KILLS} kills`), dead.left, 'claims', KILLS),
    figure(name(`claims of the living lost in ${KILLS} kills`), dead.lost, 'claims', KILLS),
    ...(await hookFigures()),
  ];
}

/** How many of the statuses that were acknowledged are there afterwards. */
async function acknowledged(way: Way): Promise<number> {
  return withCrew(way, WRITERS, async (members, folder) => {
    await Promise.all(members.map((member) => member.ask({ do: 'report', times: EACH })));
    if (way === 'whole-file') return readStore(folder).notes.length;
    const { ledger } = await coordinationIn(folder, 'reader');
    return new Set((await ledger.feed(0, 1_000_000)).items.map(({ text }) => text)).size;
  });
}

async function aloneMs(way: Way): Promise<readonly number[]> {
  return withCrew(way, 1, async ([member]) => (await member!.ask({ do: 'claim', paths: Array.from({ length: 500 }, (_, i) => `file${i}.ts`) })).times);
}

async function wakeUps(): Promise<number[]> {
  return withCrew('journal', 2, async ([waiter, other], folder) => {
    const context = await coordinationIn(folder, 'maker');
    const times: number[] = [];
    for (let i = 0; i < WAKES; i++) {
      const name = `b${i}`;
      await addBarrier(context, { name, required: ['s1'] });
      await waiter!.ask({ do: 'wait', name });
      await new Promise((resolve) => setTimeout(resolve, 30 + ((i * 17) % 50)));
      const [woken, arrived] = await Promise.all([waiter!.answer(), other!.ask({ do: 'arrive', name })]);
      times.push(Math.max(0, woken.at - arrived.at));
    }
    return times;
  });
}

/** Kills processes that claim and release as fast as they can, beside some that only hold. */
async function afterDeaths(): Promise<{ freed: number[]; left: number; lost: number }> {
  return withCrew('journal', 4, async (living, folder) => {
    for (const member of living) await member.ask({ do: 'claim', paths: [`kept-${member.name}`] });
    const context = await coordinationIn(folder, 'watcher');
    const freed: number[] = [];
    let left = 0;
    for (let i = 0; i < KILLS; i += 4) {
      const batch = [0, 1, 2, 3].map((each) => new Member('journal', folder, `victim${i + each}`));
      await Promise.all(batch.map((victim) => victim.answer()));
      await Promise.all(batch.map((victim) => victim.ask({ do: 'claim', paths: [`held-${victim.name}`] })));
      await Promise.all(batch.map((victim) => victim.ask({ do: 'forever' })));
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 60));
      await Promise.all(batch.map((victim) => victim.kill()));
      const started = performance.now();
      await claimPaths(context, { paths: [`held-${batch[0]!.name}`] });
      freed.push(performance.now() - started);
      await refreshWithDeaths(context);
      left += coordinationJson(context.ledger).claims.filter(({ session }) => session.startsWith('victim')).length;
    }
    const held = coordinationJson(context.ledger).claims.filter(({ session }) => living.some(({ name }) => name === session));
    return { freed, left, lost: living.length - held.length };
  });
}
