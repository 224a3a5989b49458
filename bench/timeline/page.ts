/** Runs in the browser: the timeline over made-up prompts, and two plain ways to draw the same. */
import '../../webview-ui/timeline/page/page.css';
import '../../webview-ui/timeline/page/standalone.css';
import type { PromptColumns, Timeline } from '../../src/protocol/timeline.ts';
import type { PromptSource } from '../../webview-ui/timeline/source.ts';
import { startPage } from '../../webview-ui/timeline/start.ts';
import { arcs, circles } from './baselines.ts';

export interface Measured {
  /** From the beginning of the page's life to the frame with the first bubbles, ms. */
  readonly first: number;
  /** From one frame to the next while zooming and panning, ms. */
  readonly frames: readonly number[];
}

declare global {
  interface Window {
    measured?: Measured;
  }
}

const projectCount = 40;
const year = 365 * 86_400_000;

/** A year of prompts; the same at every run. */
function columns(count: number): PromptColumns {
  let state = 9;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const end = Date.UTC(2026, 0, 15, 18);
  const at = Float64Array.from({ length: count }, () => end - next() * year).sort();
  return {
    count,
    id: Uint32Array.from({ length: count }, (_, i) => i + 1),
    at,
    length: Uint32Array.from({ length: count }, () => 20 + next() ** 4 * 4000),
    rating: Uint8Array.from({ length: count }, () => (next() < 0.4 ? 1 + next() * 5 : 0)),
    project: Uint16Array.from({ length: count }, () => next() ** 2 * projectCount),
    agent: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
}

function madeUp(prompts: PromptColumns): PromptSource {
  const timeline: Timeline = { version: '1', prompts, projects: Array.from({ length: projectCount }, (_, i) => ({ path: `/p/${i}`, label: `project-${i}` })), agents: ['claude'] };
  const none = () => Promise.reject(new Error('not here'));
  return {
    can: { rate: false, publish: false, openSession: false, exportCsv: false },
    timeline: () => Promise.resolve(timeline),
    briefs: () => Promise.resolve([]),
    prompt: none, search: none, stats: none, words: none, rate: none, note: none, copy: none, publish: none, openSession: none, exportCsv: none,
    onChange: () => undefined,
    onShow: () => undefined,
    ready: () => Promise.resolve({}),
    loadState: () => undefined,
    saveState: () => undefined,
  };
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Time between frames while every frame does one `step`. */
async function frames(steps: number, step: (i: number) => void): Promise<number[]> {
  const times: number[] = [];
  let last = await nextFrame();
  for (let i = 0; i < steps; i++) {
    step(i);
    const now = await nextFrame();
    times.push(now - last);
    last = now;
  }
  return times.slice(1);
}

/** The whole history first, where all points are in view; then in and out again with pans between. */
const wheel = (i: number) => (i % 5 === 4 ? { deltaX: 60 } : { deltaY: i % 40 < 20 ? -45 : 45 });

async function timeline(root: HTMLElement, prompts: PromptColumns): Promise<Measured> {
  await startPage(root, madeUp(prompts));
  await nextFrame();
  const first = performance.now();
  root.querySelector<HTMLElement>('[aria-label="Everything (0)"]')?.click();
  await new Promise((resolve) => setTimeout(resolve, 800));
  const ground = root.querySelector('.ground');
  const times = await frames(80, (i) => ground?.dispatchEvent(new WheelEvent('wheel', { clientX: 700, clientY: 300, bubbles: true, cancelable: true, ...wheel(i) })));
  return { first, frames: times };
}

async function plain(draw: (from: number, to: number) => void, prompts: PromptColumns): Promise<Measured> {
  let from = prompts.at[0] ?? 0;
  let to = prompts.at.at(-1) ?? 1;
  draw(from, to);
  await nextFrame();
  const first = performance.now();
  const times = await frames(prompts.count > 100_000 ? 6 : 14, (i) => {
    const { deltaY = 0, deltaX = 0 } = wheel(i) as { deltaX?: number; deltaY?: number };
    const factor = Math.pow(1.35, deltaY / 100);
    const middle = (from + to) / 2 + (deltaX / 1250) * (to - from);
    const half = ((to - from) / 2) * factor;
    from = middle - half;
    to = middle + half;
    draw(from, to);
  });
  return { first, frames: times };
}

const [what = 'timeline', count = '1000'] = location.hash.slice(1).split('-');
const root = document.getElementById('root');
if (root) {
  const prompts = columns(Number(count));
  window.measured = await (what === 'timeline' ? timeline(root, prompts) : plain(what === 'circles' ? circles(root, prompts) : arcs(root, prompts), prompts));
  document.body.append(Object.assign(document.createElement('div'), { id: 'measured' }));
}
