/** Paints a scene: links below, notes over them, titles on top. Notes of one look are one path, which is what makes thousands cheap. */
import { drawnRadius } from '../model/camera.ts';
import { HIDDEN, LIT } from '../model/filter.ts';
import { LINE, placedLabels, type Label, type LabelWish } from '../model/labels.ts';
import type { Scene } from './scene.ts';

const TEXT = '12px';
const MOST_LABELS = 140;
/** Square pixels of the picture for each title: with more of them, titles are all that is seen. */
const PER_LABEL = 22_000;
const LONGEST_TITLE = 40;
/** A ring stands so far from its disc at most, in pixels. */
const RING_GAP = 2.5;
const RING_WIDTH = 1.5;
/** Discs smaller than this are squares: nobody sees the difference, and they are much cheaper. */
const DOT = 2;

function shortTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE - 1)}…` : line;
}

const ringOf = (radius: number): number => radius + Math.min(RING_GAP, 1 + radius / 3);

export class Painter {
  readonly #widths = new Map<string, number>();
  #font = '';

  /** Everything that stands still while the pointer moves. @param titled Places whose titles come first. */
  paint(context: CanvasRenderingContext2D, scene: Scene, titled: readonly number[]): void {
    const { size, palette } = scene;
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, size.width, size.height);
    this.#links(context, scene);
    this.#notes(context, scene);
    this.#labels(context, scene, this.#wishes(context, scene, titled, scene.byWeight));
  }

  /** One note and its neighbours, brought out over all the others. */
  highlight(context: CanvasRenderingContext2D, scene: Scene, place: number, isSelected: boolean): void {
    const { size, palette, levels, net } = scene;
    context.clearRect(0, 0, size.width, size.height);
    if ((levels[place] ?? HIDDEN) === HIDDEN) return;
    context.globalAlpha = 0.72;
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, size.width, size.height);
    context.globalAlpha = 1;
    const [x, y] = this.#at(scene, place);
    const near = [...net.neighbours(place)].filter((other) => levels[other] === LIT);
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const other of near) {
      context.moveTo(x, y);
      context.lineTo(...this.#at(scene, other));
    }
    context.stroke();
    this.#discs(context, scene, [...near, place]);
    context.strokeStyle = palette.accent;
    context.lineWidth = isSelected ? 3 : 2;
    context.beginPath();
    context.arc(x, y, this.#radius(scene, place) + RING_GAP + 4, 0, 2 * Math.PI);
    context.stroke();
    near.sort((a, b) => (scene.radii[b] ?? 0) - (scene.radii[a] ?? 0) || a - b);
    this.#labels(context, scene, this.#wishes(context, scene, [place], near), place);
  }

  #at({ places, camera }: Scene, place: number): [number, number] {
    return [camera.k * (places.x[place] ?? 0) + camera.x, camera.k * (places.y[place] ?? 0) + camera.y];
  }

  #radius({ radii, camera }: Scene, place: number): number {
    return drawnRadius(radii[place] ?? 3, camera.k);
  }

  #links(context: CanvasRenderingContext2D, scene: Scene): void {
    const { net: { links }, levels, places, camera: { k, x: dx, y: dy }, size, palette } = scene;
    let drawn = 0;
    context.strokeStyle = palette.link;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 0; i < links.length; i += 2) {
      const [from = 0, to = 0] = [links[i], links[i + 1]];
      if (levels[from] !== LIT || levels[to] !== LIT) continue;
      const [x1, y1, x2, y2] = [k * (places.x[from] ?? 0) + dx, k * (places.y[from] ?? 0) + dy, k * (places.x[to] ?? 0) + dx, k * (places.y[to] ?? 0) + dy];
      if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > size.width && x2 > size.width) || (y1 > size.height && y2 > size.height)) continue;
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      drawn++;
    }
    // A thousand of them still read as lines; of more, the picture is to stay that of the notes.
    context.globalAlpha = Math.max(0.3, Math.min(1, Math.sqrt(1000 / drawn)));
    context.stroke();
    context.globalAlpha = 1;
  }

  #notes(context: CanvasRenderingContext2D, scene: Scene): void {
    const { levels, net, size, palette } = scene;
    const lit: number[] = [];
    context.fillStyle = palette.quiet;
    context.globalAlpha = 0.35;
    for (const place of net.nodes.keys()) {
      if (levels[place] === HIDDEN) continue;
      const [x, y] = this.#at(scene, place);
      const reach = this.#radius(scene, place) + RING_GAP + RING_WIDTH;
      if (x < -reach || y < -reach || x > size.width + reach || y > size.height + reach) continue;
      if (levels[place] === LIT) lit.push(place);
      else context.fillRect(x - 1, y - 1, 2, 2);
    }
    context.globalAlpha = 1;
    this.#discs(context, scene, lit);
  }

  /** A note is a disc in the colour of its tag; a public one has a ring around it. */
  #discs(context: CanvasRenderingContext2D, scene: Scene, which: readonly number[]): void {
    const { colours, net, palette } = scene;
    const looks = new Map<number, number[]>();
    for (const place of which) {
      const look = colours[place] ?? -1;
      const same = looks.get(look);
      if (same) same.push(place);
      else looks.set(look, [place]);
    }
    for (const [look, same] of looks) {
      const colour = palette.tags[look] ?? palette.plain;
      context.fillStyle = colour;
      context.beginPath();
      for (const place of same) {
        const [x, y] = this.#at(scene, place);
        const radius = this.#radius(scene, place);
        if (radius < DOT) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
        else {
          context.moveTo(x + radius, y);
          context.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      context.fill();
      context.strokeStyle = colour;
      context.lineWidth = RING_WIDTH;
      context.beginPath();
      for (const place of same) {
        if (!net.nodes[place]?.isPublic) continue;
        const [x, y] = this.#at(scene, place);
        const radius = ringOf(this.#radius(scene, place));
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
      context.stroke();
    }
  }

  *#wishes(context: CanvasRenderingContext2D, scene: Scene, first: readonly number[], then: readonly number[]): Generator<LabelWish> {
    const { levels, net, size } = scene;
    this.#useFont(context, scene);
    const seen = new Set<number>();
    // The largest notes come first, and what finds no room after so many tries will hardly find any.
    let tries = 0;
    for (const places of [first, then]) {
      for (const place of places) {
        if (levels[place] !== LIT || seen.has(place)) continue;
        seen.add(place);
        const [x, y] = this.#at(scene, place);
        if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
        if (tries++ > 6 * MOST_LABELS) return;
        const radius = this.#radius(scene, place) + (net.nodes[place]?.isPublic ? RING_GAP : 0);
        yield { place, x, y, radius, width: this.#width(context, shortTitle(net.nodes[place]?.title ?? '')) };
      }
    }
  }

  #labels(context: CanvasRenderingContext2D, scene: Scene, wishes: Iterable<LabelWish>, strong?: number): void {
    const { net, palette, size } = scene;
    const labels: Label[] = placedLabels(wishes, Math.min(MOST_LABELS, Math.ceil((size.width * size.height) / PER_LABEL)), size.width);
    this.#useFont(context, scene);
    context.textBaseline = 'middle';
    // A strip of the ground keeps links from striking the text through.
    context.globalAlpha = 0.8;
    context.fillStyle = palette.ground;
    for (const { x, y, width } of labels) context.fillRect(x - 2, y - LINE / 2, width + 4, LINE);
    context.globalAlpha = 1;
    context.fillStyle = palette.ink;
    for (const { place, x, y } of labels) {
      context.font = `${place === strong ? '600 ' : ''}${TEXT} ${palette.font}`;
      context.fillText(shortTitle(net.nodes[place]?.title ?? ''), x, y);
    }
  }

  #useFont(context: CanvasRenderingContext2D, { palette }: Scene): void {
    context.font = `${TEXT} ${palette.font}`;
    if (this.#font === palette.font) return;
    this.#font = palette.font;
    this.#widths.clear();
  }

  #width(context: CanvasRenderingContext2D, text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const { width } = context.measureText(text);
    this.#widths.set(text, width);
    return width;
  }
}
