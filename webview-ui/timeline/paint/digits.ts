/** Counts written into a raster: each letter is drawn once by the browser and then stamped. */
import type { Colour, Mask, Raster } from './raster.ts';

export class Digits {
  readonly #masks = new Map<string, Mask>();
  readonly #font: string;
  readonly #height: number;

  /** @param size Device pixels. */
  constructor(size: number, family: string) {
    this.#font = `600 ${size}px ${family}`;
    this.#height = Math.ceil(size * 1.25);
  }

  get height(): number {
    return this.#height;
  }

  width(text: string): number {
    let width = 0;
    for (const letter of text) width += this.#mask(letter).width;
    return width;
  }

  write(raster: Raster, text: string, x: number, y: number, colour: Colour): void {
    let at = Math.round(x);
    for (const letter of text) {
      const mask = this.#mask(letter);
      raster.stampMask(mask, at, Math.round(y), colour);
      at += mask.width;
    }
  }

  #mask(letter: string): Mask {
    let mask = this.#masks.get(letter);
    if (!mask) this.#masks.set(letter, (mask = drawLetter(letter, this.#font, this.#height)));
    return mask;
  }
}

function drawLetter(letter: string, font: string, height: number): Mask {
  const canvas = document.createElement('canvas');
  canvas.height = height;
  canvas.width = 1;
  const measuring = canvas.getContext('2d');
  if (!measuring) return { width: 0, height: 0, alpha: new Uint8Array(0) };
  measuring.font = font;
  const width = Math.max(1, Math.ceil(measuring.measureText(letter).width));
  canvas.width = width;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { width: 0, height: 0, alpha: new Uint8Array(0) };
  context.font = font;
  context.textBaseline = 'middle';
  context.fillText(letter, 0, height / 2);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, alpha: Uint8Array.from({ length: width * height }, (_, i) => data[i * 4 + 3] ?? 0) };
}
