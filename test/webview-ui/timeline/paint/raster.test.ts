import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bubbleSprite } from '../../../../webview-ui/timeline/paint/bubbleSprite.ts';
import { colour, flatten, mix, parseColour, Raster, sprite } from '../../../../webview-ui/timeline/paint/raster.ts';

const black = colour(0, 0, 0);
const white = colour(255, 255, 255);
const red = colour(255, 0, 0);

test('colours as computed styles write them', () => {
  assert.equal(parseColour('rgb(255, 0, 0)', black), red);
  assert.equal(parseColour('rgba(255, 0, 0, 0.5)', black), colour(255, 0, 0, 128));
  assert.equal(parseColour('rgb(255 0 0 / 50%)', black), colour(255, 0, 0, 128));
  assert.equal(parseColour('color(srgb 1 0 0)', black), red);
  assert.equal(parseColour('nonsense', white), white);
  assert.equal(mix(black, white, 0.5), colour(128, 128, 128));
  assert.equal(flatten(black, colour(255, 255, 255, 0)), black);
});

test('rectangles and lines are cut at the edges', () => {
  const raster = new Raster(4, 3);
  raster.fill(black);
  raster.rectangle(-5, 1, 7, 50, red);
  raster.verticalLine(3, 1, white, 1);
  assert.deepEqual([...raster.pixels].map((pixel) => (pixel === red ? 'r' : pixel === white ? 'w' : '.')).join(''), '...wrr..rr.w');
});

test('a stamp is cut at every edge and changes nothing outside of it', () => {
  const square = sprite(3, new Uint32Array(9).fill(red));
  for (const [x, y, reds] of [[2, 2, 9], [0, 0, 4], [4, 4, 4], [2, -1, 3], [2, -2, 0], [-9, 2, 0], [9, 9, 0]] as const) {
    const raster = new Raster(5, 5);
    raster.fill(black);
    raster.stamp(square, x, y);
    assert.equal(raster.pixels.filter((pixel) => pixel === red).length, reds, `${x}, ${y}`);
    assert.equal(raster.pixels.filter((pixel) => pixel === black).length, 25 - reds);
  }
});

test('half-transparent pixels are mixed with the ground, which stays opaque', () => {
  const raster = new Raster(1, 1);
  raster.fill(black);
  raster.stamp(sprite(1, Uint32Array.of(colour(255, 255, 255, 128))), 0, 0);
  const [pixel = 0] = raster.pixels;
  assert.equal(pixel >>> 24, 255);
  assert(Math.abs((pixel & 255) - 128) <= 1);
  raster.stampMask({ width: 1, height: 1, alpha: Uint8Array.of(255) }, 0, 0, red);
  assert.equal(raster.pixels[0], red);
});

const colours = { background: black, ratings: [1, 2, 3, 4, 5, 6].map((n) => colour(n * 40, 255 - n * 40, 128)) };

test('each rating differs from every other in shape, also without colour', () => {
  const shapes = [0, 1, 2, 3, 4, 5].map((rating) => {
    const { pixels } = bubbleSprite(rating, 10, 0, 1, 1, { background: black, ratings: new Array<number>(6).fill(white) });
    return pixels;
  });
  const different = (a: Uint32Array, b: Uint32Array) => a.filter((pixel, i) => Math.abs((pixel & 255) - (b[i]! & 255)) > 60).length;
  for (let a = 1; a < 6; a++) for (let b = 1; b < a; b++) assert(different(shapes[a]!, shapes[b]!) > 20, `${a} and ${b}`);
});

test('a bubble has a hairline of the background around it, and is as large as it should be', () => {
  for (const scale of [2, 3]) {
    const { size, pixels } = bubbleSprite(4, 8 * scale, 0, 1, scale, colours);
    const middle = size >> 1;
    const at = (x: number) => pixels[middle * size + middle + x]!;
    assert.equal(at(0), colours.ratings[4]);
    assert.equal(at(8 * scale - 1), colours.ratings[4]);
    assert.equal(at(8 * scale + 1) & 0xffffff, 0, 'background');
    assert.equal(at(9 * scale + 1) >>> 24, 0, 'nothing further out');
  }
});

test('dimmed ones are nearer to the background', () => {
  const middle = ({ size, pixels }: ReturnType<typeof bubbleSprite>) => pixels[(size >> 1) * size + (size >> 1)]! & 255;
  assert(middle(bubbleSprite(5, 8, 0, 0.2, 1, colours)) < middle(bubbleSprite(5, 8, 0, 1, 1, colours)) / 2);
});
