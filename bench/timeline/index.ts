/** The timeline in a real Chromium without a GPU: the first bubbles, and what a step of zooming costs. */
import type { Page } from 'playwright-core';
import { startHarness } from '../../test/webview-ui/timeline/harness/browser.ts';
import { timelineFile } from '../../test/webview-ui/timeline/harness/prompts.ts';
import { figure, type Figure } from '../figure.ts';
import type { Measured } from './page.ts';

const p95 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.95))] ?? NaN;

/** How long the page's own thread runs for each step, ms: on a machine that others use too, the time between frames is also theirs. */
async function threadTimes(page: Page, steps: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const before = await busy();
    await page.evaluate((deltaY) => {
      document.querySelector('.ground')?.dispatchEvent(new WheelEvent('wheel', { clientX: 700, clientY: 300, bubbles: true, cancelable: true, deltaY }));
      return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, i % 40 < 20 ? -45 : 45);
    times.push(((await busy()) - before) * 1000);
  }
  return times;
}

export async function run(): Promise<readonly Figure[]> {
  const harness = await startHarness('bench/timeline/page.ts', 'esm');
  const measure = async (what: string, count: number, steps = 0): Promise<Measured & { readonly thread: readonly number[] }> => {
    const page = await harness.open(timelineFile([]), { width: 1600, height: 900, hash: `#${what}-${count}`, ready: '#measured', patience: 180_000 });
    const measured = await page.evaluate<Measured>('window.measured');
    const thread = await threadTimes(page, steps);
    await page.context().close();
    return { ...measured, thread };
  };
  try {
    const few = await measure('timeline', 100_000, 60);
    const circles = await measure('circles', 100_000);
    const arcs = await measure('arcs', 100_000);
    const many = await measure('timeline', 1_000_000, 60);
    const manyArcs = await measure('arcs', 1_000_000);
    return [
      figure('timeline: first bubbles of 100,000 prompts, against SVG circles', few.first, 'ms', 1, circles.first),
      figure('timeline: frame while zooming over 100,000, p95, against SVG circles', p95(few.frames), 'ms', few.frames.length, p95(circles.frames)),
      figure('timeline: frame while zooming over 100,000, p95, against a canvas arc each', p95(few.frames), 'ms', few.frames.length, p95(arcs.frames)),
      figure('timeline: time of the page for a step of zooming over 100,000, p95', p95(few.thread), 'ms', few.thread.length),
      figure('timeline: first bubbles of 1,000,000 prompts, against a canvas arc each', many.first, 'ms', 1, manyArcs.first),
      figure('timeline: frame while zooming over 1,000,000, p95, against a canvas arc each', p95(many.frames), 'ms', many.frames.length, p95(manyArcs.frames)),
      figure('timeline: time of the page for a step of zooming over 1,000,000, p95', p95(many.thread), 'ms', many.thread.length),
    ];
  } finally {
    await harness.close();
  }
}
