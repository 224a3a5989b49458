/** The graph of notes in a real Chromium without a GPU: the layout, and a frame while zooming and moving, against a plain SVG of the same picture. */
import type { Page } from 'playwright-core';
import { noteGraphProtocol, type GraphPlaces, type NoteGraph } from '../../src/protocol/noteGraph.ts';
import { nothingKept, sampleGraph, start } from '../../test/webview-ui/graph/sample.ts';
import { openPage, startBrowser } from '../../test/webview-ui/shared/openPage.ts';
import { figure, type Figure } from '../figure.ts';

const STEPS = 120;
const SIZE = { width: 1400, height: 900 };

const p95 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.95))] ?? NaN;

/** Milliseconds between frames, while a wheel turns or a pointer drags. */
function frames(page: Page, how: 'zoom' | 'pan'): Promise<number[]> {
  return page.evaluate(
    async ({ how, steps }) => {
      const target = document.querySelector('.picture') ?? document.body;
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const pointer = (type: string, x: number) => target.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: x, clientY: 500, button: 0, bubbles: true, cancelable: true }));
      target.setPointerCapture = () => undefined;
      const times: number[] = [];
      if (how === 'pan') pointer('pointerdown', 600);
      await frame();
      let last = await frame();
      for (let i = 0; i < steps; i++) {
        if (how === 'pan') pointer('pointermove', 600 + 160 * Math.sin(i / 8));
        else target.dispatchEvent(new WheelEvent('wheel', { clientX: 700, clientY: 500, deltaY: i % 60 < 30 ? -60 : 60, bubbles: true, cancelable: true }));
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      if (how === 'pan') pointer('pointerup', 600);
      return times;
    },
    { how, steps: STEPS },
  );
}

/** One line, circle and event listener as everybody would write them. */
async function plainSvg(page: Page, graph: NoteGraph, { places }: GraphPlaces): Promise<void> {
  await page.evaluate(
    ({ links, places, titles, size }) => {
      const make = (name: string, attributes: Readonly<Record<string, number | string>>) => {
        const element = document.createElementNS('http://www.w3.org/2000/svg', name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
        return element;
      };
      const at = (n: number) => places[n] ?? 0;
      const group = make('g', {});
      for (let i = 0; i < links.length; i += 2) {
        const [a, b] = [links[i] ?? 0, links[i + 1] ?? 0];
        group.append(make('line', { x1: at(2 * a), y1: at(2 * a + 1), x2: at(2 * b), y2: at(2 * b + 1), stroke: '#9996' }));
      }
      titles.forEach((title, n) => {
        const circle = make('circle', { cx: at(2 * n), cy: at(2 * n + 1), r: 5, fill: '#59a4f9' });
        const name = make('title', {});
        name.append(title);
        circle.append(name);
        group.append(circle);
      });
      const svg = make('svg', { ...size });
      svg.append(group);
      document.body.replaceChildren(svg);
      let [k, x, y] = [0.4, 700, 450];
      let from: number | undefined;
      const show = () => group.setAttribute('transform', `translate(${x},${y}) scale(${k})`);
      show();
      document.body.addEventListener('wheel', ({ deltaY, clientX, clientY }) => {
        const by = Math.exp(-deltaY * 0.0018);
        [k, x, y] = [k * by, clientX - (clientX - x) * by, clientY - (clientY - y) * by];
        show();
      });
      document.body.addEventListener('pointerdown', ({ clientX }) => (from = clientX));
      document.body.addEventListener('pointerup', () => (from = undefined));
      document.body.addEventListener('pointermove', ({ clientX }) => {
        if (from === undefined) return;
        x += clientX - from;
        from = clientX;
        show();
      });
    },
    { links: graph.links, places, titles: graph.nodes.map(({ title }) => title), size: SIZE },
  );
  await page.waitForTimeout(500);
}

export async function graphFigures(): Promise<readonly Figure[]> {
  const browser = await startBrowser();
  const figures: Figure[] = [];
  try {
    for (const [notes, links] of [[2000, 6000], [10_000, 30_000]] as const) {
      const graph = sampleGraph(notes, links);
      let places: GraphPlaces = nothingKept;
      let laidOut: () => void = () => undefined;
      const ready = new Promise<void>((resolve) => (laidOut = resolve));
      const began = performance.now();
      const { page, close } = await openPage(browser, {
        name: 'graph', protocol: noteGraphProtocol, ...SIZE,
        handlers: {
          ready: () => start(graph), graph: () => graph, open: () => undefined, create: () => undefined,
          keep: (kept) => {
            places = kept;
            laidOut();
            return undefined;
          },
        },
      });
      await ready;
      const took = performance.now() - began;
      await page.waitForTimeout(300);
      const [zoom, pan] = [await frames(page, 'zoom'), await frames(page, 'pan')];
      await plainSvg(page, graph, places);
      const [svgZoom, svgPan] = [await frames(page, 'zoom'), await frames(page, 'pan')];
      await close();
      figures.push(
        figure(`notes.graph.laid_out.${notes}`, took, 'ms', 1),
        figure(`notes.graph.zoom_frame_p95.${notes}`, p95(zoom), 'ms', STEPS, p95(svgZoom)),
        figure(`notes.graph.pan_frame_p95.${notes}`, p95(pan), 'ms', STEPS, p95(svgPan)),
      );
    }
  } finally {
    await browser.close();
  }
  return figures;
}

if (import.meta.main) for (const each of await graphFigures()) console.log(JSON.stringify(each));
