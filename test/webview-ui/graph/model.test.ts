/** What the page of the graph reckons, without a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitted, revealing, zoomedAt } from '../../../webview-ui/graph/model/camera.ts';
import { levels, noFilters, tagColours, tagsOf, type Filters, type Focus } from '../../../webview-ui/graph/model/filter.ts';
import { placedLabels } from '../../../webview-ui/graph/model/labels.ts';
import { keptPlaces, Layout, type Places } from '../../../webview-ui/graph/model/layout.ts';
import { linkCount, netOf } from '../../../webview-ui/graph/model/net.ts';
import { inTurn, mostLinked, neighbourTowards, type Direction } from '../../../webview-ui/graph/model/walk.ts';
import { ordered, type Column } from '../../../webview-ui/graph/page/order.ts';
import { spoken, summary } from '../../../webview-ui/graph/page/words.ts';
import { graphOf, nothingKept, sampleGraph } from './sample.ts';

function laidOut(graph: ReturnType<typeof sampleGraph>): Places {
  const layout = new Layout(netOf(graph));
  while (layout.work(Infinity, () => 0) < 1);
  return layout.places();
}

test('the same graph is laid out alike, every note at a place of its own, linked ones nearer than others', () => {
  const graph = sampleGraph(150, 300);
  const [one, two] = [laidOut(graph), laidOut(graph)];
  assert.deepEqual(one, two);
  assert.equal(new Set([...one.x].map((x, n) => `${x} ${one.y[n]}`)).size, 150);
  const away = (a: number, b: number) => Math.hypot((one.x[a] ?? 0) - (one.x[b] ?? 0), (one.y[a] ?? 0) - (one.y[b] ?? 0));
  const mean = (pairs: readonly (readonly [number, number])[]) => pairs.reduce((sum, [a, b]) => sum + away(a, b), 0) / pairs.length;
  const linked = Array.from({ length: graph.links.length / 2 }, (_, n) => [graph.links[2 * n] ?? 0, graph.links[2 * n + 1] ?? 0] as const);
  const any = Array.from({ length: 150 * 150 }, (_, n) => [Math.floor(n / 150), n % 150] as const);
  assert(mean(linked) < 0.75 * mean(any), `${mean(linked)} and ${mean(any)}`);
});

test('work is given back between steps', () => {
  let now = 0;
  const layout = new Layout(netOf(sampleGraph(50, 100)));
  const first = layout.work(5, () => (now += 2));
  assert(first > 0 && first < 0.05, String(first));
});

test('what has a place keeps it; what is new stands beside its links and upon nobody; with little known, it is laid out anew', () => {
  const before = graphOf('a-b', 'b-c', 'c-d');
  const kept = { keys: before.nodes.map(({ key }) => key), places: [0, 0, 100, 0, 200, 0, 300, 0] };
  const after = netOf(graphOf('a-b', 'b-c', 'c-d', 'd-new', 'alone'));
  const places = keptPlaces(after, kept);
  assert(places);
  assert.deepEqual([...places.x].slice(0, 4), [0, 100, 200, 300]);
  const [nx = NaN, ny = NaN] = [places.x[4], places.y[4]];
  const away = Math.hypot(nx - 300, ny);
  assert(away >= 14 && away < 60, String(away));
  assert(Math.hypot(places.x[5] ?? 0, places.y[5] ?? 0) > 300, 'a note without links is put at the rim');
  assert.equal(keptPlaces(after, nothingKept), undefined);
  assert.deepEqual([...(keptPlaces(netOf(graphOf('a-c', 'c')), kept)?.x ?? [])], [0, 200], 'what is gone leaves no gap in the order');
});

const cross = { net: netOf(graphOf('m-left', 'm-right', 'up-m', 'm-down', 'm-far', 'other')), places: { x: Float64Array.of(0, -50, 50, 0, 0, 200, 10), y: Float64Array.of(0, 0, 0, -50, 50, 10, -20) } };
const walks: readonly [from: string, way: Direction, to: string | undefined][] = [['m', 'left', 'left'], ['m', 'right', 'right'], ['m', 'up', 'up'], ['m', 'down', 'down'], ['left', 'right', 'm'], ['left', 'left', undefined], ['other', 'left', undefined]];
for (const [from, way, to] of walks) {
  test(`${way} from ${from} along a link: ${to ?? 'nothing'}`, () => {
    const { net, places } = cross;
    const found = neighbourTowards(net, places, net.placeOf(from) ?? -1, way, () => true);
    assert.equal(found === undefined ? undefined : net.nodes[found]?.id, to);
  });
}

test('every neighbour is reached in turn, and none that is hidden', () => {
  const { net, places } = cross;
  const names: string[] = [];
  for (let at: number | undefined, n = 0; n < 6; n++) {
    at = inTurn(net, places, 0, at, 1, (place) => net.nodes[place]?.id !== 'down');
    names.push(net.nodes[at ?? -1]?.id ?? '');
  }
  assert.deepEqual(names, ['up', 'right', 'far', 'left', 'up', 'right']);
  assert.equal(inTurn(net, places, net.placeOf('other') ?? -1, undefined, 1, () => true), undefined);
  assert.equal(mostLinked(net, () => true), 0);
  assert.equal(mostLinked(net, () => false), undefined);
});

const tagged = netOf({
  nodes: [
    { key: 'a', id: 'a', title: 'Alpha', tags: ['PUBLIC', 'x'], isPublic: true, modifiedAt: 3 },
    { key: 'b', id: 'b', title: 'Beta', tags: ['x', 'y'], isPublic: false, modifiedAt: 1 },
    { key: 'c', id: 'c', title: 'Gamma', tags: [], isPublic: false, modifiedAt: 2 },
    { key: 'd', id: 'd', title: 'alpha two', tags: ['y', 'x'], isPublic: true, modifiedAt: 4 },
  ],
  links: [0, 1, 1, 0, 1, 3],
});
const shown: readonly [name: string, filters: Partial<Filters>, focus: Focus | undefined, levels: readonly number[]][] = [
  ['nothing', {}, undefined, [2, 2, 2, 2]],
  ['a word of the title', { text: 'ALPHA' }, undefined, [2, 1, 1, 2]],
  ['all words, in title or tags', { text: 'alpha y' }, undefined, [1, 1, 1, 2]],
  ['one of the tags', { tags: ['y', 'z'] }, undefined, [1, 2, 1, 2]],
  ['public', { visibility: 'public' }, undefined, [2, 1, 1, 2]],
  ['private without links', { visibility: 'private', orphans: true }, undefined, [1, 1, 2, 1]],
  ['a focus', {}, { key: 'a', depth: 1 }, [2, 2, 0, 0]],
  ['a focus of two steps with a filter', { text: 'alpha' }, { key: 'a', depth: 2 }, [2, 1, 0, 2]],
  ['a focus on what is gone', {}, { key: 'gone', depth: 1 }, [2, 2, 2, 2]],
];
for (const [name, filters, focus, expected] of shown) test(`shown by ${name}`, () => assert.deepEqual([...levels(tagged, { ...noFilters, ...filters }, focus)], expected));

test('links are counted each way, and the colour is that of the rarest tag', () => {
  assert.deepEqual([...tagged.neighbours(0)], [1]);
  assert.deepEqual([linkCount(tagged, 0), linkCount(tagged, 1), linkCount(tagged, 2)], [2, 3, 0]);
  const tags = tagsOf(tagged);
  assert.deepEqual(tags, [{ tag: 'x', notes: 3 }, { tag: 'y', notes: 2 }]);
  assert.deepEqual([...tagColours(tagged, tags)], [0, 1, -1, 1]);
});

const orders: readonly [Column, boolean, string][] = [['title', false, 'a d b c'], ['title', true, 'c b d a'], ['links', true, 'b a d c'], ['backlinks', true, 'a d b c'], ['changed', true, 'd a c b'], ['visibility', false, 'a d b c'], ['tags', false, 'c a b d']];
for (const [column, descending, expected] of orders) test(`the table by ${column}${descending ? ', descending' : ''}`, () => assert.equal(ordered(tagged, () => true, { column, descending }).map((place) => tagged.nodes[place]?.id).join(' '), expected));

test('labels never cover each other and are never cut off', () => {
  const wish = fc.record({ place: fc.nat(), x: fc.nat(800), y: fc.nat(600), radius: fc.integer({ min: 2, max: 20 }), width: fc.integer({ min: 10, max: 300 }) });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 120 }), (wishes) => {
      const labels = placedLabels(wishes, 50, 800);
      for (const [n, a] of labels.entries()) {
        if (a.x < 0 || a.x + a.width > 800) return false;
        for (const b of labels.slice(n + 1)) if (a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 15) return false;
      }
      return labels.length <= 50;
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('a title stands to the right of its note, or where there is room', () => {
  const at = (x: number) => ({ place: x, x, y: 50, radius: 8, width: 60 });
  assert.deepEqual(placedLabels([at(50), at(52), at(205)], 9, 215).map(({ place, x }) => [place, Math.round(x)]), [[50, 62], [52, 22], [205, 133]]);
  assert.equal(placedLabels([at(50), at(150)], 1, 200).length, 1);
});

test('zooming keeps the point under the pointer; fitting shows all; a step moves no further than it must', () => {
  const camera = { k: 0.7, x: 13, y: -40 };
  const zoomed = zoomedAt(camera, 1.9, 300, 200);
  assert(Math.abs((300 - camera.x) / camera.k - (300 - zoomed.x) / zoomed.k) < 1e-9);
  const size = { width: 400, height: 300 };
  const places = { x: Float64Array.of(-900, 700, 0), y: Float64Array.of(-100, 50, 400) };
  const all = fitted(places, [0, 1, 2], size);
  for (const n of [0, 1, 2]) {
    const [px, py] = [all.k * (places.x[n] ?? 0) + all.x, all.k * (places.y[n] ?? 0) + all.y];
    assert(px >= 0 && px <= 400 && py >= 0 && py <= 300, `${px} ${py}`);
  }
  assert.equal(revealing(all, -100, 150, size), all);
  const moved = revealing({ k: 1, x: 0, y: 0 }, 1000, 150, size);
  assert.deepEqual([moved.x + 1000 <= 400, moved.y], [true, 0]);
  assert.deepEqual(fitted(places, [], size), { k: 1, x: 200, y: 150 });
});

test('a note is told in words', () => {
  assert.equal(spoken(tagged, 1), 'Beta, private, 2 links, 1 backlink, tags x, y');
  assert.equal(summary(3, 10, 7, true), '3 of 10 notes');
  assert.equal(summary(1, 1, 0, false), '1 note, 0 links');
});
