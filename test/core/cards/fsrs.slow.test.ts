/** 300,000 random answers: against ts-fsrs's own cards, and against the published formulas written out here. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmptyCard, default_w, fsrs as createFsrs, Rating } from 'ts-fsrs';
import { createDays } from '../../../src/core/cards/days.ts';
import type { Confidence } from '../../../src/core/cards/model.ts';
import { chanceOf } from '../../../src/core/cards/schedule/fuzz.ts';
import { gradeOf } from '../../../src/core/cards/schedule/fsrs.ts';
import { newSchedule } from '../../../src/core/cards/schedule/model.ts';
import { answered } from '../../../src/core/cards/schedule/schedule.ts';
import { settingsOf } from '../../../src/core/cards/settings.ts';
import { noon } from './helpers.ts';

const steps = 300_000;
const cardsOf = 20;
const grades = [Rating.Again, Rating.Hard, Rating.Good, Rating.Easy] as const;

const w = [...default_w];
const at = (i: number) => w[i] ?? NaN;
const clamp = (x: number, least: number, most: number) => Math.min(most, Math.max(least, x));
const firstDifficulty = (grade: number) => at(4) - Math.exp((grade - 1) * at(5)) + 1;

/** FSRS-6 in whole days, from its published formulas. */
function formula(memory: { s: number; d: number } | undefined, elapsed: number, grade: number): { s: number; d: number } {
  if (!memory) return { s: at(grade - 1), d: clamp(firstDifficulty(grade), 1, 10) };
  const { s, d } = memory;
  const recall = (1 + (0.9 ** (-1 / at(20)) - 1) * (elapsed / s)) ** -at(20);
  const damped = d - at(6) * (grade - 3) * ((10 - d) / 9);
  const difficulty = clamp(at(7) * firstDifficulty(4) + (1 - at(7)) * damped, 1, 10);
  const forgotten = Math.min(s, at(11) * d ** -at(12) * ((s + 1) ** at(13) - 1) * Math.exp((1 - recall) * at(14)));
  const remembered = s * (1 + Math.exp(at(8)) * (11 - d) * s ** -at(9) * (Math.exp((1 - recall) * at(10)) - 1) * (grade === 2 ? at(15) : 1) * (grade === 4 ? at(16) : 1));
  return { s: clamp(grade === 1 ? forgotten : remembered, 0.001, 36_500), d: difficulty };
}

test(`${steps} random steps are those of ts-fsrs and of the formulas`, () => {
  const reference = createFsrs({ enable_fuzz: false, enable_short_term: false });
  const settings = settingsOf('fsrs', { fuzz: false });
  const days = createDays(() => 0);
  let worst = 0;
  for (let card = 0; card < steps / cardsOf; card++) {
    let ours = newSchedule('fsrs', noon, settings);
    let theirs = createEmptyCard(new Date(0));
    let written: { s: number; d: number } | undefined;
    let day = days.dayOf(noon);
    for (let step = 0; step < cardsOf; step++) {
      const confidence = (1 + Math.floor(chanceOf(`${card} ${step} answer`) * 5)) as Confidence;
      const wait = 1 + Math.floor(chanceOf(`${card} ${step} wait`) ** 3 * 500);
      day += wait;
      ours = answered(ours, confidence, days.startOf(day), { days, settings, seed: 'x' }).schedule;
      theirs = reference.next(theirs, new Date(day * 86_400_000), grades[gradeOf(confidence) - 1] ?? Rating.Again).card;
      written = formula(written, wait, gradeOf(confidence));
      if (ours.stability !== theirs.stability || ours.difficulty !== theirs.difficulty) assert.fail(`card ${card}, step ${step}: ${JSON.stringify([ours, theirs])}`);
      assert.equal(ours.interval, reference.next_interval(theirs.stability, wait));
      // ts-fsrs rounds to eight decimals at each step.
      worst = Math.max(worst, Math.abs(ours.stability / written.s - 1), Math.abs(ours.difficulty / written.d - 1));
    }
  }
  assert.ok(worst < 1e-4, `the formulas differ by ${worst}`);
});
