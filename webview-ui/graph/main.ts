import type { GraphPlaces, NoteGraph, NoteGraphProtocol } from '../../src/protocol/noteGraph.ts';
import { connectToExtension } from '../protocol/extension.ts';
import { announcer } from '../shared/announce.ts';
import { h } from '../shared/dom.ts';
import '../shared/page.css';
import { onThemeChange } from '../shared/colours.ts';
import './graph.css';
import { keptPlaces, Layout } from './model/layout.ts';
import { controls, pageKeys } from './page/controls.ts';
import { Picture } from './page/picture.ts';
import { GraphState } from './page/state.ts';
import { Table } from './page/table.ts';

/** So long the layout works before the page may answer a key. */
const SLICE_MS = 12;

const link = connectToExtension<NoteGraphProtocol>({ changed: () => void attempt(reload), focus: ({ id }) => focusOn(id) });
const main = document.getElementById('root');
if (!main) throw new Error('the page has no root');

const state = new GraphState(link.state.get(), (kept) => link.state.set(kept));
const { element: spoken, say } = announcer();
const problem = h('p', { class: 'error', role: 'alert' });
const bar = h('progress', { max: 1, 'aria-label': 'Laying out the notes' });
const progress = h('div', { class: 'progress', hidden: true }, h('p', { class: 'quiet' }, 'Laying out the notes …'), bar);
const empty = h(
  'div',
  { class: 'empty', hidden: true },
  h('p', {}, 'There are no notes yet. Once there are, this page shows each as a dot, with lines for the links between them.'),
  h('button', { type: 'button', class: 'primary', onclick: () => void attempt(() => link.call('create', { title: undefined })) }, 'New Note'),
);

const open = (place: number) => {
  const key = state.net.nodes[place]?.key;
  if (key !== undefined) void attempt(() => link.call('open', { key }));
};
const focus = (place: number) => {
  const note = state.net.nodes[place];
  if (!note) return;
  const depth = state.focus?.depth ?? 1;
  state.select(place);
  state.setFocus({ key: note.key, depth });
  say(`Around ${note.title}: ${state.litCount - 1} notes`);
  leave();
};
const leave = () => (state.tab === 'graph' ? picture.element : table.element.querySelector<HTMLElement>('[tabindex="0"]'))?.focus();

const picture = new Picture(state, { open, focus, say });
const table = new Table(state, { open, focus, say });
const around = controls(state, { open, focus, leave, fit: () => picture.fit(), zoom: (factor) => picture.zoom(factor) });
pageKeys(state, { startFilter: around.startFilter, leave });
const stage = h('div', { class: 'stage' }, picture.element, progress, around.zoom);
const view = h('div', { class: 'view', id: 'view', role: 'tabpanel' }, stage, table.element);
main.append(h('h1', { class: 'unseen' }, 'Graph of notes'), around.header, problem, around.legend, view, around.card, empty, spoken);
state.onChange(({ tab, graph }) => (tab || graph) && showTab());
onThemeChange(() => picture.recolour());

function showTab(): void {
  const isEmpty = state.net.nodes.length === 0;
  empty.hidden = !isEmpty || !isReady;
  view.hidden = isEmpty;
  around.header.hidden = isEmpty;
  stage.hidden = state.tab !== 'graph';
  table.element.hidden = state.tab !== 'table';
  view.setAttribute('aria-labelledby', `tab-${state.tab}`);
}

let isReady = false;
let kept: GraphPlaces = { keys: [], places: [] };
let layouts = 0;

/** Shows a graph: what had a place keeps it, and only without one it is laid out. */
async function show(graph: NoteGraph): Promise<void> {
  const mine = ++layouts;
  isReady = true;
  state.setGraph(graph);
  const { net } = state;
  const known = keptPlaces(net, kept);
  if (known) {
    place(known);
    return;
  }
  const layout = new Layout(net);
  progress.hidden = false;
  for (let done = 0; done < 1; ) {
    done = layout.work(SLICE_MS, () => performance.now());
    bar.value = done;
    await new Promise((resolve) => setTimeout(resolve));
    if (mine !== layouts) return;
  }
  progress.hidden = true;
  place(layout.places());
}

function place(places: ReturnType<Layout['places']>): void {
  progress.hidden = true;
  state.setPlaces(places);
  const { nodes } = state.net;
  const now = { keys: nodes.map(({ key }) => key), places: nodes.flatMap((_, n) => [places.x[n] ?? 0, places.y[n] ?? 0]) };
  const isNew = now.keys.length !== kept.keys.length || now.keys.some((key, n) => key !== kept.keys[n]);
  kept = now;
  if (isNew && nodes.length > 0) void attempt(() => link.call('keep', now));
}

function focusOn(id: string): void {
  const found = state.net.nodes.findIndex((note) => note.id === id);
  if (found >= 0) focus(found);
}

async function reload(): Promise<void> {
  await show(await link.call('graph', undefined));
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    problem.textContent = '';
    await work();
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error);
  }
}

void attempt(async () => {
  const start = await link.call('ready', undefined);
  kept = start.kept;
  await show(start.graph);
  if (start.focus !== undefined) focusOn(start.focus);
});
