/** The picture of the graph: two canvases (what stands, and what is brought out over it), the pointer and the keys. */
import { quadtree, type Quadtree } from 'd3-quadtree';
import { h } from '../../shared/dom.ts';
import { drawnRadius, fitted, revealing, zoomedAt, type Camera, type Size } from '../model/camera.ts';
import { LARGEST_RADIUS } from '../model/net.ts';
import { inTurn, mostLinked, neighbourTowards, type Direction } from '../model/walk.ts';
import { Painter } from '../paint/painter.ts';
import { readPalette, type Palette } from '../paint/palette.ts';
import type { Scene } from '../paint/scene.ts';
import { gestures } from './gestures.ts';
import type { Change, GraphState } from './state.ts';
import { spoken } from './words.ts';

export interface PictureActions {
  readonly open: (place: number) => void;
  readonly focus: (place: number) => void;
  readonly say: (text: string) => void;
}

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
/** With more links than this, the picture is moved as it is, and painted anew when it comes to rest. */
const HEAVY = 12_000;
const REST_MS = 90;
/** Pixels beside a note that still count as on it. */
const NEAR = 6;
const help = 'Arrow keys walk along links, N and Shift+N go through the neighbours in turn, Enter opens, F focuses, slash filters, plus and minus zoom, 0 shows everything, Escape leaves.';

export class Picture {
  readonly element: HTMLElement;
  readonly #state: GraphState;
  readonly #actions: PictureActions;
  readonly #base = h('canvas', { 'aria-hidden': 'true' });
  readonly #over = h('canvas', { class: 'over', 'aria-hidden': 'true' });
  readonly #painter = new Painter();
  #palette: Palette | undefined;
  #size: Size = { width: 0, height: 0 };
  #tree: Quadtree<number> | undefined;
  #hovered: number | undefined;
  #frame = 0;
  #isBaseStale = true;
  /** How the canvas was painted; the camera may have moved on. */
  #painted: Camera | undefined;
  #rest = 0;
  #isShown = false;
  /** Everything is in sight, until the user looks at something closer. */
  #showsAll: boolean;
  /** Where N stands: the note it walks around, and the neighbour that was last shown. */
  #ring: { readonly centre: number; at: number } | undefined;

  constructor(state: GraphState, actions: PictureActions) {
    this.#state = state;
    this.#actions = actions;
    this.element = h('div', { class: 'picture', tabindex: 0, role: 'application', 'aria-roledescription': 'graph', 'aria-label': `Graph of notes. ${help} The table has the same.` }, this.#base, this.#over);
    this.#showsAll = state.camera === undefined;
    gestures(this.element, {
      zoom: (factor, x, y) => this.#moved(zoomedAt(this.#camera, factor, x, y), false),
      pan: (dx, dy) => this.#moved({ ...this.#camera, x: this.#camera.x + dx, y: this.#camera.y + dy }, false),
      hover: (x, y) => this.#hover(x === undefined || y === undefined ? undefined : this.#noteAt(x, y)),
      click: (x, y) => this.#click(this.#noteAt(x, y)),
    });
    this.element.addEventListener('keydown', (event) => {
      if (!this.#onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    new ResizeObserver(() => this.#resize()).observe(this.element);
    state.onChange((change) => this.#update(change));
  }

  /** After the theme changed. */
  recolour(): void {
    this.#palette = undefined;
    this.#draw(true);
  }

  fit(): void {
    const { places, net } = this.#state;
    if (!places || this.#size.width === 0) return;
    const lit = [...net.nodes.keys()].filter(this.#state.isLit);
    this.#moved(fitted(places, lit.length > 0 ? lit : net.nodes.keys(), this.#size), true);
  }

  zoom(factor: number): void {
    this.#moved(zoomedAt(this.#camera, factor, this.#size.width / 2, this.#size.height / 2), false);
  }

  get #camera(): Camera {
    return this.#state.camera ?? { k: 1, x: this.#size.width / 2, y: this.#size.height / 2 };
  }

  #update(change: Change): void {
    if (change.graph || change.places) this.#hovered = this.#ring = undefined;
    if (change.graph || change.places || change.shown) this.#tree = undefined;
    if (change.places && !this.#isShown) {
      // The filters above have found their height by now.
      this.#resize();
      this.#isShown = true;
    }
    if (change.fit || (change.places && this.#showsAll)) this.fit();
    if (change.selected) this.#reveal();
    this.#draw(change.graph === true || change.places === true || change.shown === true || change.selected === true);
  }

  #reveal(): void {
    const { selected, places } = this.#state;
    if (selected === undefined || !places) return;
    const camera = revealing(this.#camera, places.x[selected] ?? 0, places.y[selected] ?? 0, this.#size);
    if (camera !== this.#camera) this.#moved(camera, false);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0 || (width === this.#size.width && height === this.#size.height)) return;
    const before = this.#size;
    this.#size = { width, height };
    const { camera } = this.#state;
    // What was in the middle stays there; before there is a picture, the page only finds its size.
    if (camera && this.#isShown) this.#state.setCamera({ ...camera, x: camera.x + (width - before.width) / 2, y: camera.y + (height - before.height) / 2 });
    const density = window.devicePixelRatio;
    for (const canvas of [this.#base, this.#over]) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      canvas.getContext('2d')?.setTransform(density, 0, 0, density, 0, 0);
    }
    if (this.#showsAll) this.fit();
    // An emptied canvas is not left for a frame.
    this.#isBaseStale = true;
    this.#paint();
  }

  #moved(camera: Camera, showsAll: boolean): void {
    this.#showsAll = showsAll;
    this.#state.setCamera(camera);
    if (this.#state.net.links.length / 2 <= HEAVY || !this.#painted) {
      this.#draw(true);
      return;
    }
    this.#shift(camera, this.#painted);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#draw(true), REST_MS);
  }

  /** Shows what was painted for one camera as another sees it. */
  #shift({ k, x, y }: Camera, from: Camera): void {
    const by = k / from.k;
    const transform = `translate(${x - from.x * by}px, ${y - from.y * by}px) scale(${by})`;
    for (const canvas of [this.#base, this.#over]) canvas.style.transform = transform;
  }

  #draw(isBaseStale: boolean): void {
    this.#isBaseStale ||= isBaseStale;
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const [base, over] = [this.#base.getContext('2d', { alpha: false }), this.#over.getContext('2d')];
    const scene = this.#scene();
    if (!base || !over) return;
    if (!scene) {
      base.fillStyle = (this.#palette ??= readPalette(this.element)).ground;
      base.fillRect(0, 0, this.#size.width, this.#size.height);
      over.clearRect(0, 0, this.#size.width, this.#size.height);
      return;
    }
    const { selected } = this.#state;
    if (this.#isBaseStale || this.#painted !== scene.camera) {
      this.#painter.paint(base, scene, selected === undefined ? [] : [selected]);
      this.#painted = scene.camera;
      this.#shift(scene.camera, scene.camera);
    }
    this.#isBaseStale = false;
    const shown = this.#hovered ?? selected;
    if (shown !== undefined) this.#painter.highlight(over, scene, shown, shown === selected);
    else over.clearRect(0, 0, this.#size.width, this.#size.height);
  }

  #scene(): Scene | undefined {
    const { net, places, levels, colours, radii, byWeight } = this.#state;
    if (!places || this.#size.width === 0) return undefined;
    this.#palette ??= readPalette(this.element);
    return { net, places, levels, colours, radii, byWeight, palette: this.#palette, camera: this.#camera, size: this.#size };
  }

  #noteAt(x: number, y: number): number | undefined {
    const { net, places, radii } = this.#state;
    if (!places) return undefined;
    this.#tree ??= quadtree<number>([...net.nodes.keys()].filter(this.#state.isLit), (place) => places.x[place] ?? 0, (place) => places.y[place] ?? 0);
    const { k, x: dx, y: dy } = this.#camera;
    const [gx, gy] = [(x - dx) / k, (y - dy) / k];
    // The middle that is nearest is not always of the note that is under the pointer: large ones reach far.
    let best: number | undefined;
    let least = Infinity;
    const reach = (drawnRadius(LARGEST_RADIUS, k) + NEAR) / k;
    this.#tree.visit((node, x0, y0, x1, y1) => {
      if (x0 > gx + reach || x1 < gx - reach || y0 > gy + reach || y1 < gy - reach) return true;
      if (!('length' in node)) {
        for (let leaf: typeof node | undefined = node; leaf; leaf = leaf.next) {
          const place = leaf.data;
          const away = Math.hypot((places.x[place] ?? 0) - gx, (places.y[place] ?? 0) - gy) * k - drawnRadius(radii[place] ?? 3, k);
          if (away < least) [best, least] = [place, away];
        }
      }
      return false;
    });
    return least <= NEAR ? best : undefined;
  }

  #hover(place: number | undefined): void {
    if (place === this.#hovered) return;
    this.#hovered = place;
    this.element.classList.toggle('on-note', place !== undefined);
    this.#draw(false);
  }

  #click(place: number | undefined): void {
    this.element.focus({ preventScroll: true });
    this.#ring = undefined;
    this.#state.select(place);
    if (place !== undefined) this.#actions.open(place);
  }

  #onKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false;
    const { selected } = this.#state;
    const direction = arrows[key];
    if (direction) this.#walk(direction);
    else if (key === 'n' || key === 'N') this.#turn(shiftKey ? -1 : 1);
    else if (key === 'Home') this.#goTo(mostLinked(this.#state.net, this.#state.isLit), 'No note is shown');
    else if (key === 'Enter' && selected !== undefined) this.#actions.open(selected);
    else if (key === 'f' && selected !== undefined) this.#actions.focus(selected);
    else if (key === '+' || key === '=') this.zoom(1.4);
    else if (key === '-') this.zoom(1 / 1.4);
    else if (key === '0') this.fit();
    else return false;
    return true;
  }

  #walk(direction: Direction): void {
    const { selected, net, places, isLit } = this.#state;
    if (!places) return;
    this.#ring = undefined;
    if (selected === undefined || !isLit(selected)) this.#goTo(mostLinked(net, isLit), 'No note is shown');
    else this.#goTo(neighbourTowards(net, places, selected, direction, isLit), `No linked note ${{ left: 'to the left', right: 'to the right', up: 'above', down: 'below' }[direction]}`);
  }

  #turn(by: 1 | -1): void {
    const { selected, net, places, isLit } = this.#state;
    if (selected === undefined || !places) return;
    // N shows one neighbour after the other, as long as nothing else is done.
    const ring = this.#ring?.at === selected ? this.#ring : { centre: selected, at: selected };
    const next = inTurn(net, places, ring.centre, ring.at === ring.centre ? undefined : ring.at, by, isLit);
    if (next === undefined) this.#actions.say('It has no links');
    else {
      this.#goTo(next, '');
      this.#ring = { centre: ring.centre, at: next };
    }
  }

  #goTo(place: number | undefined, otherwise: string): void {
    this.#hovered = undefined;
    if (place === undefined) {
      this.#actions.say(otherwise);
      return;
    }
    this.#state.select(place);
    this.#actions.say(spoken(this.#state.net, place));
  }
}
