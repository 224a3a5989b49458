/** What worksheets have to know of a language: names, comments, and how one file of it is run. */

export interface WorksheetLanguage {
  /** As an editor names it. */
  readonly id: string;
  readonly name: string;
  /** Without the dot. */
  readonly extension: string;
  /** What begins a comment line, and what ends it where that is needed. */
  readonly comment: readonly [open: string, close?: string];
  /** Begin and end of a comment over several lines. */
  readonly block?: readonly [open: string, close: string];
  /** The command that runs the file, with FILE for its name and NAME for the name without extension; missing where one file alone does not run. */
  readonly run?: string;
}

const c = { comment: ['//'], block: ['/*', '*/'] } as const;
const hash = { comment: ['#'] } as const;
const markup = { comment: ['<!--', '-->'], block: ['<!--', '-->'] } as const;

export const worksheetLanguages: readonly WorksheetLanguage[] = [
  { id: 'typescript', name: 'TypeScript', extension: 'ts', ...c, run: 'npx tsx FILE' },
  { id: 'javascript', name: 'JavaScript', extension: 'mjs', ...c, run: 'node FILE' },
  { id: 'typescriptreact', name: 'TypeScript with JSX', extension: 'tsx', ...c },
  { id: 'javascriptreact', name: 'JavaScript with JSX', extension: 'jsx', ...c },
  { id: 'python', name: 'Python', extension: 'py', ...hash, block: ['"""', '"""'], run: 'python3 FILE' },
  { id: 'go', name: 'Go', extension: 'go', ...c, run: 'go run FILE' },
  { id: 'rust', name: 'Rust', extension: 'rs', ...c, run: 'rustc --crate-name worksheet -o NAME FILE && ./NAME' },
  { id: 'c', name: 'C', extension: 'c', ...c, run: 'cc FILE -o NAME && ./NAME' },
  { id: 'cpp', name: 'C++', extension: 'cpp', ...c, run: 'c++ -std=c++20 FILE -o NAME && ./NAME' },
  { id: 'java', name: 'Java', extension: 'java', ...c, run: 'java FILE' },
  { id: 'kotlin', name: 'Kotlin', extension: 'kt', ...c, run: 'kotlinc FILE -include-runtime -d NAME.jar && java -jar NAME.jar' },
  { id: 'csharp', name: 'C#', extension: 'cs', ...c, run: 'dotnet run FILE' },
  { id: 'swift', name: 'Swift', extension: 'swift', ...c, run: 'swift FILE' },
  { id: 'scala', name: 'Scala', extension: 'scala', ...c, run: 'scala FILE' },
  { id: 'dart', name: 'Dart', extension: 'dart', ...c, run: 'dart run FILE' },
  { id: 'php', name: 'PHP', extension: 'php', ...c, run: 'php FILE' },
  { id: 'ruby', name: 'Ruby', extension: 'rb', ...hash, block: ['=begin', '=end'], run: 'ruby FILE' },
  { id: 'perl', name: 'Perl', extension: 'pl', ...hash, run: 'perl FILE' },
  { id: 'shellscript', name: 'Shell', extension: 'sh', ...hash, run: 'bash FILE' },
  { id: 'powershell', name: 'PowerShell', extension: 'ps1', ...hash, block: ['<#', '#>'], run: 'pwsh -File FILE' },
  { id: 'r', name: 'R', extension: 'r', ...hash, run: 'Rscript FILE' },
  { id: 'julia', name: 'Julia', extension: 'jl', ...hash, block: ['#=', '=#'], run: 'julia FILE' },
  { id: 'elixir', name: 'Elixir', extension: 'exs', ...hash, run: 'elixir FILE' },
  { id: 'lua', name: 'Lua', extension: 'lua', comment: ['--'], block: ['--[[', ']]'], run: 'lua FILE' },
  { id: 'haskell', name: 'Haskell', extension: 'hs', comment: ['--'], block: ['{-', '-}'], run: 'runghc FILE' },
  { id: 'sql', name: 'SQL', extension: 'sql', comment: ['--'], block: ['/*', '*/'], run: "sqlite3 :memory: '.read FILE'" },
  { id: 'ocaml', name: 'OCaml', extension: 'ml', comment: ['(*', '*)'], block: ['(*', '*)'], run: 'ocaml FILE' },
  { id: 'clojure', name: 'Clojure', extension: 'clj', comment: [';;'], run: 'clojure -M FILE' },
  { id: 'lisp', name: 'Common Lisp', extension: 'lisp', comment: [';;'], block: ['#|', '|#'], run: 'sbcl --script FILE' },
  { id: 'elisp', name: 'Emacs Lisp', extension: 'el', comment: [';;'], run: 'emacs --batch -l FILE' },
  { id: 'scheme', name: 'Scheme', extension: 'scm', comment: [';;'], block: ['#|', '|#'], run: 'guile FILE' },
  { id: 'erlang', name: 'Erlang', extension: 'erl', comment: ['%'] },
  { id: 'latex', name: 'LaTeX', extension: 'tex', comment: ['%'], run: 'pdflatex FILE' },
  { id: 'css', name: 'CSS', extension: 'css', comment: ['/*', '*/'], block: ['/*', '*/'] },
  { id: 'scss', name: 'SCSS', extension: 'scss', ...c },
  { id: 'html', name: 'HTML', extension: 'html', ...markup },
  { id: 'xml', name: 'XML', extension: 'xml', ...markup },
  { id: 'vue', name: 'Vue', extension: 'vue', ...markup },
  { id: 'svelte', name: 'Svelte', extension: 'svelte', ...markup },
  { id: 'yaml', name: 'YAML', extension: 'yaml', ...hash },
  { id: 'dockerfile', name: 'Dockerfile', extension: 'dockerfile', ...hash, run: 'docker build -f FILE .' },
  { id: 'makefile', name: 'Make', extension: 'mk', ...hash, run: 'make -f FILE' },
];

const aliases: Readonly<Record<string, string>> = { js: 'javascript', cjs: 'javascript', bash: 'shellscript', zsh: 'shellscript', h: 'c', hpp: 'cpp', cc: 'cpp', kts: 'kotlin', ex: 'elixir', yml: 'yaml', htm: 'html', 'emacs-lisp': 'elisp' };

const byName = new Map(worksheetLanguages.flatMap((language) => [language.name, language.extension, language.id].map((name) => [name.toLowerCase(), language] as const)));

/** By an editor's id, a name or an extension; undefined for one that worksheets do not know. */
export function worksheetLanguage(name: string): WorksheetLanguage | undefined {
  const key = name.trim().toLowerCase().replace(/^\./, '');
  return byName.get(aliases[key] ?? key);
}

/** The command that runs a worksheet from its own folder, where a single file of that language runs. */
export function runHint({ run, extension }: WorksheetLanguage, fileName: string): string | undefined {
  return run?.replaceAll('FILE', fileName).replaceAll('NAME', fileName.slice(0, -extension.length - 1));
}

/** `text` (one line) as a comment line; it cannot end the comment. */
export function commentLine({ comment: [open, close] }: WorksheetLanguage, text: string): string {
  if (close === undefined) return `${open} ${text}`.trimEnd();
  // In XML, two hyphens may not stand in a comment at all.
  const safe = close === '-->' ? text.replace(/-{2,}/g, '-').replace(/-$/, '') : text.replaceAll(close, close.split('').join(' '));
  return `${open} ${safe} ${close}`;
}

/** How many lines are comments, and how many are something else (blank ones are neither). */
export function countLines(language: WorksheetLanguage, code: string): { readonly comments: number; readonly code: number } {
  let comments = 0;
  let other = 0;
  let until: string | undefined;
  for (const line of code.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const { block } = language;
    if (until !== undefined) {
      comments += 1;
      if (text.includes(until)) until = undefined;
    } else if (block !== undefined && text.startsWith(block[0])) {
      comments += 1;
      if (!text.slice(block[0].length).includes(block[1])) [, until] = block;
    } else if (text.startsWith(language.comment[0])) comments += 1;
    else other += 1;
  }
  return { comments, code: other };
}
