/** What is on the canvas. */
import type { Page } from 'playwright-core';

export interface Spot {
  /** CSS pixels within the lanes, the middle of all pixels in this colour. */
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
}

/** Pixels that have exactly the colour of a rating, as the theme has it. */
export function spotOf(page: Page, rating: number): Promise<Spot> {
  return page.evaluate((wanted) => {
    const probe = document.createElement('span');
    probe.style.color = `var(--tl-rating-${wanted})`;
    document.querySelector('.page')?.append(probe);
    const [red, green, blue] = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number);
    probe.remove();
    const canvas = document.querySelector<HTMLCanvasElement>('.stage canvas.bubbles');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return { x: NaN, y: NaN, pixels: 0 };
    const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
    const spot = { x: 0, y: 0, pixels: 0 };
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== red || data[i + 1] !== green || data[i + 2] !== blue) continue;
      spot.pixels++;
      spot.x += (i / 4) % width;
      spot.y += Math.floor(i / 4 / width);
    }
    return { x: spot.x / spot.pixels / devicePixelRatio, y: spot.y / spot.pixels / devicePixelRatio, pixels: spot.pixels };
  }, rating);
}

export async function ground(page: Page): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const box = await page.locator('.ground').boundingBox();
  if (!box) throw new Error('There are no lanes.');
  return box;
}

/** Two frames: what an event changed has been drawn. */
export function drawn(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
}
