/** Lanes of bubbles over an axis, under the hand: the timeline, and all days over 24 hours. */
import { dayWithPrompts } from '../model/calendar.ts';
import { dayOf, type Span } from '../../shared/dates.ts';
import { noFilters } from '../model/filter.ts';
import { count, plural, spanLabel } from '../../shared/format.ts';
import { centreOn, firstView, panBy, reveal, zoomAt } from '../model/viewport.ts';
import { calendar } from '../page/calendar.ts';
import { debounce, element } from '../page/dom.ts';
import { openPopover } from '../page/popover.ts';
import type { PageChange, PageState } from '../page/state.ts';
import type { View } from '../view.ts';
import { dayAxis, dayLimits, timeAxis, type Axis } from './axis.ts';
import { Cursor } from './cursor.ts';
import { Emptiness } from './emptiness.ts';
import { listenToGestures, type Box } from './gestures.ts';
import { Hovering, type Place } from './hovering.ts';
import { chartAction, type ChartAction } from './keys.ts';
import { LaneLabels } from './laneLabels.ts';
import { nearest } from './neighbours.ts';
import { Picture } from './picture.ts';
import { Toolbar } from './toolbar.ts';

/** Lanes change so long after the last movement. */
const rerankDelay = 500;
const keys = 'Arrow keys go from prompt to prompt, Enter reads one, plus and minus zoom.';

export class Chart implements View {
  readonly element = element('section', { class: 'chart' });
  readonly #state: PageState;
  readonly #kind: 'timeline' | 'day';
  readonly #axis: Axis;
  readonly #picture: Picture;
  readonly #cursor: Cursor;
  readonly #hovering: Hovering;
  readonly #ground: HTMLElement;
  readonly #box = element('div', { class: 'mark-box', hidden: true });
  readonly #emptiness: Emptiness;
  readonly #labels: LaneLabels;
  readonly #toolbar: Toolbar;
  readonly #resize = new ResizeObserver(() => this.#layout());
  readonly #rerankLater = debounce(rerankDelay, () => this.#rerank());
  readonly #followLater = debounce(150, () => this.#state.select(this.#cursor.id));
  #daySpan: Span = dayLimits;
  #frame = 0;
  #shown = false;
  #marking = false;

  constructor(state: PageState, kind: 'timeline' | 'day') {
    this.#state = state;
    this.#kind = kind;
    this.#axis = kind === 'timeline' ? timeAxis : dayAxis;
    this.#picture = new Picture(state, this.#axis);
    this.#cursor = new Cursor(state, this.#axis);
    this.#hovering = new Hovering(state);
    this.#emptiness = new Emptiness(() => state.setFilters(noFilters), () => this.#goToNearest());
    this.#ground = element('div', { class: 'ground', tabindex: 0, role: 'application', 'aria-roledescription': 'timeline', 'aria-label': `${kind === 'timeline' ? 'Timeline of prompts' : 'All days over 24 hours'}. ${keys}` }, this.#picture.canvas, this.#box, this.#emptiness.element);
    this.#labels = new LaneLabels((project) => this.#filterTo(project));
    const days = { previous: () => this.#otherDay(-1), next: () => this.#otherDay(1), today: () => this.#act({ kind: 'today' }), pick: (anchor: HTMLElement) => this.#pickDay(anchor) };
    this.#toolbar = new Toolbar({ zoom: (factor) => this.#act({ kind: 'zoom', factor }), all: () => this.#act({ kind: 'all' }), toggleMarking: () => this.#act({ kind: 'mark' }), ...(kind === 'timeline' && { days }) });
    const middle = element('div', { class: 'chart-middle' }, this.#ground, this.#picture.axisView.element);
    const heading = element('h1', { class: 'for-screen-readers' }, kind === 'timeline' ? 'Timeline of prompts' : 'All days over 24 hours');
    this.element.append(heading, this.#toolbar.element, element('div', { class: 'chart-body' }, this.#labels.element, middle, this.#hovering.tooltip.element));
    this.#listen();
  }

  #listen(): void {
    const fraction = (x: number) => x / this.#picture.width;
    listenToGestures(this.#ground, {
      zoom: (x, factor) => this.#move(zoomAt(this.#span, fraction(x), factor, this.#limits)),
      pan: (dx) => this.#move(panBy(this.#span, -fraction(dx), this.#limits)),
      hover: (place) => this.#hover(place),
      click: (x, y) => this.#click(x, y),
      doubleClick: (x) => this.#move(zoomAt(this.#span, fraction(x), 0.25, this.#limits)),
      drawBox: (box) => this.#drawBox(box),
      endBox: (box) => this.#endBox(box),
      marking: () => this.#marking,
    });
    this.#ground.addEventListener('keydown', (event) => {
      const action = event.target === this.#ground ? chartAction(event) : undefined;
      if (!action || !this.#act(action)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#ground.addEventListener('focus', () => this.#draw());
    this.#ground.addEventListener('blur', () => this.#draw());
  }

  get #span(): Span {
    return this.#kind === 'timeline' ? this.#state.span : this.#daySpan;
  }

  get #limits(): Span {
    return this.#kind === 'timeline' ? this.#state.limits : dayLimits;
  }

  #move(span: Span): void {
    this.#hovering.leave();
    if (this.#kind === 'timeline') {
      this.#state.setSpan(span);
      return;
    }
    const length = Math.min(span.to - span.from, dayLimits.to);
    const from = Math.max(0, Math.min(dayLimits.to - length, span.from));
    this.#daySpan = { from, to: from + length };
    this.#rerankLater();
    this.#draw();
  }

  show(): void {
    this.#shown = true;
    this.#picture.restyle(this.element);
    this.#picture.newTimeline();
    this.#resize.observe(this.#ground);
    this.#layout();
  }

  hide(): void {
    this.#shown = false;
    this.#resize.disconnect();
    this.#rerankLater.cancel();
    this.#followLater.cancel();
    this.#hovering.leave();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  dispose(): void {
    this.hide();
  }

  update(change: PageChange): void {
    if (change.theme) this.#picture.restyle(this.element);
    if (change.timeline) this.#picture.newTimeline();
    if (change.span) this.#rerankLater();
    if (change.selected) this.#cursor.id = this.#state.selected ?? this.#cursor.id;
    if (change.visibility) {
      this.#picture.count();
      this.#paint();
      this.#rerank();
    } else this.#draw();
  }

  key(event: KeyboardEvent): boolean {
    const action = chartAction(event);
    return action !== undefined && action.kind !== 'open' && action.kind !== 'lane' && this.#act(action);
  }

  #layout(): void {
    const { width, height } = this.#ground.getBoundingClientRect();
    if (!this.#shown || width < 1 || height < 1) return;
    this.#picture.resize(width, height);
    this.#paint();
    this.#rerank();
  }

  #draw(): void {
    if (!this.#shown || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    if (!this.#shown) return;
    const hasFocus = document.activeElement === this.#ground;
    this.#picture.paint(this.#span, { hovered: this.#hovering.id, selected: this.#state.selected, cursor: hasFocus ? this.#cursor.id : undefined });
    const { total = 0, lit = 0 } = this.#picture.bubbles ?? {};
    this.#toolbar.show(this.#kind === 'timeline' ? spanLabel(this.#span) : 'All days over 24 hours', this.#state.found ? `${count(lit)} of ${plural(total, 'prompt')}` : plural(total, 'prompt'));
    this.#emptiness.show(total > 0 ? undefined : this.#state.timeline.prompts.count === 0 ? 'none' : this.#picture.totals.every((n) => n === 0) ? 'filtered' : 'elsewhere');
  }

  #rerank(): void {
    const { bubbles } = this.#picture;
    if (!this.#shown || !bubbles) return;
    this.#picture.rerank();
    this.#paint();
    this.#labels.show(this.#picture.lanes, this.#state.timeline.projects, bubbles.inView, this.#state.filters.projects, this.#picture.laneHeight);
  }

  #goToNearest(): void {
    const row = nearest(this.#picture.walk(), (this.#span.from + this.#span.to) / 2);
    if (row !== undefined) this.#move(centreOn(this.#span, this.#axis.placeOf(this.#state.timeline, row), this.#limits));
  }

  #filterTo(project: number): void {
    const path = this.#state.timeline.projects[project]?.path;
    if (path === undefined) return;
    this.#state.setFilters({ projects: this.#state.filters.projects.includes(path) ? [] : [path] });
  }

  #hover(place: Place | undefined): void {
    const bubble = place && this.#picture.at(place.x, place.y);
    this.#ground.classList.toggle('over', bubble !== undefined);
    const left = this.#ground.getBoundingClientRect().left - (this.#ground.parentElement?.parentElement?.getBoundingClientRect().left ?? 0);
    if (this.#hovering.over(bubble, { x: (place?.x ?? 0) + left, y: place?.y ?? 0 })) this.#draw();
  }

  #click(x: number, y: number): void {
    const bubble = this.#picture.at(x, y);
    this.#hovering.leave();
    if (!bubble) {
      if (this.#state.mark) this.#state.setMark(undefined);
      return;
    }
    this.#cursor.id = this.#state.timeline.prompts.id[bubble.row];
    this.#state.select(this.#cursor.id);
    this.#draw();
  }

  #drawBox({ left, top, right, bottom }: Box): void {
    this.#box.hidden = false;
    Object.assign(this.#box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
  }

  #endBox(box: Box): void {
    this.#box.hidden = true;
    this.#setMarking(false);
    const rows = this.#picture.rowsIn(box, this.#span);
    const { at, id } = this.#state.timeline.prompts;
    if (rows.length === 0) {
      this.#state.setMark(undefined);
      this.#state.announce('Nothing in this area');
    } else this.#state.setMark({ ids: rows.map((row) => id[row] ?? 0), span: { from: at[rows[0] ?? 0] ?? 0, to: (at[rows.at(-1) ?? 0] ?? 0) + 1 } });
  }

  #setMarking(on: boolean): void {
    this.#marking = on;
    this.#ground.classList.toggle('marking', on);
    this.#toolbar.setMarking(on);
  }

  /** @returns whether the key was meant for the lanes. */
  #act(action: ChartAction): boolean {
    const middle = (this.#span.from + this.#span.to) / 2;
    switch (action.kind) {
      case 'step':
      case 'lane':
      case 'end':
        if (this.#cursor.move(action, this.#picture.walk(), middle)) this.#followCursor();
        return true;
      case 'pan':
        this.#move(panBy(this.#span, action.share, this.#limits));
        return true;
      case 'zoom':
        this.#move(zoomAt(this.#span, this.#stillPoint(), action.factor, this.#limits));
        return true;
      case 'all':
        this.#move(this.#limits);
        return true;
      case 'today':
        this.#move(this.#kind === 'timeline' ? firstView(this.#state.timeline.prompts.at, Date.now()) : dayLimits);
        return true;
      case 'open':
        if (this.#marking) this.#endBox({ left: 0, top: 0, right: this.#picture.width, bottom: Infinity });
        else if (this.#cursor.row >= 0) this.#state.select(this.#cursor.id);
        else if (this.#cursor.move({ kind: 'step', by: 1 }, this.#picture.walk(), middle)) this.#followCursor();
        return true;
      case 'leave':
        return this.#leave();
      case 'mark':
        this.#setMarking(!this.#marking);
        this.#state.announce(this.#marking ? 'Drag to mark an area, or press Enter to mark all that is in view' : 'Marking ended');
        return true;
      case 'rate':
        return this.#rate(action.rating);
    }
  }

  /** What is read follows the keys, once they rest. */
  #followCursor(): void {
    this.#move(reveal(this.#span, this.#cursor.place ?? this.#span.from, this.#limits));
    if (this.#state.selected !== undefined) this.#followLater();
  }

  #leave(): boolean {
    if (this.#marking) this.#setMarking(false);
    else if (this.#state.mark) this.#state.setMark(undefined);
    else if (this.#state.selected !== undefined) this.#state.select(undefined);
    else return false;
    return true;
  }

  #rate(rating: number): boolean {
    const id = this.#state.selected ?? this.#cursor.id;
    if (id === undefined) return false;
    const before = this.#state.timeline.prompts.rating[this.#state.rowOf(id)];
    void this.#state.rate(id, before === rating ? 0 : rating);
    return true;
  }

  /** Zooming by key keeps the cursor where it is when it is in view, else the middle. */
  #stillPoint(): number {
    const { from, to } = this.#span;
    const fraction = ((this.#cursor.place ?? NaN) - from) / (to - from);
    return fraction >= 0 && fraction <= 1 ? fraction : 0.5;
  }

  #otherDay(direction: 1 | -1): void {
    const { timeline, visibility } = this.#state;
    const found = dayWithPrompts(direction > 0 ? this.#span.to - 1 : this.#span.from, direction, timeline.prompts.at, visibility);
    if (found) this.#move(found);
    else this.#state.announce('No more days with prompts in this direction');
  }

  #pickDay(anchor: HTMLElement): void {
    const { timeline, visibility, span } = this.#state;
    const close = openPopover(anchor, 'Pick a day', calendar((span.from + span.to) / 2, timeline.prompts.at, visibility, (picked) => {
      close();
      this.#move(dayOf(picked.from));
    }));
  }
}
