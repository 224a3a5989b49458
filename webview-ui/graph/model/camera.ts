/** From the graph's own lengths to pixels and back. */
import type { Places } from './layout.ts';

export interface Camera {
  /** Pixels = k · length + x, y. */
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const zoomLimits = [0.02, 8] as const;
const MARGIN = 48;
/** A few notes alone are not blown up. */
const LARGEST_FIT = 2.4;

/** Shows all of these places. */
export function fitted({ x, y }: Places, which: Iterable<number>, { width, height }: Size): Camera {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const place of which) {
    const [px = 0, py = 0] = [x[place], y[place]];
    left = Math.min(left, px);
    right = Math.max(right, px);
    top = Math.min(top, py);
    bottom = Math.max(bottom, py);
  }
  if (left > right) return { k: 1, x: width / 2, y: height / 2 };
  const fit = Math.min((width - 2 * MARGIN) / Math.max(1, right - left), (height - 2 * MARGIN) / Math.max(1, bottom - top), LARGEST_FIT);
  const k = Math.max(zoomLimits[0], fit);
  return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

/** Zooms about a point of the screen, which stays where it is. */
export function zoomedAt(camera: Camera, factor: number, px: number, py: number): Camera {
  const k = Math.min(zoomLimits[1], Math.max(zoomLimits[0], camera.k * factor));
  const by = k / camera.k;
  return { k, x: px - (px - camera.x) * by, y: py - (py - camera.y) * by };
}

/** The least move that brings a point of the graph well into sight. */
export function revealing(camera: Camera, gx: number, gy: number, { width, height }: Size): Camera {
  const [px, py] = [camera.k * gx + camera.x, camera.k * gy + camera.y];
  const [mx, my] = [Math.min(MARGIN * 2, width / 4), Math.min(MARGIN * 2, height / 4)];
  const dx = px < mx ? mx - px : px > width - mx ? width - mx - px : 0;
  const dy = py < my ? my - py : py > height - my ? height - my - py : 0;
  return dx === 0 && dy === 0 ? camera : { k: camera.k, x: camera.x + dx, y: camera.y + dy };
}

/** Notes grow slower than the space between them, so that they neither vanish nor cover each other. */
export const drawnRadius = (radius: number, k: number): number => Math.max(1.5, radius * Math.min(1.4, k ** 0.7));
