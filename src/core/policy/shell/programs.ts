/** What the usual programs do with their words. Of a program that is not here every word that names a file counts as one that it reads. */

/** Their words are no files. */
export const textPrograms = new Set(['echo', 'printf', 'true', 'false', ':', '[', '[[', 'test', 'alias', 'unalias', 'set', 'unset', 'export', 'declare', 'local', 'typeset', 'readonly', 'type', 'which', 'whereis', 'command', 'hash', 'kill', 'killall', 'pkill', 'pgrep', 'ps', 'sleep', 'seq', 'date', 'whoami', 'id', 'uname', 'hostname', 'pwd', 'cd', 'pushd', 'popd', 'exit', 'return', 'break', 'continue', 'shift', 'trap', 'wait', 'jobs', 'fg', 'bg', 'ulimit', 'umask', 'read', 'for', 'select', 'case', 'expr', 'let', 'basename', 'dirname', 'man', 'help', 'history', 'clear', 'tput', 'nproc', 'free', 'df', 'uptime', 'lsof', 'yes', 'getconf', 'printenv', 'locale', 'tty', 'stty', 'apt', 'apt-get', 'brew']);

/** What comes into them by a pipe goes out again, or a part of it. */
export const passingPrograms = new Set(['grep', 'egrep', 'fgrep', 'rg', 'head', 'tail', 'sort', 'uniq', 'sed', 'awk', 'gawk', 'cut', 'tr', 'tac', 'rev', 'shuf', 'cat', 'tee', 'xargs']);

/** They say names, sizes and times, and nothing of what is in a file. */
export const namingPrograms = new Set(['ls', 'dir', 'stat', 'du', 'tree', 'realpath', 'readlink', 'exa', 'eza', 'lsd']);

/** They read what they are given, and nothing else: of these the text tells all. */
export const readingPrograms = new Set(['cat', 'tac', 'head', 'tail', 'less', 'more', 'bat', 'batcat', 'nl', 'od', 'xxd', 'hexdump', 'strings', 'base64', 'base32', 'basenc', 'wc', 'sort', 'uniq', 'cut', 'paste', 'join', 'comm', 'tr', 'rev', 'fold', 'fmt', 'pr', 'column', 'expand', 'unexpand', 'split', 'csplit', 'md5sum', 'sha1sum', 'sha256sum', 'sha512sum', 'b2sum', 'cksum', 'sum', 'diff', 'cmp', 'file', 'jq', 'yq', 'iconv', 'zcat', 'gzip', 'gunzip', 'bzip2', 'xz', 'zstd', 'pg', 'vis', 'ar', 'nm', 'objdump', 'readelf', 'open', 'xdg-open', 'source', '.', 'look', 'shuf', 'tsort', 'ptx', 'grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'ag', 'ack', 'sed', 'gsed', 'awk', 'gawk', 'mawk', 'find', 'tar', 'zip', 'unzip', 'cpio', 'rsync', 'scp', 'curl', 'wget', 'git']);

/** The first of their words is a pattern or a program, unless an option gave one. */
export const patternPrograms: Readonly<Record<string, RegExp>> = {
  grep: /^(?:-e|-f|--regexp|--file)/, egrep: /^(?:-e|-f|--regexp|--file)/, fgrep: /^(?:-e|-f|--regexp|--file)/, zgrep: /^(?:-e|-f)/, rg: /^(?:-e|-f|--regexp|--file$|--files)/, ag: /^-g/, ack: /^(?:-f|-g)/,
  sed: /^(?:-[nErsuz]*[ef]|--expression|--file)/, gsed: /^(?:-[nErsuz]*[ef]|--expression|--file)/, awk: /^(?:-f|--file)/, gawk: /^(?:-f|--file)/, mawk: /^-f/, jq: /^(?:-f|--from-file)/, yq: /^(?:-f|--from-file)/, tr: /^$/,
};

/** All of their words are changed, created or removed. */
export const writingPrograms = new Set(['rm', 'rmdir', 'unlink', 'shred', 'tee', 'touch', 'truncate', 'mkdir', 'mkfifo', 'mknod', 'chmod', 'chown', 'chgrp', 'chattr', 'setfacl', 'mv', 'ed', 'ex', 'vi', 'vim', 'nvim', 'nano', 'emacs', 'patch', 'sponge', 'trash', 'trash-put']);

/** The last of their words is changed, the others are read. */
export const copyingPrograms = new Set(['cp', 'ln', 'install', 'rsync', 'scp', 'link', 'ditto']);

/** A word behind one of these is written. */
export const outputOptions = /^(?:-o|-O|--output|--output-document|--output-file)$/;

/** A word behind one of these says what is left out or taken in. */
export const filterOptions = /^--(?:exclude|include|exclude-dir|glob|iglob|ignore|filter)$/;

/** A word behind one of these is a folder that they write into. */
export const targetOptions: Readonly<Record<string, RegExp>> = { cp: /^(?:-t|--target-directory)$/, mv: /^(?:-t|--target-directory)$/, ln: /^(?:-t|--target-directory)$/, install: /^(?:-t|--target-directory)$/, unzip: /^-d$/, wget: /^(?:-P|--directory-prefix)$/, curl: /^--output-dir$/ };

/** They run the rest of their words. What stands in the set are options with a word of their own. */
export const wrappers: Readonly<Record<string, ReadonlySet<string>>> = {
  'ssh-agent': new Set(['-t', '-a']), sudo: new Set(['-u', '-g', '-h', '-p', '-C', '-D', '-R', '-T', '-U']), doas: new Set(['-u', '-C']), env: new Set(['-u', '-C', '--chdir', '--unset']), nohup: new Set(), command: new Set(), builtin: new Set(), exec: new Set(['-a']), nice: new Set(['-n']), ionice: new Set(['-c', '-n', '-p']), time: new Set(['-f', '-o']), timeout: new Set(['-s', '-k', '--signal', '--kill-after']), stdbuf: new Set(['-i', '-o', '-e']), setsid: new Set(), watch: new Set(['-n', '-d']), xargs: new Set(['-I', '-n', '-P', '-L', '-d', '-s', '-a', '-E']), parallel: new Set(['-j']), busybox: new Set(), toybox: new Set(), unbuffer: new Set(), strace: new Set(['-e', '-o', '-p', '-f']), ltrace: new Set(['-e', '-o']), chroot: new Set(), flock: new Set(['-w', '-E']), caffeinate: new Set(['-t', '-w']), proxychains: new Set(), firejail: new Set(), script: new Set(), npx: new Set(['-p', '--package', '-c']), bunx: new Set(), uvx: new Set(),
};

/** Verbs behind which a command of the user's follows, after options. */
export const runners: Readonly<Record<string, string>> = { uv: 'run', poetry: 'run', pipenv: 'run', pdm: 'run', rye: 'run', hatch: 'run', conda: 'run', mamba: 'run', bundle: 'exec', npm: 'exec', pnpm: 'exec', yarn: 'exec', mise: 'exec' };

/** An option of these has a script. */
export const scriptOptions: Readonly<Record<string, RegExp>> = { su: /^(?:-c|--command)$/, runuser: /^(?:-c|--command)$/, flock: /^(?:-c|--command)$/, script: /^-[A-Za-z]*c$/, 'nix-shell': /^--(?:run|command)$/ };

/** They show folders of this machine to what they run. */
export const mounting = new Set(['docker', 'podman', 'nerdctl']);

/** Of these the first word is their own, before the command. */
export const wrappersWithWord = new Set(['timeout', 'flock', 'chroot']);

/** They run a script that they are given as a word, or on standard input. */
export const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'fish', 'rbash']);

/** They run a program text in a language of their own. */
export const interpreters: Readonly<Record<string, RegExp>> = {
  python: /^-[A-Za-z]*c$/, python2: /^-[A-Za-z]*c$/, python3: /^-[A-Za-z]*c$/, pypy3: /^-c$/, node: /^(?:-e|-p|-pe|--eval|--print)$/, nodejs: /^(?:-e|-p|--eval|--print)$/, bun: /^(?:-e|--eval)$/, deno: /^eval$/, tsx: /^-e$/, perl: /^-[A-Za-z0-9]*[eE]$/, ruby: /^-[A-Za-z]*e$/, php: /^-r$/, lua: /^-e$/, tclsh: /^$/, osascript: /^-e$/, awk: /^$/, gawk: /^$/, mawk: /^$/, sqlite3: /^$/, pwsh: /^-[cC]/, powershell: /^-[cC]/, Rscript: /^-e$/, psql: /^-c$/,
};

/** Options of git before its verb that have a word of their own. */
export const gitOptionsWithWord = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--config-env', '--super-prefix']);

/** Verbs of git that say names of files, and nothing of what is in them. */
export const gitNaming = new Set(['check-ignore', 'check-attr', 'ls-files', 'ls-tree', 'status', 'rev-list', 'shortlog']);

/** Verbs of git that change files that they are given. */
export const gitWriting = new Set(['rm', 'mv', 'checkout', 'restore', 'clean', 'apply', 'am', 'stash']);
