import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/cards/index.ts';
import { oneOf, text, type Answer, type Input } from '../verb.ts';

/** Shows or changes how cards are scheduled. */
export async function algorithmVerb(cards: core.CardsContext, input: Input): Promise<Answer> {
  const type = oneOf('type', text(input.options['type']) ?? input.args[0], core.algorithms);
  const project = text(input.options['project']);
  const change = changeOf(input);
  const converted = type ? await core.setAlgorithm(cards, type, project, change) : 0;
  if (!type && Object.keys(change).length > 0) await core.configure(cards, project, change);
  const settings = await core.settingsFor(cards, project);
  const where = project === undefined ? 'all projects' : project;
  const details = {
    fsrs: `retention ${settings.retention}`,
    sm2: `ease ${settings.ease}`,
    leitner: `${settings.boxes} boxes: ${core.leitnerIntervals(settings).join(', ')} days`,
    fixed: `${core.fixedIntervals(settings).join(', ')} days`,
  }[settings.algorithm];
  const lines = [`${where}: ${settings.algorithm} (${details}), ${settings.newPerDay} new cards a day, a card is suspended when forgotten ${settings.leechLapses} times`, ...(converted > 0 ? [`${converted} ${converted === 1 ? 'card was' : 'cards were'} converted; history and due dates stay.`] : [])];
  return { json: { project: project ?? null, ...settings, converted }, text: lines.join('\n') };
}

function changeOf(input: Input): Partial<core.DeckSettings> {
  const number = (name: string): number | undefined => {
    const value = text(input.options[name]);
    if (value === undefined) return undefined;
    if (!/^\d+(\.\d+)?$/.test(value)) throw new WheelhouseError('usage', `--${name} is a number, not ${JSON.stringify(value)}.`);
    return Number(value);
  };
  const intervals = text(input.options['intervals']);
  const fuzz = oneOf('fuzz', input.options['fuzz'], ['on', 'off'] as const);
  const change = {
    ease: number('ease-factor'),
    boxes: number('boxes'),
    retention: number('retention'),
    newPerDay: number('new-per-day'),
    leechLapses: number('leech'),
    intervals: intervals?.split(',').map((days) => Number(days.trim() === '' ? NaN : days)),
    fuzz: fuzz && fuzz === 'on',
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
