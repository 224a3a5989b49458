/**
 * Takes secrets out of text that leaves the index. A false alarm costs the reader a word and a miss
 * costs the user a key, but a text full of holes is of no use either: tokens with a known form go
 * always, values of assignments when they look like a value, other tokens only when they can hardly
 * be anything else. Every pattern takes linear time, whatever the text.
 */
import { privateKeys } from './redactKeys.ts';
import { looksSecret, namesSecret } from './redactLooks.ts';
import { randomRuns } from './redactRuns.ts';

export interface Secret {
  readonly kind: string;
  /** Offsets in the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Rule {
  readonly kind: string;
  /** Global; what is secret is the group `secret`, else all of it. */
  readonly pattern: RegExp;
  readonly if?: (found: RegExpExecArray) => boolean;
}

/**
 * The published forms of tokens. Each begins where no word goes on and with letters of its own, so a
 * text of nothing but beginnings is looked at once.
 */
const tokens: readonly Rule[] = [
  { kind: 'AWS key', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g },
  { kind: 'GitHub token', pattern: /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g },
  { kind: 'GitLab token', pattern: /(?<![A-Za-z0-9_])gl(?:pat|dt|ptt|rt|cbt|soat|ft|imt|agent|oas)-[A-Za-z0-9_.-]{20,300}/g },
  { kind: 'Slack token', pattern: /(?<![A-Za-z0-9_])xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}|(?<![A-Za-z0-9_])xapp-\d-[A-Za-z0-9-]{20,250}/g },
  { kind: 'Slack webhook', pattern: /https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,250}/g },
  { kind: 'Anthropic key', pattern: /(?<![A-Za-z0-9_])sk-ant-[A-Za-z0-9_-]{20,250}/g },
  { kind: 'OpenAI key', pattern: /(?<![A-Za-z0-9_-])sk-(?:proj-|svcacct-|admin-|or-v1-)[A-Za-z0-9_-]{20,250}|(?<![A-Za-z0-9_-])sk-[A-Za-z0-9]{32,100}(?![A-Za-z0-9_-])/g },
  { kind: 'Google key', pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])|(?<![A-Za-z0-9_-])ya29\.[A-Za-z0-9_-]{20,500}|(?<![A-Za-z0-9_-])GOCSPX-[A-Za-z0-9_-]{20,60}/g },
  { kind: 'Stripe key', pattern: /(?<![A-Za-z0-9_])(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,250}/g },
  { kind: 'npm token', pattern: /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { kind: 'PyPI token', pattern: /(?<![A-Za-z0-9_])pypi-[A-Za-z0-9_-]{50,500}/g },
  { kind: 'Hugging Face token', pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z0-9]{30,60}(?![A-Za-z0-9])/g },
  { kind: 'SendGrid key', pattern: /(?<![A-Za-z0-9_])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/g },
  { kind: 'Telegram token', pattern: /(?<![A-Za-z0-9:])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g },
  { kind: 'age key', pattern: /(?<![A-Za-z0-9_])AGE-SECRET-KEY-1[A-Z0-9]{58}/g },
  { kind: 'JWT', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{2,8000}(?:\.[A-Za-z0-9_-]{0,4000})?/g },
];

const name = 'pass(?:word|wd|phrase|code)|(?<![a-z])pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|encryption[_.-]?key|signing[_.-]?key|account[_.-]?key|credentials?|dsn|(?<=[a-z0-9])_key|(?<![a-z0-9_.-])key';
/** Something that one of them begins with. Most texts have nothing of the kind, and are asked once instead of sixteen times. */
const tokenHint = /A(?:KIA|SIA|BIA|CCA)|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|hooks\.slack|sk-|AIza|ya29|GOCSPX|k_(?:live|test)_|whsec_|npm_|pypi-|hf_|SG\.|:AA|AGE-S|eyJ/;

/** `DB_PASSWORD=…`, `"apiKey": "…"`, `client_secret => '…'`, `the password is …`, `--password …`: a name, a sign, a value. */
const assignments: readonly Rule[] = [
  {
    kind: 'secret',
    pattern: new RegExp(
      `(?<name>${name})(?<tail>[A-Za-z0-9_]{0,20})(?<close>\\\\?["'\`]?\\]?)(?<sign>[ \\t]{0,3}(?:=>|:=|=|:)[ \\t]{0,3}|[ \\t]{1,3}(?:is|ist)[ \\t:]{1,3})(?:(?<quote>\\\\?["'\`])(?<secret>[^"'\`\\\\\\r\\n]{1,500})|(?<bare>[^\\s"'\`,;(){}\\[\\]<>|\\\\]{1,500}))`,
      'dgi',
    ),
    if: ({ groups = {}, input, index, 0: all }) =>
      namesSecret(groups['name'] ?? '', groups['tail'] ?? '') &&
      (groups['quote'] !== undefined || input[index + all.length] !== '(') &&
      looksSecret(groups['secret'] ?? groups['bare'] ?? '', { quoted: groups['quote'] !== undefined, name: `${groups['name'] ?? ''}${groups['tail'] ?? ''}`, sign: groups['sign'] ?? '' }),
  },
  {
    kind: 'secret',
    pattern: /(?<![A-Za-z0-9-])--(?<name>[a-z-]{0,20}(?:password|passwd|secret|token|api-key))[ \t]{1,3}(?<quote>["']?)(?<bare>[^\s"'`<>|;&]{1,500})/dgi,
    if: ({ groups = {} }) => looksSecret(groups['bare'] ?? '', { quoted: groups['quote'] !== '', name: groups['name'] ?? '', sign: ' ' }),
  },
  {
    kind: 'authorization',
    pattern: /(?<![A-Za-z0-9])(?:bearer|basic)[ \t]{1,3}(?<secret>[A-Za-z0-9._~+/-]{16,4000}={0,2})/dgi,
    if: ({ groups = {} }) => /\d/.test(groups['secret'] ?? '') && /[A-Z]|[a-z][^]{31}/.test(groups['secret'] ?? ''),
  },
  {
    kind: 'password',
    // The name of a scheme is short and begins a word; the user's name ends at the first colon.
    pattern: /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s:/?#@"'<>]{0,100}:(?<secret>[^\s/?#@"'<>]{1,200})@/dg,
    if: ({ groups = {} }) => looksSecret(groups['secret'] ?? '', { quoted: true, name: 'password', sign: ':' }),
  },
];

const assignmentHint = /pass|pwd|secret|token|key|credential|dsn|bearer|basic|:\/\//i;

/** What redaction leaves behind; it is not taken for a secret again. */
function mark(kind: string): string {
  return `[redacted: ${kind}]`;
}

/** The secrets in a text, in order, none inside another. */
export function findSecrets(text: string): Secret[] {
  const rules = [...(tokenHint.test(text) ? tokens : []), ...(assignmentHint.test(text) ? assignments : [])];
  // Random runs are the last, for of two names for the same the more exact one counts.
  const found: Secret[] = [privateKeys(text), ...rules.map((rule) => matches(rule, text)), randomRuns(text)].flatMap((each) => [...each]);
  if (found.length === 0) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Secret[] = [];
  for (const secret of found) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    // What reaches beyond its neighbour takes it in, so that no tail is left standing.
    else if (secret.end > last.end) kept[kept.length - 1] = { ...last, end: secret.end };
  }
  return kept;
}

function* matches({ kind, pattern, if: holds }: Rule, text: string): Iterable<Secret> {
  for (const found of text.matchAll(pattern)) {
    if (holds?.(found) === false) continue;
    const [start, end] = found.indices?.groups?.['secret'] ?? found.indices?.groups?.['bare'] ?? [found.index, found.index + found[0].length];
    yield { kind, start, end };
  }
}

/** The text with every secret replaced by `[redacted: kind]`. Doing it again changes nothing. */
export function redact(text: string): string {
  // Nothing shorter than this can hold any of them: a name, a sign and a value.
  if (text.length < 8) return text;
  const secrets = findSecrets(text);
  if (secrets.length === 0) return text;
  let result = '';
  let at = 0;
  for (const { kind, start, end } of secrets) {
    result += text.slice(at, start) + mark(kind);
    at = end;
  }
  return result + text.slice(at);
}

/** The pasted parts of a prompt (its JSON) with the secrets in their texts redacted; `{}` for what is no JSON object. */
export function redactPasted(json: string): Readonly<Record<string, unknown>> {
  if (json === '{}' || json === '') return {};
  try {
    const value: unknown = JSON.parse(json, (_, field: unknown) => (typeof field === 'string' ? redact(field) : field));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
