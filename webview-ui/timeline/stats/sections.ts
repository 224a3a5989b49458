/** The parts of the page, from the figures of a period. */
import type { TimelineStats } from '../../../src/protocol/timeline.ts';
import { count, shortDate, fullDate, plural } from '../../shared/format.ts';
import { element } from '../page/dom.ts';
import { ratingText, starText } from '../theatre/stars.ts';
import { type Column, columnChart, meanText } from './columns.ts';
import { bar, card, folded, table } from './figures.ts';
import { bestSentence, type Group, lengthLabel, lengthSentence, merge, stars } from './quality.ts';

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === 0 || part === whole ? 0 : 1)} %`);

/** The numbers that one wants first. */
export function headline({ total, rated, mean, projects, weeks }: TimelineStats): HTMLElement {
  const figure = (value: string, name: string, more: string) => element('div', { class: 'stats-figure' }, element('dt', {}, name), element('dd', {}, value), element('dd', { class: 'stats-more' }, more));
  const busy = weeks.filter((week) => week.count > 0).length;
  return element('dl', { class: 'stats-headline' },
    figure(count(total), 'Prompts', busy > 0 ? `${count(Math.round(total / busy))} in a week with prompts` : ''),
    figure(percent(rated, total), 'Rated', `${count(rated)} of ${count(total)}`),
    figure(rated === 0 ? '–' : `${stars(mean)} ★`, 'Mean rating', rated === 0 ? 'nothing rated yet' : `over ${plural(rated, 'rating')}`),
    figure(count(projects.length), 'Projects', projects[0] ? `most in ${projects[0].label || 'no project'}` : ''),
  );
}

export function ratings({ total, rated, distribution }: TimelineStats): HTMLElement {
  const rows = [5, 4, 3, 2, 1, 0].map((rating) => ({ rating, n: rating === 0 ? total - rated : (distribution[rating - 1] ?? 0) }));
  const most = Math.max(...rows.map(({ n }) => n));
  const good = (distribution[3] ?? 0) + (distribution[4] ?? 0);
  const sentence = rated === 0 ? 'Nothing is rated yet: the keys 1 to 5 rate a prompt in the timeline, the theatre and the crawl.' : `${percent(rated, total)} of the prompts are rated; of these, ${percent(good, rated)} have four or five stars.`;
  return card('Ratings', sentence, table('Prompts by rating', ['Rating', 'Bar', 'Prompts', 'Share'], rows.map(({ rating, n }) => [rating === 0 ? 'Not rated' : starLabel(rating), bar(n, most, `is-${rating}`), { number: count(n) }, { number: percent(n, total) }])));
}

function starLabel(rating: number): HTMLElement {
  return element('span', {}, element('span', { class: 'stats-stars', 'aria-hidden': 'true' }, starText(rating)), element('span', { class: 'for-screen-readers' }, ratingText(rating)));
}

/** Rows of the list of projects; the others are put together. */
const mostProjects = 10;

export function projects({ total, projects: all }: TimelineStats): HTMLElement {
  const shown = all.slice(0, mostProjects);
  const most = Math.max(...shown.map((project) => project.count), 1);
  const first = shown[0];
  const sentence = first ? `${first.label || 'No project'} has ${percent(first.count, total)} of the prompts.${all.length > mostProjects ? ` The first ${mostProjects} of ${plural(all.length, 'project')}.` : ''}` : '';
  const name = ({ path, label }: (typeof all)[number]) => element('span', { class: 'stats-project', title: path, dir: 'auto' }, label || 'No project');
  return card('Top projects', sentence, table('Projects by number of prompts', ['Project', 'Bar', 'Prompts', 'Rated', 'Mean'], shown.map((project) => [name(project), bar(project.count, most, 'is-count'), { number: count(project.count) }, { number: percent(project.rated, project.count) }, { number: project.rated === 0 ? '–' : `${stars(project.mean)} ★` }])));
}

/** A card whose chart is drawn when its width is known, and again when that changes. */
export interface ChartCard {
  readonly element: HTMLElement;
  draw(width: number): void;
}

function chartCard(title: string, sentence: string, firstHead: string, columns: readonly Column[], shown: (width: number) => readonly Column[] = () => columns): ChartCard {
  const frame = element('div', { class: 'stats-frame' });
  const numbers = folded(table(title, [firstHead, 'Prompts', 'Rated', 'Mean'], columns.map(({ title: name, count: n, rated, mean }) => [name.split(':')[0] ?? '', { number: count(n) }, { number: count(rated) }, { number: rated === 0 ? '–' : stars(mean) }])));
  const legend = element('p', { class: 'stats-legend' }, element('span', { class: 'stats-key is-column' }, 'prompts'));
  if (columns.some(({ rated }) => rated > 0)) legend.append(element('span', { class: 'stats-key is-dot' }, 'mean rating'), element('span', { class: 'stats-key is-dot is-weak' }, 'fewer than 3 ratings'));
  return {
    element: card(title, sentence, frame, legend, numbers),
    draw: (width) => frame.replaceChildren(columnChart(shown(width), width, `${title}. ${sentence} The table below has the numbers.`)),
  };
}

const column = (label: string, name: string, { count: n, rated, mean }: Group): Column => ({ label, title: `${name}: ${plural(n, 'prompt')}, ${meanText({ count: n, rated, mean })}`, count: n, rated, mean });

const two = (n: number) => String(n).padStart(2, '0');
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export function hours({ hours: all }: TimelineStats): ChartCard {
  const named = all.map((group, hour) => ({ ...group, hour }));
  return chartCard('Hours of the day', bestSentence(named, ({ hour }) => `${two(hour)} to ${two((hour + 1) % 24)} o’clock`), 'Hour', named.map((group) => column(two(group.hour), `${two(group.hour)}–${two((group.hour + 1) % 24)} h`, group)));
}

export function weekdays({ weekdays: all }: TimelineStats): ChartCard {
  // The figures begin with Sunday; the week, like the weeks of the trend, with Monday.
  const named = [1, 2, 3, 4, 5, 6, 0].flatMap((day) => (all[day] ? [{ ...all[day], name: weekdayNames[day] ?? '' }] : []));
  return chartCard('Days of the week', bestSentence(named, ({ name }) => name), 'Day', named.map((group) => column(group.name.slice(0, 3), group.name, group)));
}

export function lengths({ lengths: all, distribution }: TimelineStats): ChartCard {
  return chartCard('Do specific prompts do better?', lengthSentence(all, distribution), 'Characters', all.map((group) => column(lengthLabel(group), `${lengthLabel(group)} characters`, group)));
}

/** Pixels that a column of the trend needs. */
const narrowest = 5;

export function trend({ weeks }: TimelineStats): ChartCard {
  const busiest = weeks.reduce((most, week) => (week.count > most.count ? week : most), { start: 0, count: 0, rated: 0, mean: 0 });
  const sentence = weeks.length === 0 ? '' : `The busiest week began on ${fullDate(busiest.start)}, with ${plural(busiest.count, 'prompt')}.`;
  const asColumns = (groups: TimelineStats['weeks'], size: number) => groups.map((week) => column(shortDate(week.start), size === 1 ? `Week of ${fullDate(week.start)}` : `${size} weeks from ${fullDate(week.start)}`, week));
  return chartCard('Week by week', sentence, 'Week', asColumns(weeks, 1), (width) => {
    const size = Math.max(Math.ceil((weeks.length * narrowest) / width), 1);
    return asColumns(merge(weeks, size), size);
  });
}
