/** The crawl itself: paragraphs on a tilted plane that slides away under the stars. */
import { element } from '../page/dom.ts';
import { titleLine } from './facts.ts';
import { promptBlock, showStars, titleBlock } from './paragraph.ts';
import { perspectiveShare, planeAt, tiltDegrees } from './projection.ts';
import { Roll } from './roll.ts';
import type { Programme, Screen, ScreenEvents } from './screen.ts';
import { Sky } from './sky.ts';

/** Seconds that the line before the crawl stays. */
const prologue = 4.2;
/** What is higher on the stage than this share has faded away. */
const horizon = 0.8;
/** The height, as a share of the stage, at which a prompt is being read. */
const readingHeight = 0.36;
/** Lines that pass in a second at speed 1: five words a line, 238 words a minute (Brysbaert 2019). */
const linesPerSecond = 238 / 60 / 5;
const lineHeight = 1.4;
/** Pixels after which positions are counted anew. */
const farEnough = 50_000;

export class RollingScreen implements Screen {
  readonly element: HTMLElement;
  readonly #events: ScreenEvents;
  readonly #sky = new Sky();
  readonly #prologue = element('p', { class: 'crawl-prologue' });
  readonly #plane = element('div', { class: 'crawl-plane' });
  readonly #scene = element('div', { class: 'crawl-scene' }, this.#plane);
  readonly #blocks = new Map<number, HTMLElement>();
  readonly #sizes: ResizeObserver;
  readonly #roll: Roll;
  #programme: Programme | undefined;
  #height = 0;
  #perspective = 1;
  #font = 32;
  #ownFont: number | undefined;
  #speed = 1;
  #playing = false;
  #prologueLeft = 0;
  /** The position on the plane that is at the bottom edge. */
  #scroll = 0;
  /** Where an arrow key sends it. */
  #target: number | undefined;
  /** A paragraph to begin with as soon as its text is there. */
  #wanted: number | undefined;
  #current = -1;
  #frame: number | undefined;
  #last: number | undefined;

  constructor(events: ScreenEvents) {
    this.#events = events;
    this.element = element('div', { class: 'crawl-stage' }, this.#sky.element, this.#scene, this.#prologue);
    // Paragraph 0 is the title; prompt n is paragraph n + 1.
    this.#roll = new Roll({
      count: () => (this.#programme?.list.count ?? -1) + 1,
      mount: (index) => this.#mount(index),
      unmount: (index) => {
        this.#blocks.get(index)?.remove();
        this.#blocks.delete(index);
      },
      place: (index, top) => {
        const block = this.#blocks.get(index);
        if (block) block.style.transform = `translateY(${top}px)`;
      },
    });
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this.element);
  }

  get font(): number {
    return this.#font;
  }

  start(programme: Programme, index: number): void {
    this.#roll.clear();
    this.#programme = programme;
    this.#current = -1;
    this.#measure();
    this.#prologue.textContent = titleLine(programme.facts);
    this.#setPrologue(index === 0 ? prologue : 0);
    if (index === 0) this.#begin(0, 0);
    else this.#begin(index + 1, this.#reading);
    this.#events.onCurrent(index);
    this.#run();
  }

  goTo(index: number): void {
    this.#setPrologue(0);
    const paragraph = index + 1;
    const span = this.#roll.spanOf(paragraph);
    if (span) this.#target = span.top + this.#reading + Math.min((span.bottom - span.top) / 2, this.#font);
    else this.#begin(paragraph, this.#reading);
    this.#setCurrent(index);
    this.#run();
  }

  setPlaying(playing: boolean): void {
    this.#playing = playing;
    this.#run();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  setFont(size: number | undefined): void {
    this.#ownFont = size;
    this.#measure();
  }

  wake(): void {
    if (this.#wanted !== undefined && this.#roll.start(this.#wanted, 0)) this.#wanted = undefined;
    this.#run();
  }

  rated(index: number): void {
    const block = this.#blocks.get(index + 1);
    if (block) showStars(block, this.#programme?.list.ratingAt(index) ?? 0);
  }

  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#last = undefined;
  }

  dispose(): void {
    this.stop();
    this.#sizes.disconnect();
  }

  /** The distance on the plane from the bottom edge to where one reads. */
  get #reading(): number {
    return planeAt(this.#height * readingHeight, this.#perspective);
  }

  /** Positions count from the top of this paragraph. @param up How far above the bottom edge it begins. */
  #begin(paragraph: number, up: number): void {
    this.#target = undefined;
    this.#scroll = up;
    this.#wanted = this.#roll.start(paragraph, 0) ? undefined : paragraph;
  }

  #mount(index: number): number | undefined {
    const programme = this.#programme;
    if (!programme) return undefined;
    const block = index === 0 ? titleBlock(programme) : promptBlock(programme, index - 1);
    if (!block) return undefined;
    block.classList.toggle('is-current', index - 1 === this.#current);
    this.#plane.append(block);
    this.#blocks.set(index, block);
    return block.offsetHeight;
  }

  /** Fits everything to the stage; paragraphs get other heights, so they begin anew. */
  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    this.#height = height;
    this.#perspective = height * perspectiveShare;
    this.#font = this.#ownFont ?? Math.round(Math.min(Math.max(width / 30, 20), 40));
    this.#scene.style.perspective = `${this.#perspective}px`;
    this.#plane.style.fontSize = `${this.#font}px`;
    this.#sky.resize(width, height);
    if (this.#roll.size === 0) return;
    const paragraph = this.#current + 1;
    const up = this.#scroll - (this.#roll.spanOf(paragraph)?.top ?? this.#scroll - this.#reading);
    this.#begin(paragraph, up);
    this.#draw();
  }

  #run(): void {
    if (this.#frame === undefined) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    // After a pause of the page, time has not passed for the crawl.
    const seconds = Math.min((now - (this.#last ?? now)) / 1000, 0.1);
    this.#last = now;
    this.#frame = undefined;
    if (this.#playing) this.#sky.move(seconds);
    if (this.#prologueLeft > 0) {
      if (this.#playing) this.#setPrologue(this.#prologueLeft - seconds);
    } else this.#advance(seconds);
    this.#draw();
    if (this.#playing || this.#target !== undefined) this.#run();
    else this.#last = undefined;
  }

  #advance(seconds: number): void {
    if (this.#wanted !== undefined) return;
    if (this.#target !== undefined) {
      // Half of the way that is left in every 70 ms.
      this.#scroll += (this.#target - this.#scroll) * (1 - 0.5 ** (seconds / 0.07));
      if (Math.abs(this.#target - this.#scroll) < 1) this.#target = undefined;
    } else if (this.#playing) this.#scroll += linesPerSecond * lineHeight * this.#font * this.#speed * seconds;
    if (this.#scroll < farEnough) return;
    if (this.#target !== undefined) this.#target -= farEnough;
    this.#scroll -= farEnough;
    this.#roll.shift(-farEnough);
  }

  #draw(): void {
    const far = planeAt(this.#height * horizon, this.#perspective);
    this.#roll.show(this.#scroll - far, this.#scroll + this.#height);
    this.#plane.style.transform = `rotateX(${tiltDegrees}deg) translateY(${-this.#scroll}px)`;
    if (this.#target === undefined && this.#wanted === undefined) this.#setCurrent((this.#roll.at(this.#scroll - this.#reading) ?? 1) - 1);
    const { list } = this.#programme ?? {};
    const end = list && this.#roll.last === list.count ? this.#roll.spanOf(list.count) : undefined;
    if (this.#playing && end && end.bottom < this.#scroll - far) this.#events.onEnd();
  }

  /** @param index -1 is the title, for which the first prompt stands. */
  #setCurrent(index: number): void {
    if (index === this.#current) return;
    this.#blocks.get(this.#current + 1)?.classList.remove('is-current');
    this.#current = index;
    this.#blocks.get(index + 1)?.classList.add('is-current');
    this.#events.onCurrent(Math.max(index, 0));
  }

  #setPrologue(left: number): void {
    this.#prologueLeft = Math.max(left, 0);
    const shown = this.#prologueLeft;
    this.#prologue.hidden = shown === 0;
    // It comes within a second, stays, and goes within a second.
    this.#prologue.style.opacity = String(Math.min(Math.max(prologue - shown, 0.05), shown, 1));
  }
}
