import { svg } from '../shared/dom.ts';
import type { Mark } from './words.ts';

/** Shapes that differ without colour, on a square of 16. */
const shapes: Readonly<Record<Mark, string>> = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  dot: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 7.9v.2',
  half: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 2.5v11',
};

export function icon(mark: Mark): SVGElement {
  return svg('svg', { class: `icon ${mark}`, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, svg('path', { d: shapes[mark] }));
}
