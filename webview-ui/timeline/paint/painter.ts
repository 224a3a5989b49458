/** Paints lanes and bubbles onto a canvas. */
import type { Bubbles, Sizes } from '../model/levelOfDetail.ts';
import { labelled } from '../model/levelOfDetail.ts';
import { shortCount } from '../../shared/format.ts';
import { BubbleSprites } from './bubbleSprite.ts';
import { Digits } from './digits.ts';
import type { Palette } from './palette.ts';
import { Raster } from './raster.ts';

/** What a picture shows; lengths in CSS pixels. */
export interface Scene extends Sizes {
  readonly bubbles: Bubbles;
  readonly rating: Uint8Array;
  readonly visibility: Uint8Array;
  readonly laneCount: number;
  readonly gridLines: readonly number[];
  readonly midnights: readonly number[];
  readonly now: number | undefined;
}

export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #canvas: HTMLCanvasElement;
  #palette: Palette;
  #sprites: BubbleSprites;
  #digits: Digits;
  #scale = 1;
  #raster = new Raster(1, 1);
  #image = new ImageData(1, 1);

  constructor(canvas: HTMLCanvasElement, palette: Palette) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser has no canvas.');
    this.#context = context;
    this.#canvas = canvas;
    this.#palette = palette;
    this.#sprites = new BubbleSprites(palette, 1);
    this.#digits = new Digits(10, palette.font);
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#sprites = new BubbleSprites(palette, this.#scale);
    this.#digits = new Digits(Math.round(10 * this.#scale), palette.font);
  }

  /** @param width,height CSS pixels. */
  resize(width: number, height: number, scale: number): void {
    const pixels = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    if (this.#canvas.width === pixels.width && this.#canvas.height === pixels.height && this.#scale === scale) return;
    this.#canvas.width = pixels.width;
    this.#canvas.height = pixels.height;
    this.#image = new ImageData(pixels.width, pixels.height);
    this.#raster = new Raster(pixels.width, pixels.height, this.#image.data.buffer);
    this.#scale = scale;
    this.setPalette(this.#palette);
  }

  paint(scene: Scene): void {
    this.#ground(scene);
    this.#bubbles(scene);
    if (scene.bubbles.clustered) this.#counts(scene);
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** A ring around a place, after `paint`. */
  ring(x: number, y: number, radius: number, style: string, thickness: number): void {
    const context = this.#context;
    context.save();
    context.scale(this.#scale, this.#scale);
    context.lineWidth = thickness;
    context.strokeStyle = style;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
    context.restore();
  }

  #ground({ laneHeight, laneCount, gridLines, midnights, now }: Scene): void {
    const { background, stripe, grid, midnight } = this.#palette;
    const scale = this.#scale;
    const raster = this.#raster;
    raster.fill(background);
    for (let lane = 1; lane < laneCount; lane += 2) raster.rectangle(0, lane * laneHeight * scale, raster.width, laneHeight * scale, stripe);
    for (const x of gridLines) raster.verticalLine(x * scale, Math.max(1, Math.floor(scale)), grid);
    for (const x of midnights) raster.verticalLine(x * scale - 0.5, Math.max(1, Math.round(1.5 * scale)), midnight);
    if (now !== undefined) raster.verticalLine(now * scale - 0.5, Math.max(1, Math.round(1.5 * scale)), this.#palette.now, Math.round(4 * scale));
  }

  #bubbles({ bubbles, radius, offset, rating, visibility, laneHeight }: Scene): void {
    const scale = this.#scale;
    const { count, row, x, lane } = bubbles;
    for (let n = 0; n < count; n++) {
      const which = row[n] ?? 0;
      const left = (x[n] ?? 0) * scale;
      const whole = Math.floor(left);
      const sprite = this.#sprites.get(rating[which] ?? 0, radius[which] ?? 0, left - whole, visibility[which] === 2);
      this.#raster.stamp(sprite, whole, Math.round((((lane[n] ?? 0) + 0.5) * laneHeight + (offset[which] ?? 0)) * scale));
    }
  }

  #counts({ bubbles, radius, offset, visibility, laneHeight }: Scene): void {
    const scale = this.#scale;
    const { badge, badgeText, muted } = this.#palette;
    const pad = Math.round(3 * scale);
    for (const n of labelled(bubbles)) {
      const row = bubbles.row[n] ?? 0;
      const text = shortCount(bubbles.size[n] ?? 0);
      const width = this.#digits.width(text) + 2 * pad;
      const height = this.#digits.height;
      const lane = bubbles.lane[n] ?? 0;
      const x = Math.round((bubbles.x[n] ?? 0) * scale - width / 2);
      const middle = (lane + 0.5) * laneHeight + (offset[row] ?? 0);
      // Above the bubble, or below it where the lane has no room above.
      const above = middle - (radius[row] ?? 0) + 1 - height / scale;
      const y = Math.round((above > lane * laneHeight ? above : middle + (radius[row] ?? 0) - 1) * scale);
      this.#raster.rectangle(x + 1, y, width - 2, height, badge);
      this.#raster.rectangle(x, y + 1, width, height - 2, badge);
      this.#digits.write(this.#raster, text, x + pad, y, visibility[row] === 2 ? badgeText : muted);
    }
  }
}
