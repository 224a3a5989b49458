/**
 * The theme's colours for what is drawn and not styled.
 * @param host An element of the page; a probe is put into it for a moment.
 * @param read Gets a function that gives a variable of the style sheet as the browser computes it.
 */
export function themeColours<Palette>(host: HTMLElement, read: (css: (variable: string) => string) => Palette): Palette {
  const probe = document.createElement('span');
  host.append(probe);
  try {
    return read((variable) => {
      probe.style.color = `var(${variable})`;
      return getComputedStyle(probe).color;
    });
  } finally {
    probe.remove();
  }
}

/** Calls when the theme, the screen's contrast or its density may have changed. @returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
