/** What one would write first: an SVG circle for each prompt, moved at each step; or a canvas with an arc for each. */
import type { PromptColumns } from '../../src/protocol/timeline.ts';

const width = 1250;
const height = 600;
const lanes = 40;
const colours = ['#888888', '#d55e00', '#e69f00', '#f0e442', '#56b4e9', '#0072b2'];

const radius = (length: number) => 4 + Math.sqrt(length) / 6;
const laneY = (project: number) => ((project + 0.5) * height) / lanes;

export function circles(root: HTMLElement, prompts: PromptColumns): (from: number, to: number) => void {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const all = Array.from({ length: prompts.count }, (_, row) => {
    const circle = document.createElementNS(namespace, 'circle');
    circle.setAttribute('cy', String(laneY(prompts.project[row] ?? 0)));
    circle.setAttribute('r', String(radius(prompts.length[row] ?? 0)));
    circle.setAttribute('fill', colours[prompts.rating[row] ?? 0] ?? '');
    svg.append(circle);
    return circle;
  });
  root.append(svg);
  return (from, to) => {
    for (let row = 0; row < all.length; row++) all[row]?.setAttribute('cx', String((((prompts.at[row] ?? 0) - from) / (to - from)) * width));
  };
}

export function arcs(root: HTMLElement, prompts: PromptColumns): (from: number, to: number) => void {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  root.append(canvas);
  const context = canvas.getContext('2d');
  return (from, to) => {
    if (!context) return;
    context.clearRect(0, 0, width, height);
    for (let row = 0; row < prompts.count; row++) {
      const x = (((prompts.at[row] ?? 0) - from) / (to - from)) * width;
      if (x < -20 || x > width + 20) continue;
      context.fillStyle = colours[prompts.rating[row] ?? 0] ?? '';
      context.beginPath();
      context.arc(x, laneY(prompts.project[row] ?? 0), radius(prompts.length[row] ?? 0), 0, 2 * Math.PI);
      context.fill();
    }
  };
}
