/** Line icons on a 16-pixel grid, in the colour of the text. */
const paths = {
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z', 'm10.3 10.3 3.7 3.7'],
  close: ['m4 4 8 8', 'm12 4-8 8'],
  chevronDown: ['m4 6 4 4 4-4'],
  chevronLeft: ['m10 3.5-4.5 4.5 4.5 4.5'],
  chevronRight: ['m6 3.5 4.5 4.5-4.5 4.5'],
  calendar: ['M2.5 3.5h11v10h-11z', 'M2.5 6.5h11', 'M5.5 1.8v3', 'M10.5 1.8v3'],
  plus: ['M8 3v10', 'M3 8h10'],
  minus: ['M3 8h10'],
  fit: ['M2 8h12', 'm5 5-3 3 3 3', 'm11 5 3 3-3 3'],
  area: ['M2.5 5V2.5H5', 'M7 2.5h2', 'M11 2.5h2.5V5', 'M13.5 7v2', 'M13.5 11v2.5H11', 'M9 13.5H7', 'M5 13.5H2.5V11', 'M2.5 9V7'],
  copy: ['M5.5 5.5h8v8h-8z', 'M10.5 5.5v-3h-8v8h3'],
  globe: ['M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z', 'M2 8h12', 'M8 2c2.2 1.7 2.2 10.3 0 12', 'M8 2c-2.2 1.7-2.2 10.3 0 12'],
  session: ['M2.5 3h11v8h-6l-3 2.5V11h-2z'],
  arrowUp: ['M8 13V3', 'm4 7 4-4 4 4'],
  arrowDown: ['M8 3v10', 'm4 9 4 4 4-4'],
  play: ['M5 3.2v9.6l7.5-4.8z'],
  save: ['M8 2.5v7.5', 'm5 7.5 3 3 3-3', 'M2.5 13.5h11'],
  note: ['M3.5 2.5h9v8l-3 3h-6z', 'M12.5 10.5h-3v3', 'M5.5 5.5h5', 'M5.5 8h4'],
} as const;
export type IconName = keyof typeof paths;

const namespace = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths[name]) {
    const path = document.createElementNS(namespace, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export function star(): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'star');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', 'm8 1.8 1.9 4 4.4.5-3.3 3 .9 4.3L8 11.5l-3.9 2.1.9-4.3-3.3-3 4.4-.5z');
  svg.append(path);
  return svg;
}
