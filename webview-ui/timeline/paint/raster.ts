/**
 * Pixels in memory. Ten thousand bubbles are several times faster stamped here than drawn as arcs,
 * where there is no GPU (remote desktops, virtual machines); `npm run bench timeline` compares the two.
 */

/** Alpha, blue, green, red in one number, as `ImageData` has them on every machine that runs a browser. */
export type Colour = number;

export function colour(red: number, green: number, blue: number, alpha = 255): Colour {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`, as computed styles have it; what is none becomes `otherwise`. */
export function parseColour(text: string, otherwise: Colour): Colour {
  const match = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+%?))?\s*\)$/.exec(text);
  const srgb = match ? undefined : /^color\(srgb\s+([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)(?:\s*\/\s*([\d.]+%?))?\s*\)$/.exec(text);
  const found = match ?? srgb;
  if (!found) return otherwise;
  const part = (i: number) => Math.max(0, Math.min(255, Math.round(Number(found[i]) * (srgb ? 255 : 1))));
  const opacity = found[4] === undefined ? 1 : found[4].endsWith('%') ? Number(found[4].slice(0, -1)) / 100 : Number(found[4]);
  return colour(part(1), part(2), part(3), Math.round(opacity * 255));
}

/** `share` of `over` on `under`; the result is opaque. */
export function mix(under: Colour, over: Colour, share: number): Colour {
  const part = (shift: number) => Math.round(((under >>> shift) & 255) * (1 - share) + ((over >>> shift) & 255) * share);
  return colour(part(0), part(8), part(16));
}

/** A colour with an alpha, put on an opaque one. */
export const flatten = (under: Colour, over: Colour): Colour => mix(under, over, (over >>> 24) / 255);

/** A small picture that is stamped often. Transparent pixels are 0. */
export interface Sprite {
  readonly size: number;
  readonly pixels: Uint32Array;
  /** For each line four columns: where it begins to be seen, where it is opaque from and to, where it ends. */
  readonly lines: Uint8Array;
}

/** @param size Odd, at most 255. */
export function sprite(size: number, pixels: Uint32Array): Sprite {
  const lines = new Uint8Array(size * 4);
  for (let line = 0; line < size; line++) {
    const alpha = Array.from(pixels.subarray(line * size, (line + 1) * size), (value) => value >>> 24);
    const first = alpha.findIndex((one) => one > 0);
    const opaque = alpha.indexOf(255);
    if (first < 0) continue;
    const last = alpha.findLastIndex((one) => one > 0) + 1;
    const run = opaque < 0 ? 0 : alpha.slice(opaque).findIndex((one) => one !== 255);
    lines.set([first, opaque < 0 ? last : opaque, opaque < 0 ? last : run < 0 ? size : opaque + run, last], line * 4);
  }
  return { size, pixels, lines };
}

/** Only how much of each pixel is covered, 0 to 255; its colour is chosen when it is stamped. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly alpha: Uint8Array;
}

export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;

  constructor(width: number, height: number, buffer: ArrayBufferLike = new ArrayBuffer(width * height * 4)) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint32Array(buffer);
  }

  fill(value: Colour): void {
    this.pixels.fill(value);
  }

  /** A rectangle in an opaque colour, cut at the edges. */
  rectangle(x: number, y: number, width: number, height: number, value: Colour): void {
    const left = Math.max(0, Math.round(x));
    const right = Math.min(this.width, Math.round(x + width));
    if (right <= left) return;
    for (let row = Math.max(0, Math.round(y)), end = Math.min(this.height, Math.round(y + height)); row < end; row++) {
      this.pixels.fill(value, row * this.width + left, row * this.width + right);
    }
  }

  /** A vertical line of whole pixels, dashed when `dash` is given. */
  verticalLine(x: number, thickness: number, value: Colour, dash = 0): void {
    if (dash === 0) {
      this.rectangle(x, 0, thickness, this.height, value);
      return;
    }
    for (let y = 0; y < this.height; y += 2 * dash) this.rectangle(x, y, thickness, dash, value);
  }

  /** Puts the sprite's middle pixel at (x, y). */
  stamp(sprite: Sprite, x: number, y: number): void {
    const { size, pixels, lines } = sprite;
    const { width, pixels: ground } = this;
    const half = size >> 1;
    const left = x - half;
    const top = y - half;
    const least = left < 0 ? -left : 0;
    const most = left + size > width ? width - left : size;
    for (let row = top < 0 ? -top : 0, end = top + size > this.height ? this.height - top : size; row < end; row++) {
      const from = Math.max(least, lines[row * 4] as number);
      const to = Math.min(most, lines[row * 4 + 3] as number);
      const opaqueFrom = Math.min(to, Math.max(from, lines[row * 4 + 1] as number));
      const opaqueTo = Math.max(opaqueFrom, Math.min(to, lines[row * 4 + 2] as number));
      const source = row * size;
      const target = (top + row) * width + left;
      for (let column = from; column < opaqueFrom; column++) ground[target + column] = blend(ground[target + column] as number, pixels[source + column] as number);
      for (let column = opaqueFrom; column < opaqueTo; column++) ground[target + column] = pixels[source + column] as number;
      for (let column = opaqueTo; column < to; column++) ground[target + column] = blend(ground[target + column] as number, pixels[source + column] as number);
    }
  }

  /** Puts the mask's upper left pixel at (x, y). */
  stampMask(mask: Mask, x: number, y: number, value: Colour): void {
    for (let row = 0; row < mask.height; row++) {
      const line = y + row;
      if (line < 0 || line >= this.height) continue;
      for (let column = 0; column < mask.width; column++) {
        const at = x + column;
        const alpha = mask.alpha[row * mask.width + column] as number;
        if (alpha === 0 || at < 0 || at >= this.width) continue;
        const target = line * this.width + at;
        this.pixels[target] = blend(this.pixels[target] as number, value, alpha);
      }
    }
  }
}

/** Two channels at a time; the ground is opaque and stays so. */
function blend(under: number, over: number, alpha = over >>> 24): number {
  const rest = 256 - alpha - (alpha >> 7);
  const share = 256 - rest;
  const redBlue = (((under & 0xff00ff) * rest + (over & 0xff00ff) * share) >>> 8) & 0xff00ff;
  const green = (((under & 0x00ff00) * rest + (over & 0x00ff00) * share) >>> 8) & 0x00ff00;
  return (0xff000000 | redBlue | green) >>> 0;
}
