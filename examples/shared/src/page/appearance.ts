/** Light, dark, or what the system says. */
export type Appearance = 'system' | 'light' | 'dark';

export const APPEARANCES: readonly { readonly value: Appearance; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const KEY = 'tautline-appearance';

export function getAppearance(): Appearance {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** The theme's tokens follow `data-appearance`; without it, the system. */
export function setAppearance(appearance: Appearance): void {
  if (appearance === 'system') {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset['appearance'];
  } else {
    localStorage.setItem(KEY, appearance);
    document.documentElement.dataset['appearance'] = appearance;
  }
}

/** Calls back when the colours of the page have changed, by the toggle or by the system. */
export function onAppearanceChange(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const toggle = new MutationObserver(listener);
  toggle.observe(document.documentElement, { attributeFilter: ['data-appearance'] });
  system.addEventListener('change', listener);
  return () => {
    toggle.disconnect();
    system.removeEventListener('change', listener);
  };
}
