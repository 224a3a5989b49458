import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bubbleAt, cellWidth, detailLimit, labelled, LevelOfDetail, type Points } from '../../../../webview-ui/timeline/model/levelOfDetail.ts';
import { lowerBound } from '../../../../webview-ui/timeline/model/viewport.ts';
import { offsets, radii } from '../../../../webview-ui/timeline/model/sizes.ts';
import { random } from '../harness/prompts.ts';

function points(count: number, options: { readonly spread?: number; readonly projects?: number } = {}): Points {
  const next = random(5);
  const { spread = 1e9, projects = 3 } = options;
  const x = Float64Array.from({ length: count }, () => next() * spread).sort();
  return { x, rows: undefined, project: Uint16Array.from({ length: count }, () => next() * projects), radius: Uint8Array.from({ length: count }, () => 4 + next() * 12), visibility: new Uint8Array(count).fill(2) };
}
const laneOf = Uint16Array.of(0, 1, 2);
const frameOf = (from: number, to: number) => ({ from, to, width: 1200, laneOf, laneCount: 4 });
const draw = (all: Points, from: number, to: number) => new LevelOfDetail().bubbles(all, frameOf(from, to), lowerBound(all.x, from), lowerBound(all.x, to));

test('few prompts are all drawn, where they are', () => {
  const all = points(detailLimit);
  const found = draw(all, 0, 1e9);
  assert.equal(found.count, detailLimit);
  assert(!found.clustered);
  for (let n = 0; n < found.count; n++) assert(Math.abs(found.x[n]! - (all.x[found.row[n]!]! / 1e9) * 1200) < 1e-6);
});

test('of many, each cell keeps its largest and counts all', () => {
  const all = points(60_000);
  const found = draw(all, 0, 1e9);
  assert(found.clustered);
  assert(found.count <= 3 * (1200 / cellWidth + 2));
  assert.equal(found.size.slice(0, found.count).reduce((a, b) => a + b, 0), 60_000);
  assert.equal(found.total, 60_000);
  assert.deepEqual(found.inView.reduce((a, b) => a + b, 0), 60_000);
  const cell = (row: number) => `${laneOf[all.project[row]!]}/${Math.floor(((all.x[row]! / 1e9) * 1200) / cellWidth)}`;
  const largest = new Map<string, number>();
  for (let row = 0; row < 60_000; row++) largest.set(cell(row), Math.max(largest.get(cell(row)) ?? 0, all.radius[row]!));
  for (let n = 0; n < found.count; n++) assert.equal(all.radius[found.row[n]!], largest.get(cell(found.row[n]!)));
});

test('while it is dragged, the same bubbles stand for the same prompts', () => {
  const all = points(60_000);
  const step = (1e9 / 1200) * 37;
  const rows = (from: number) => {
    const found = draw(all, from, from + 5e8);
    return new Set([...found.row.slice(0, found.count)].filter((_, n) => found.x[n]! > 60 && found.x[n]! < 1140).map((row) => row));
  };
  const before = rows(2e8);
  const after = rows(2e8 + step);
  const both = [...before].filter((row) => all.x[row]! > 2e8 + step + 6e7 && all.x[row]! < 2e8 + 5e8 - 6e7);
  assert(both.length > 100);
  for (const row of both) assert(after.has(row), `row ${row} went away`);
});

test('hidden prompts are not there, lit ones come before larger dimmed ones, and lie above them', () => {
  const all = points(20_000);
  const visibility = Uint8Array.from({ length: 20_000 }, (_, row) => (row % 7 === 0 ? 2 : row % 7 === 1 ? 0 : 1));
  const found = draw({ ...all, visibility }, 0, 1e9);
  assert.equal(found.total, visibility.filter((seen) => seen > 0).length);
  assert.equal(found.lit, visibility.filter((seen) => seen === 2).length);
  const seen = [...found.row.slice(0, found.count)].map((row) => visibility[row]!);
  assert(!seen.includes(0));
  assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  const lit = new Set<string>();
  const cell = (row: number) => `${all.project[row]}/${Math.floor(((all.x[row]! / 1e9) * 1200) / cellWidth)}`;
  visibility.forEach((one, row) => one === 2 && lit.add(cell(row)));
  for (let n = 0; n < found.count; n++) assert.equal(visibility[found.row[n]!] === 2, lit.has(cell(found.row[n]!)));
});

test('small bubbles lie on large ones', () => {
  const all = points(4000);
  const found = draw(all, 0, 1e9);
  const sizes = [...found.row.slice(0, found.count)].map((row) => all.radius[row]!);
  assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
});

test('a million prompts of one minute are one cell for each lane, and can be taken apart', () => {
  const all = points(200_000, { spread: 60_000 });
  const year = draw(all, -1e10, 2e10);
  assert.equal(year.count, 3);
  assert.equal(year.size[0]! + year.size[1]! + year.size[2]!, 200_000);
  assert(draw(all, 0, 400).count > 100, 'within the minute');
});

test('the place of a bubble is found again; the uppermost of several wins', () => {
  const all = points(500);
  const offset = offsets(Uint32Array.from({ length: 500 }, (_, i) => i), all.radius, 60);
  const sizes = { radius: all.radius, offset, laneHeight: 60 };
  const found = draw(all, 0, 1e9);
  for (let n = 0; n < found.count; n++) {
    const row = found.row[n]!;
    const hit = bubbleAt(found, sizes, found.x[n]!, (found.lane[n]! + 0.5) * 60 + offset[row]!);
    assert(hit >= 0);
    assert(Math.abs(found.x[hit]! - found.x[n]!) < 1e-9 || hit === n || bubbleDistance(hit, n) < 1, 'nearest');
  }
  function bubbleDistance(a: number, b: number): number {
    return Math.hypot(found.x[a]! - found.x[b]!, offset[found.row[a]!]! - offset[found.row[b]!]!);
  }
  assert.equal(bubbleAt(found, sizes, 600, 239), -1, 'the empty lane');
});

test('counts are written far enough from each other', () => {
  const found = draw(points(100_000), 0, 1e9);
  const shown = labelled(found);
  assert(shown.length > 30);
  for (const lane of [0, 1, 2]) {
    const places = shown.filter((n) => found.lane[n] === lane).map((n) => found.x[n]!).sort((a, b) => a - b);
    for (let i = 1; i < places.length; i++) assert(places[i]! - places[i - 1]! >= 28);
  }
});

test('bubbles grow with the length, by area, and stay in their lane', () => {
  const lengths = Uint32Array.of(0, 10, 100, 1000, 4000, 4_000_000_000);
  for (const laneHeight of [34, 50, 64]) {
    const radius = radii(lengths, laneHeight);
    assert.deepEqual([...radius], [...radius].toSorted((a, b) => a - b));
    assert.equal(radius[0], 4);
    assert.equal(radius[4], radius[5]);
    const offset = offsets(Uint32Array.from(lengths, (_, i) => i * 7919), radius, laneHeight);
    radius.forEach((r, i) => assert(r + Math.abs(offset[i]!) <= laneHeight / 2, `${r} + ${offset[i]} in ${laneHeight}`));
  }
});
