import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createDays } from '../../../src/core/cards/days.ts';
import type { Algorithm, Confidence, Schedule } from '../../../src/core/cards/model.ts';
import { convert, memoryOfSm2, replay } from '../../../src/core/cards/schedule/convert.ts';
import { gradeOf } from '../../../src/core/cards/schedule/fsrs.ts';
import { fuzzRange, spread } from '../../../src/core/cards/schedule/fuzz.ts';
import { intervalLabel } from '../../../src/core/cards/schedule/label.ts';
import { newSchedule } from '../../../src/core/cards/schedule/model.ts';
import { algorithmOf, answered, relearnMs } from '../../../src/core/cards/schedule/schedule.ts';
import { settingsOf, type DeckSettings } from '../../../src/core/cards/settings.ts';
import { dayMs, noon } from './helpers.ts';

const days = createDays(() => 0);
const exact = (algorithm: Algorithm, more: Partial<DeckSettings> = {}) => settingsOf(algorithm, { fuzz: false }, more);

/** Answers on the day that the card is due (a wrong one is repeated at once, rightly), and gives what followed each first answer. */
function run(algorithm: Algorithm, answers: readonly number[], more: Partial<DeckSettings> = {}): Schedule[] {
  const settings = exact(algorithm, more);
  let card = newSchedule(algorithm, noon, settings);
  let now = noon;
  return answers.map((confidence) => {
    const first = answered(card, confidence as Confidence, now, { days, settings, seed: 'x' }).schedule;
    card = confidence < 3 ? answered(first, 4, now + relearnMs, { days, settings, seed: 'x' }).schedule : first;
    now = card.due + dayMs / 3;
    return first;
  });
}

const intervals = (schedules: readonly Schedule[]) => schedules.map(({ interval }) => interval);

describe('intervals of each algorithm, in days', () => {
  const cases: { name: string; algorithm: Algorithm; answers: number[]; expected: number[]; settings?: Partial<DeckSettings> }[] = [
    { name: 'SM-2, quality 4: the published sequence', algorithm: 'sm2', answers: [4, 4, 4, 4, 4, 4], expected: [1, 6, 15, 38, 95, 238] },
    { name: 'SM-2, quality 5: the ease grows by 0.1', algorithm: 'sm2', answers: [5, 5, 5, 5], expected: [1, 6, 17, 48] },
    { name: 'SM-2, quality 3: the ease falls by 0.14', algorithm: 'sm2', answers: [3, 3, 3, 3, 3], expected: [1, 6, 14, 30, 59] },
    { name: 'SM-2 starts over after a lapse', algorithm: 'sm2', answers: [4, 4, 4, 1, 4, 4], expected: [1, 6, 15, 1, 6, 15] },
    { name: 'SM-2 with another ease', algorithm: 'sm2', answers: [4, 4, 4], expected: [1, 6, 8], settings: { ease: 1.3 } },
    { name: 'Leitner, one box up, to the last', algorithm: 'leitner', answers: [4, 3, 5, 4, 4], expected: [2, 4, 8, 16, 16] },
    { name: 'Leitner, back to the first', algorithm: 'leitner', answers: [4, 4, 2, 4], expected: [2, 4, 1, 2] },
    { name: 'Leitner with its own intervals', algorithm: 'leitner', answers: [4, 4, 4], expected: [3, 7, 7], settings: { boxes: 3, intervals: [1, 3, 7] } },
    { name: 'fixed intervals, the last repeated', algorithm: 'fixed', answers: [4, 4, 4, 4], expected: [1, 3, 9, 9], settings: { intervals: [1, 3, 9] } },
    { name: 'fixed intervals start again', algorithm: 'fixed', answers: [4, 4, 1, 4], expected: [1, 3, 1, 3] },
    { name: 'FSRS-6, Good each time', algorithm: 'fsrs', answers: [4, 4, 4, 4, 4, 4, 4], expected: [2, 11, 46, 163, 497, 1346, 3292] },
    { name: 'no interval is above the longest', algorithm: 'sm2', answers: [4, 4, 4, 4], expected: [1, 6, 10, 10], settings: { maximumInterval: 10 } },
  ];
  for (const { name, algorithm, answers, expected, settings } of cases) test(name, () => assert.deepEqual(intervals(run(algorithm, answers, settings)), expected));
});

test('SM-2: a lapse leaves the ease alone, and it never falls below 1.3', () => {
  assert.equal(run('sm2', [4, 4, 1])[2]?.ease, 2.5);
  assert.equal(run('sm2', Array.from({ length: 30 }, () => 3)).at(-1)?.ease, 1.3);
});

test('five answers as the four grades of FSRS: both wrong ones are Again', () => {
  assert.deepEqual([1, 2, 3, 4, 5].map((confidence) => gradeOf(confidence as Confidence)), [1, 1, 2, 3, 4]);
});

describe('FSRS-6 against published figures', () => {
  const settings = exact('fsrs');
  const near = (actual: number, expected: number, digits = 6) => assert.ok(Math.abs(actual / expected - 1) < 10 ** -digits, `${actual} is not ${expected}`);

  test('first difficulty', () => {
    const expected = [6.4133, 5.11217071, 2.11810397, 1];
    ([1, 3, 4, 5] as const).forEach((confidence, i) => near(algorithmOf.fsrs.step(undefined, confidence, 0, settings).difficulty, expected[i] ?? 0));
  });
  test('Again and five times Good at 0, 0, 1, 3, 8, 21 days, without short-term memory', () => {
    let memory = algorithmOf.fsrs.step(undefined, 1, 0, settings);
    for (const elapsed of [0, 1, 3, 8, 21]) memory = algorithmOf.fsrs.step(memory, 4, elapsed, settings);
    near(memory.stability, 53.335106, 4);
    near(memory.difficulty, 6.3574867, 4);
  });
  test('recall falls to the power law', () => {
    const memory = { interval: 1, ease: 2.5, box: 1, stability: 1, difficulty: 5 };
    near(algorithmOf.fsrs.recall(memory, 1, settings), 0.9, 4);
    assert.equal(algorithmOf.fsrs.recall(memory, 0, settings), 1);
  });
  const takeovers: [ease: number, interval: number, retention: number, stability: number, difficulty: number][] = [
    [2.5, 10, 0.9, 10, 6.9140563],
    [2.5, 10, 0.8, 3.01572, 9.393428],
    [2.5, 10, 0.95, 24.841097, 1.2974405],
    [1.3, 20, 0.9, 20, 10],
  ];
  for (const [ease, interval, retention, stability, difficulty] of takeovers) {
    test(`a card of SM-2 with ease ${ease} and ${interval} days at ${retention}`, () => {
      const memory = memoryOfSm2(ease, interval, retention);
      near(memory.stability, stability, 4);
      near(memory.difficulty, difficulty, 4);
    });
  }
});

const confidences = fc.constantFrom<Confidence>(1, 2, 3, 4, 5);

describe('within a day', () => {
  for (const algorithm of ['fsrs', 'sm2', 'leitner', 'fixed'] as const) {
    test(`${algorithm}: only the first answer moves what is known of the card`, () => {
      fc.assert(
        fc.property(confidences, fc.array(confidences, { minLength: 1, maxLength: 8 }), (first, further) => {
          const options = { days, settings: exact(algorithm), seed: 'x' };
          const once = answered(newSchedule(algorithm, noon, options.settings), first, noon, options);
          assert.ok(once.first);
          let card = once.schedule;
          let now = noon;
          for (const confidence of further) {
            const next = answered(card, confidence, (now += 60_000), options);
            assert.ok(!next.first);
            card = next.schedule;
            assert.equal(card.due, confidence < 3 ? now + relearnMs : days.startOf(days.dayOf(now) + card.interval));
          }
          const known = ({ interval, ease, box, stability, difficulty, lapses }: Schedule) => ({ interval, ease, box, stability, difficulty, lapses });
          assert.deepEqual(known(card), known(once.schedule));
          assert.equal(card.reps, 1 + further.length);
        }),
        { seed: 2, numRuns: 100 },
      );
    });
  }

  test('states: new, learning, known, relearning; a lapse is counted once a day', () => {
    const options = { days, settings: exact('sm2'), seed: 'x' };
    let card = newSchedule('sm2', noon, options.settings);
    const seen: [string, number][] = [];
    const steps: [wait: number, confidence: Confidence][] = [[0, 1], [relearnMs, 3], [dayMs, 4], [7 * dayMs, 2], [relearnMs, 1], [relearnMs, 4], [dayMs, 1]];
    let now = noon;
    for (const [wait, confidence] of steps) {
      now += wait;
      card = answered(card, confidence, now, options).schedule;
      seen.push([card.state, card.lapses]);
    }
    assert.deepEqual(seen, [['learning', 0], ['review', 0], ['review', 0], ['relearning', 1], ['relearning', 1], ['review', 1], ['relearning', 2]]);
  });

  test('a clock that was set back makes no negative days', () => {
    const options = { days, settings: exact('fsrs'), seed: 'x' };
    const card = answered(newSchedule('fsrs', noon, options.settings), 4, noon, options).schedule;
    const back = answered(card, 4, noon - 40 * dayMs, options);
    assert.equal(back.first, false);
    assert.equal(back.schedule.stability, card.stability);
    assert.ok(back.schedule.due > noon - 40 * dayMs);
  });
});

describe('spreading', () => {
  const cases: [interval: number, before: number, range: [number, number]][] = [
    [1, 0, [1, 1]],
    [2, 1, [2, 2]],
    [4, 1, [3, 5]],
    [10, 3, [8, 12]],
    [100, 40, [93, 107]],
    // A right answer never goes back behind the interval before.
    [10, 9, [10, 12]],
  ];
  for (const [interval, before, range] of cases) test(`${interval} days after ${before} may be ${range.join('-')}`, () => assert.deepEqual(fuzzRange(interval, before, 36_500), range));

  test('the same card gets the same day, other cards other days, and all are within the range', () => {
    const given = Array.from({ length: 200 }, (_, card) => spread(100, 40, 36_500, `card-${card}/3`));
    assert.deepEqual(given, Array.from({ length: 200 }, (_, card) => spread(100, 40, 36_500, `card-${card}/3`)));
    assert.ok(given.every((days) => days >= 93 && days <= 107));
    assert.equal(new Set(given).size, 15);
  });
  test('a day with fewer cards is taken first', () => assert.equal(spread(10, 3, 36_500, 'x', (days) => (days === 11 ? 0 : 5)), 11));
});

describe('another algorithm', () => {
  const sm2 = (answers: readonly Confidence[]) => {
    const options = { days, settings: exact('sm2'), seed: 'x' };
    let card = newSchedule('sm2', noon, options.settings);
    const kept: { at: number; confidence: Confidence }[] = [];
    for (const confidence of answers) {
      const at = Math.max(noon, card.due + 3_600_000);
      kept.push({ at, confidence });
      card = answered(card, confidence, at, options).schedule;
    }
    return { card, kept };
  };

  for (const to of ['fsrs', 'leitner', 'fixed'] as const) {
    test(`to ${to}: what it would know from the answers; the due date, the interval and the counts stay`, () => {
      const { card, kept } = sm2([4, 4, 5]);
      const settings = exact(to);
      const now = convert(card, to, kept, days, settings);
      const { interval: _interval, ...known } = replay(to, kept, days, settings) ?? assert.fail();
      assert.deepEqual(now, { ...card, algorithm: to, ...known });
    });
  }
  test('without history, from what the old one knew, and back', () => {
    const { card } = sm2([4, 4, 5]);
    const there = convert(card, 'fsrs', [], days, exact('fsrs'));
    assert.ok(Math.abs(there.stability - 16) < 1.01 && there.difficulty > 1 && there.difficulty < 10);
    const back = convert(there, 'sm2', [], days, exact('sm2'));
    assert.ok(Math.abs(back.ease - card.ease) < 0.01, `${back.ease} is not ${card.ease}`);
    assert.equal(convert(card, 'leitner', [], days, exact('leitner')).box, 4);
  });
  test('a new card is simply new', () => assert.deepEqual(convert(newSchedule('sm2', noon, exact('sm2')), 'fsrs', [], days, exact('fsrs')), newSchedule('fsrs', noon, exact('fsrs'))));
});

test('intervals for buttons', () => {
  const cases: [number, string][] = [[0, 'again'], [1, '1 d'], [45, '45 d'], [90, '3 mo'], [364, '12 mo'], [438, '1.2 y'], [4000, '11 y']];
  for (const [given, expected] of cases) assert.equal(intervalLabel(given), expected);
});
