/** How a prompt looks: colour and shape both tell the rating, so that neither has to be seen well. */
import { colour, mix, sprite, type Colour, type Sprite } from './raster.ts';

export interface BubbleColours {
  readonly background: Colour;
  /** By rating; 0 is unrated. */
  readonly ratings: readonly Colour[];
}

/** What lies at a place of the bubble. */
type Layer = 'outside' | 'ring' | 'colour' | 'pale';

/**
 * 0 a plain disc; 1 a thin ring; 2 a thick ring; 3 filled to the half; 4 a full disc with a rim; 5 a disc with a halo.
 * @param x,y From the middle; @param radius in the same unit. Around each lies a hairline of background.
 */
function layerAt(rating: number, x: number, y: number, radius: number, hairline: number): Layer {
  const distance = Math.sqrt(x * x + y * y);
  if (distance > radius + hairline) return 'outside';
  if (distance > radius) return 'ring';
  const inner = radius - distance;
  const thin = Math.max(1.4 * hairline, radius * 0.2);
  switch (rating) {
    case 1:
      return inner <= thin ? 'colour' : 'pale';
    case 2:
      return inner <= Math.max(2 * hairline, radius * 0.45) ? 'colour' : 'pale';
    case 3:
      return inner <= thin || y >= 0 ? 'colour' : 'pale';
    case 5:
      return inner <= Math.max(hairline, radius * 0.14) || inner > Math.max(2 * hairline, radius * 0.34) ? 'colour' : 'ring';
    default:
      return 'colour';
  }
}

const samples = 4;

/**
 * @param radius Device pixels.
 * @param shift Of the middle to the right, 0 to 1 pixel.
 * @param strength 1 lit, less is dimmed towards the background.
 */
export function bubbleSprite(rating: number, radius: number, shift: number, strength: number, scale: number, { background, ratings }: BubbleColours): Sprite {
  const hairline = scale;
  const half = Math.ceil(radius + hairline) + 1;
  const size = 2 * half + 1;
  const full = mix(background, ratings[rating] ?? ratings[0] ?? background, strength);
  const pale = mix(background, full, 0.22);
  const pixels = new Uint32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) pixels[row * size + column] = pixel(row, column);
  }
  return sprite(size, pixels);

  function pixel(row: number, column: number): Colour {
    let red = 0;
    let green = 0;
    let blue = 0;
    let covered = 0;
    for (let i = 0; i < samples * samples; i++) {
      const x = column - half + ((i % samples) + 0.5) / samples - 0.5 - shift;
      const y = row - half + (Math.floor(i / samples) + 0.5) / samples - 0.5;
      const layer = layerAt(rating, x, y, radius, hairline);
      if (layer === 'outside') continue;
      const value = layer === 'colour' ? full : layer === 'pale' ? pale : background;
      covered++;
      red += value & 255;
      green += (value >>> 8) & 255;
      blue += (value >>> 16) & 255;
    }
    if (covered === 0) return 0;
    return colour(Math.round(red / covered), Math.round(green / covered), Math.round(blue / covered), Math.round((255 * covered) / (samples * samples)));
  }
}

export const dimmed = 0.2;
const phases = 4;

/** Makes each sprite once; a new one for other colours or another screen. */
export class BubbleSprites {
  readonly #known = new Map<number, Sprite>();
  readonly #colours: BubbleColours;
  readonly #scale: number;

  /** @param scale Device pixels in a CSS pixel. */
  constructor(colours: BubbleColours, scale: number) {
    this.#colours = colours;
    this.#scale = scale;
  }

  /** @param radius CSS pixels. @param fraction Of a device pixel that it stands to the right. */
  get(rating: number, radius: number, fraction: number, lit: boolean): Sprite {
    const phase = Math.min(phases - 1, Math.floor(fraction * phases));
    const key = ((radius * 8 + Math.min(rating, 7)) * phases + phase) * 2 + (lit ? 1 : 0);
    let known = this.#known.get(key);
    if (!known) {
      known = bubbleSprite(rating, radius * this.#scale, phase / phases, lit ? 1 : dimmed, this.#scale, this.#colours);
      this.#known.set(key, known);
    }
    return known;
  }
}
