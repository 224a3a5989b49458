import type { DoctorFinding } from '../../../adapters/node/doctor.ts';
import { plain } from '../review/markdown.ts';
import { count } from '../review/wording.ts';

const marks: Readonly<Record<DoctorFinding['level'], string>> = { ok: '✓', warn: '!', fail: '✗' };

/** What the doctor found, as a Markdown page: what is wrong first. */
export function doctorMarkdown(findings: readonly DoctorFinding[], version: string): string {
  const wrong = findings.filter(({ level }) => level !== 'ok');
  const fails = findings.filter(({ level }) => level === 'fail').length;
  const verdict = wrong.length === 0 ? 'Everything is in order.' : fails === 0 ? `Everything works; ${count(wrong.length, 'thing')} could be better.` : `${count(fails, 'thing')} ${fails === 1 ? 'does' : 'do'} not work.`;
  const sections = wrong
    .toSorted((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'))
    .flatMap(({ level, check, message, fix }) => ['', `### ${marks[level]} ${plain(check)}`, '', plain(message), ...(fix === undefined ? [] : ['', `**What to do:** ${plain(fix)}`])]);
  const table = findings.map(({ level, check, message }) => `| ${marks[level]} | ${cell(check)} | ${cell(message)} |`);
  return `${['# Wheelhouse Doctor', '', verdict, ...sections, '', '## All Checks', '', '|  | What | Found |', '|---|---|---|', ...table, '', `Version ${plain(version)}`].join('\n')}\n`;
}

function cell(text: string): string {
  return plain(text.replace(/\s+/g, ' ').trim());
}
